package dev.sightline.activity.ablation;

import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.PortionManifest;
import dev.sightline.puzzle.dataset.Split;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** A manifest's facts about all parts together, for the report's head. */
final class DatasetSummary {
  private DatasetSummary() {}

  /** Families in the order of the parts. */
  static String families(DatasetManifest manifest) {
    Set<String> names = new LinkedHashSet<>();
    manifest.portions().forEach(portion -> names.add(portion.portion().family()));
    return String.join(", ", names);
  }

  /** Canonical forms of all parts; parts of one family may share some, so then it is a bound. */
  static String space(DatasetManifest manifest) {
    BigInteger forms = BigInteger.ZERO;
    boolean exact = true;
    for (PortionManifest portion : manifest.portions()) {
      forms = forms.add(portion.space().canonicalForms());
      exact &= portion.space().basis() == Space.Basis.EXACT;
    }
    return forms + (exact ? "" : " or more");
  }

  /** The most frequent training answer of each family and kind; one where there is one. */
  static String constantAnswer(DatasetManifest manifest) {
    List<String> answers = new ArrayList<>();
    boolean one =
        manifest.portions().size() == 1 && manifest.portions().getFirst().kinds().size() == 1;
    for (PortionManifest portion : manifest.portions()) {
      for (PortionManifest.Kind kind : portion.kinds()) {
        var constant = kind.constantAnswer();
        if (constant != null) {
          answers.add(
              one
                  ? constant.answer()
                  : portion.portion().label() + " " + kind.kind() + ": " + constant.answer());
        }
      }
    }
    return String.join("; ", answers);
  }

  /** Mean over families and kinds, weighted by their test items. */
  static double meanFacts(DatasetManifest manifest) {
    return mean(
        manifest,
        kind -> kind.constantDescription() == null ? 0 : kind.constantDescription().meanFacts());
  }

  /** Mean over families and kinds, weighted by their test items. */
  static double exactRate(DatasetManifest manifest) {
    return mean(
        manifest,
        kind -> kind.constantDescription() == null ? 0 : kind.constantDescription().exactRate());
  }

  private static double mean(
      DatasetManifest manifest, ToDoubleFunction<PortionManifest.Kind> value) {
    double sum = 0;
    int items = 0;
    for (PortionManifest portion : manifest.portions()) {
      for (PortionManifest.Kind kind : portion.kinds()) {
        int test = kind.items().getOrDefault(Split.TEST, 0);
        sum += test * value.applyAsDouble(kind);
        items += test;
      }
    }
    return items == 0 ? 0 : sum / items;
  }
}
