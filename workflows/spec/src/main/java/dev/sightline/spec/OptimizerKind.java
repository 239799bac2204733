package dev.sightline.spec;

import java.util.Locale;

/** What takes the steps, named as transformers names it ({@code TrainingArguments.optim}). */
public enum OptimizerKind implements WireName {
  ADAMW,
  /** Moments in 8 bits with a scale for each block of 256; small tensors and embeddings aside. */
  ADAMW_8BIT;

  @Override
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
