package dev.sightline.puzzle.dataset;

/** How the splits are kept apart; stands in the manifest. All keep them disjoint by form. */
public enum SplitRule {
  /**
   * The space is listed. Its canonical forms are ordered by a hash of seed and form; the first
   * block is test, the next dev, and training may show any orientation of the rest. Test and dev
   * items have distinct forms, training items distinct scenes.
   */
  RESERVED_BLOCKS,
  /**
   * The space has at least 20 times as many forms as the data set needs of the family. Scenes are
   * drawn; test goes first, then dev, then train, and each leaves out the forms of those before.
   * Test and dev items have distinct forms, training items distinct scenes.
   */
  DISJOINT_DRAWS,
  /**
   * The space is smaller. A hash of seed and form reserves a tenth of the forms for test and a
   * tenth for dev; a split's candidates are drawn until one falls in its block. Scenes repeat with
   * other questions: items of a split have distinct item keys.
   */
  RESERVED_SHARE
}
