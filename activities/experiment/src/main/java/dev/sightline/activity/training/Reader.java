package dev.sightline.activity.training;

import dev.sightline.reward.Evidence;
import dev.sightline.reward.Excerpt;
import dev.sightline.reward.RewardDesign;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who answers from a completion alone, without the picture. */
enum Reader {
  /** The weights that the arm started from. */
  START,
  /** The policy as it stands before the step. */
  CURRENT;

  /** What a design's terms have this reader shown; empty where they do not ask it. */
  Optional<Excerpt> shown(RewardDesign design) {
    Set<Evidence> evidence = design.evidence();
    return switch (this) {
      case START ->
          evidence.contains(Evidence.SELF_ANSWER)
              ? Optional.of(Excerpt.TWIN)
              : evidence.contains(Evidence.RAW_SELF_ANSWER)
                  ? Optional.of(Excerpt.DESCRIPTION)
                  : Optional.empty();
      case CURRENT ->
          evidence.contains(Evidence.CAPTION_ANSWER)
              ? Optional.of(Excerpt.DESCRIPTION)
              : Optional.empty();
    };
  }

  /** Whether a design's terms ask any reader. */
  static boolean asked(RewardDesign design) {
    for (Reader reader : values()) {
      if (reader.shown(design).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The name in records. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
