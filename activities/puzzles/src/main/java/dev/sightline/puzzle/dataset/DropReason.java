package dev.sightline.puzzle.dataset;

import java.util.Locale;

/** Why a candidate became no item. */
public enum DropReason {
  /** Its scene, up to symmetry, is in a split that went before. */
  IN_OTHER_SPLIT,
  /** Its scene, up to symmetry, is in the same split already (dev and test). */
  REPEATED_FORM,
  /** Its scene is in the training split already. */
  REPEATED_SCENE,
  /** Scene and question are in the same split already. */
  REPEATED_ITEM,
  /** Another scene gave the same picture: an error of the family. */
  SAME_PICTURE;

  /** The name in manifests. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
