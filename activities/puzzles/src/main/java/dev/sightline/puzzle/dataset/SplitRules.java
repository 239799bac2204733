package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.Space;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses each portion's rule, and says where a space is too small for it. */
final class SplitRules {
  private static final BigInteger SPARE_FORMS = BigInteger.valueOf(20);

  private SplitRules() {}

  /** The rules by portion; all portions of a family have the same. */
  static List<SplitRule> of(DatasetPlan plan) {
    Map<String, List<Portion>> families = byFamily(plan);
    Map<String, SplitRule> rules = new LinkedHashMap<>();
    families.forEach((family, portions) -> rules.put(family, rule(portions)));
    List<SplitRule> byPortion = new ArrayList<>();
    for (Portion portion : plan.portions()) {
      byPortion.add(rules.get(portion.family()));
    }
    return List.copyOf(byPortion);
  }

  private static Map<String, List<Portion>> byFamily(DatasetPlan plan) {
    Map<String, List<Portion>> families = new LinkedHashMap<>();
    for (Portion portion : plan.portions()) {
      families.computeIfAbsent(portion.family(), absent -> new ArrayList<>()).add(portion);
    }
    return families;
  }

  /**
   * Portions of one family may show the same scenes, so that blocks cut for one of them alone would
   * not keep the splits apart; shares of the hash do for all at once.
   */
  private static SplitRule rule(List<Portion> portions) {
    if (portions.size() == 1) {
      Space space = portions.getFirst().configured().space();
      if (space.enumerable() && space.questions().equals(BigInteger.ONE)) {
        return SplitRule.RESERVED_BLOCKS;
      }
    }
    BigInteger need =
        BigInteger.valueOf(portions.stream().mapToLong(p -> p.counts().total()).sum());
    boolean large =
        portions.stream()
            .map(portion -> portion.configured().space().canonicalForms())
            .allMatch(forms -> forms.compareTo(need.multiply(SPARE_FORMS)) >= 0);
    return large ? SplitRule.DISJOINT_DRAWS : SplitRule.RESERVED_SHARE;
  }

  /** What is wrong with a portion's counts, as one line with the fix; empty if nothing. */
  static Optional<String> problem(DatasetPlan plan, Portion portion, SplitRule rule) {
    return switch (rule) {
      case RESERVED_BLOCKS -> blocksProblem(portion, Blocks.of(plan, portion));
      case DISJOINT_DRAWS -> levelsProblem(portion);
      case RESERVED_SHARE -> levelsProblem(portion).or(() -> shareProblem(portion));
    };
  }

  private static Optional<String> levelsProblem(Portion portion) {
    return portion.configured().levelMix() == LevelMix.TEMPERED
        ? Optional.of(
            "config.levels: tempered needs a listed space and no other part of "
                + portion.family()
                + "; use as-they-fall")
        : Optional.empty();
  }

  private static Optional<String> blocksProblem(Portion portion, Blocks blocks) {
    ConfiguredFamily family = portion.configured();
    long held = (long) portion.counts().dev() + portion.counts().test();
    long forms = family.space().canonicalForms().longValueExact();
    if (held >= forms) {
      return Optional.of(
          "counts.dev + counts.test: %d of the %d canonical forms; use at most %d together"
              .formatted(held, forms, forms - 1));
    }
    if (blocks.heldCount() < held) {
      return Optional.of(
          "counts.dev + counts.test: %d, but tempered levels leave %d forms; use at most %d together"
              .formatted(held, blocks.heldCount(), blocks.heldCount()));
    }
    int most = blocks.trainScenes().size();
    return portion.counts().train() <= most
        ? Optional.empty()
        : Optional.of(
            "counts.train: %d, but only %d distinct scenes are left beside dev and test; use at most %d"
                .formatted(portion.counts().train(), most, most));
  }

  /** Items are scenes with questions; a split has its share of them. */
  private static Optional<String> shareProblem(Portion portion) {
    Space space = portion.configured().space();
    for (Split split : Split.values()) {
      BigInteger most =
          new BigDecimal(space.scenes().multiply(space.questions()))
              .multiply(BigDecimal.valueOf(Share.of(split)))
              .setScale(0, RoundingMode.FLOOR)
              .toBigInteger();
      int wanted = portion.counts().of(split);
      if (BigInteger.valueOf(wanted).compareTo(most) > 0) {
        return Optional.of(
            "counts.%s: %d items, but the split's share of the space %s %s (%s scenes, %s questions each); use at most %s or a larger board"
                .formatted(
                    split.wireName(),
                    wanted,
                    space.basis() == Space.Basis.EXACT ? "holds" : "is only known to hold",
                    most,
                    space.scenes(),
                    space.questions(),
                    most));
      }
    }
    return Optional.empty();
  }
}
