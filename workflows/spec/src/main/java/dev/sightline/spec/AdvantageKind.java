package dev.sightline.spec;

/** How rewards of a group become advantages (science.md, section 6). */
public enum AdvantageKind implements WireName {
  GRPO,
  DR_GRPO,
  RLOO,
  BATCH_NORMALISED,
  GDPO
}
