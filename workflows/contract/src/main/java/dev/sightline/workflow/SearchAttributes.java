package dev.sightline.workflow;

import io.temporal.common.SearchAttributeKey;

/** Typed keys; the stack registers them before a worker starts. */
public final class SearchAttributes {
  public static final SearchAttributeKey<String> EXPERIMENT =
      SearchAttributeKey.forKeyword("SightlineExperiment");
  public static final SearchAttributeKey<String> ARM =
      SearchAttributeKey.forKeyword("SightlineArm");
  public static final SearchAttributeKey<String> SEED =
      SearchAttributeKey.forKeyword("SightlineSeed");
  public static final SearchAttributeKey<String> STAGE =
      SearchAttributeKey.forKeyword("SightlineStage");
  public static final SearchAttributeKey<String> STATE =
      SearchAttributeKey.forKeyword("SightlineState");
  public static final SearchAttributeKey<Long> ROUND = SearchAttributeKey.forLong("SightlineRound");

  private SearchAttributes() {}
}
