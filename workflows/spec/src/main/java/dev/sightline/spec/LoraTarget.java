package dev.sightline.spec;

import java.util.Locale;

/** Linear layers of a text tower that an adapter can lie on. */
public enum LoraTarget implements WireName {
  Q_PROJ,
  K_PROJ,
  V_PROJ,
  O_PROJ,
  GATE_PROJ,
  UP_PROJ,
  DOWN_PROJ;

  /** As the layers are called in the model, with an underscore. */
  @Override
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
