package dev.sightline.spec;

/**
 * What the model is shown and what is put in its mouth, on the same items (science.md 4). All but
 * the first two are interventions, asked with the evaluation's template only. The order is the one
 * in which an evaluation asks: what another mode needs comes first.
 */
public enum EvaluationMode implements WireName {
  /** The item's picture. */
  IMAGE,
  /** The exact text twin instead of the picture. */
  TEXT,
  /** Picture and twin. */
  IMAGE_TEXT,
  /** The picture; the answer turn opens with the right description. */
  TRUE_DESCRIPTION,
  /** The description that this model gave of the picture, without the picture. */
  OWN_DESCRIPTION,
  /** A white picture of the same size. */
  BLANK,
  /** The picture of another item. */
  SWAPPED,
  /** The picture; the answer turn opens with another scene, whose answer differs. */
  EDITED_DESCRIPTION;

  @Override
  public String wire() {
    return this == IMAGE_TEXT ? "image+text" : WireName.super.wire();
  }

  /** Whether it is asked with the evaluation's template only. */
  public boolean intervention() {
    return this != IMAGE && this != TEXT;
  }

  /** Whether it makes sense only with a template that asks for a description. */
  public boolean needsDescription() {
    return this == TRUE_DESCRIPTION || this == OWN_DESCRIPTION || this == EDITED_DESCRIPTION;
  }
}
