package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.activity.ablation.ChanceAgreement.Said;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChanceAgreementTest {
  @Test
  void alikeQuestionsGiveTheExpectationUnderPermutations() {
    List<DatasetItem> items = Samples.DATASET.items(Split.TEST);
    ConfiguredFamily family = Samples.DATASET.family(items.getFirst());
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      // Each says the next item's scene, and an answer of its own.
      said.add(said(Samples.DATASET, items.get(i), items.get((i + 1) % items.size()), i % 3));
    }

    Map<String, Double> rates = ChanceAgreement.of(said, Samples.DATASET::family);

    for (int i = 0; i < said.size(); i++) {
      double agree = 0;
      for (int j = 0; j < said.size(); j++) {
        String solved =
            family.answer(new Puzzle(said.get(j).described(), items.get(i).asked())).orElseThrow();
        agree += i != j && solved.equals(said.get(i).answer()) ? 1 : 0;
      }
      assertThat(rates.get(items.get(i).id())).isCloseTo(agree / (said.size() - 1), within(1e-12));
    }
  }

  /** The clock's questions have parameters: the others' descriptions are solved for one's own. */
  @Test
  void questionsWithParametersAreSolvedAnew() {
    LoadedDataset dataset =
        Samples.dataset(
            Samples.spec(
                Samples.YAML
                    .replace("rotting_kiwi", "clock")
                    .replaceFirst("config: .*", "")
                    .replaceFirst("imageSize: .*", "imageSize: { width: 448, height: 448 }")
                    .replaceFirst("counts: .*", "counts: { train: 4, dev: 1, test: 9 }")));
    List<DatasetItem> items = dataset.items(Split.TEST);
    String kind = items.getFirst().asked().kind();
    List<DatasetItem> same =
        items.stream().filter(item -> item.asked().kind().equals(kind)).toList();
    List<Said> said = new ArrayList<>();
    for (DatasetItem item : same) {
      said.add(new Said(item, item.answer(), scene(dataset, item)));
    }

    Map<String, Double> rates = ChanceAgreement.of(said, dataset::family);

    assertThat(same.stream().map(DatasetItem::asked).distinct().count()).isGreaterThan(1);
    ConfiguredFamily family = dataset.family(items.getFirst());
    for (Said one : said) {
      double agree = 0;
      int solved = 0;
      for (Said other : said) {
        var answer = family.answer(new Puzzle(other.described(), one.item().asked()));
        if (!other.id().equals(one.id()) && answer.isPresent()) {
          solved++;
          agree += answer.get().equals(one.answer()) ? 1 : 0;
        }
      }
      assertThat(rates.get(one.item().id())).isCloseTo(agree / solved, within(1e-12));
    }
  }

  @Test
  void whoIsAloneHasNoChance() {
    DatasetItem item = Samples.DATASET.items(Split.TEST).getFirst();
    assertThat(
            ChanceAgreement.of(
                List.of(said(Samples.DATASET, item, item, 1)), Samples.DATASET::family))
        .isEmpty();
  }

  private static Said said(LoadedDataset dataset, DatasetItem item, DatasetItem shown, int answer) {
    return new Said(item, Integer.toString(answer), scene(dataset, shown));
  }

  private static Scene scene(LoadedDataset dataset, DatasetItem item) {
    return dataset.family(item).readScene(item.scene());
  }
}
