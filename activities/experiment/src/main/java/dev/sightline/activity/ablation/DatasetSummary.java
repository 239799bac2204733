package dev.sightline.activity.ablation;

import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.dataset.DatasetBaselines;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.PortionManifest;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.report.ReportRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the report says of the test items of each family, from the manifest and the train items. */
final class DatasetSummary {
  private DatasetSummary() {}

  /** Families with test items, in the order of the parts. */
  static List<ReportRequest.Dataset> of(LoadedDataset dataset) {
    Map<String, List<PortionManifest>> families = new LinkedHashMap<>();
    for (PortionManifest portion : dataset.manifest().portions()) {
      families.computeIfAbsent(portion.portion().family(), f -> new ArrayList<>()).add(portion);
    }
    List<ReportRequest.Dataset> summaries = new ArrayList<>();
    families.forEach(
        (family, portions) -> {
          int test = items(portions, Split.TEST);
          if (test > 0) {
            summaries.add(family(dataset, family, portions, test));
          }
        });
    return summaries;
  }

  private static ReportRequest.Dataset family(
      LoadedDataset dataset, String family, List<PortionManifest> portions, int test) {
    List<DatasetItem> train =
        dataset.items(Split.TRAIN).stream().filter(item -> item.family().equals(family)).toList();
    return new ReportRequest.Dataset(
        family,
        Split.TEST.wireName(),
        test,
        space(portions),
        train.isEmpty() ? null : DatasetBaselines.mostFrequentAnswer(train).answer(),
        mean(portions, ConstantDescription::meanFacts),
        mean(portions, ConstantDescription::exactRate),
        kinds(train));
  }

  private static int items(List<PortionManifest> portions, Split split) {
    return portions.stream()
        .flatMap(portion -> portion.kinds().stream())
        .mapToInt(kind -> kind.items().getOrDefault(split, 0))
        .sum();
  }

  /** Canonical forms of all parts; parts of one family may share some. */
  private static String space(List<PortionManifest> portions) {
    BigInteger forms = BigInteger.ZERO;
    boolean exact = true;
    for (PortionManifest portion : portions) {
      forms = forms.add(portion.space().canonicalForms());
      exact &= portion.space().basis() == Space.Basis.EXACT;
    }
    return forms + (exact ? "" : " or more") + (portions.size() > 1 ? ", by parts" : "");
  }

  private static List<ReportRequest.Kind> kinds(List<DatasetItem> train) {
    Map<String, List<DatasetItem>> kinds = new TreeMap<>();
    train.forEach(
        item -> kinds.computeIfAbsent(item.asked().kind(), k -> new ArrayList<>()).add(item));
    List<ReportRequest.Kind> summaries = new ArrayList<>();
    kinds.forEach(
        (kind, items) ->
            summaries.add(
                new ReportRequest.Kind(
                    kind,
                    DatasetBaselines.mostFrequentAnswer(items).answer(),
                    (int) items.stream().map(DatasetItem::answer).distinct().count())));
    return summaries;
  }

  /** Mean over portions and kinds, weighted by their test items; null where one has no such. */
  private static @Nullable Double mean(
      List<PortionManifest> portions, ToDoubleFunction<ConstantDescription> value) {
    double sum = 0;
    int items = 0;
    for (PortionManifest portion : portions) {
      for (PortionManifest.Kind kind : portion.kinds()) {
        int test = kind.items().getOrDefault(Split.TEST, 0);
        ConstantDescription description = kind.constantDescription();
        if (test > 0 && description == null) {
          return null;
        }
        sum += description == null ? 0 : test * value.applyAsDouble(description);
        items += test;
      }
    }
    return items == 0 ? null : (Double) (sum / items);
  }
}
