package dev.sightline.puzzle.dataset;

/** How the splits are kept apart; stands in the manifest. Both keep them disjoint by form. */
public enum SplitRule {
  /**
   * The space is listed. Its canonical forms are ordered by a hash of seed and form; the first
   * block is test, the next dev, and training may show any orientation of the rest.
   */
  RESERVED_BLOCKS,
  /**
   * The space has at least 20 times as many forms as the data set needs. Scenes are drawn; test
   * goes first, then dev, then train, and each leaves out the forms of those before.
   */
  DISJOINT_DRAWS
}
