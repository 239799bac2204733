package dev.sightline.puzzle.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetBaselines.ConstantAnswer;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetAssemblyTest {
  private static DatasetPlan plan(
      Map<String, Object> config, int train, int dev, int test, long seed) {
    return new DatasetPlan(
        "rotting_kiwi", config, new ImageSize(84, 84), new Counts(train, dev, test), seed);
  }

  private static Assembly assembled(DatasetPlan plan, boolean backwards) {
    return Makers.make(plan, backwards);
  }

  @Test
  void assemblesTheQuickstartsDataSet() {
    DatasetPlan plan = plan(Map.of(), 4000, 64, 256, 20260101);
    assertThat(DatasetAssembler.check(plan)).isEmpty();
    assertThat(DatasetAssembler.layout(plan).tasks()).hasSize(6);
    Assembly assembly = assembled(plan, false);
    assertThat(assembly.portions().getFirst().rule()).isEqualTo(SplitRule.RESERVED_BLOCKS);
    assertThat(assembly.train()).hasSize(4000);
    assertThat(assembly.test()).hasSize(256);
    assertThat(assembly.dev()).hasSize(64);
    assertThat(DatasetVerifier.verify(plan, assembly)).isEmpty();
    assertThat(assembled(plan, true)).isEqualTo(assembly);
    assertThat(assembled(plan(Map.of(), 4000, 64, 256, 20260102), false).test())
        .isNotEqualTo(assembly.test());

    ConfiguredFamily family = plan.portions().getFirst().configured();
    ConstantAnswer answer = DatasetBaselines.mostFrequentAnswer(assembly.train());
    assertThat(answer.answer()).isEqualTo("1");
    assertThat(answer.rate()).isBetween(0.5, 0.58);
    var description = DatasetBaselines.bestConstantDescription(family, assembly.train());
    assertThat(description.meanFacts()).isBetween(1.0 / 3, 0.5);
    assertThat(description.exactRate()).isLessThan(0.001);
  }

  @Test
  void tempersTheLevelsAlikeInTrainingAndTest() {
    DatasetPlan plan = plan(Map.of("levels", "tempered"), 4000, 64, 256, 20260101);
    Assembly assembly = assembled(plan, true);
    assertThat(DatasetVerifier.verify(plan, assembly)).isEmpty();
    double train = DatasetBaselines.mostFrequentAnswer(assembly.train()).rate();
    double test = DatasetBaselines.mostFrequentAnswer(assembly.test()).rate();
    assertThat(train).isBetween(0.35, 0.47);
    assertThat(test).isBetween(train - 0.08, train + 0.08);
    for (int minutes = 1; minutes <= 6; minutes++) {
      String answer = Integer.toString(minutes);
      assertThat(assembly.train()).anyMatch(item -> item.answer().equals(answer));
    }
    assertThat(
            DatasetAssembler.check(plan(Map.of("levels", "tempered"), 100, 1000, 1000, 1))
                .orElseThrow())
        .contains("use at most 1056 together");
    assertThat(
            DatasetAssembler.check(
                    plan(Map.of("rows", 5, "columns", 5, "levels", "tempered"), 1, 1, 1, 1))
                .orElseThrow())
        .startsWith("config.levels: tempered needs");
  }

  @Test
  void drawsFromSpacesThatAreTooLargeToList() {
    DatasetPlan plan = plan(Map.of("rows", 5, "columns", 5, "rotten", "one"), 600, 40, 80, 3);
    assertThat(DatasetAssembler.check(plan)).isEmpty();
    Assembly assembly = assembled(plan, true);
    assertThat(assembly.portions().getFirst().rule()).isEqualTo(SplitRule.DISJOINT_DRAWS);
    assertThat(DatasetVerifier.verify(plan, assembly)).isEmpty();
  }

  @Test
  void takesTheLastSceneOfASpaceAndNamesTheLimitBeyondIt() {
    Map<String, Object> small = Map.of("rotten", "one", "maximumFruits", 7);
    DatasetPlan tooMany = plan(small, 99_999, 10, 20, 1);
    String problem = DatasetAssembler.check(tooMany).orElseThrow();
    assertThat(problem).startsWith("counts.train: 99999, but only ");
    int most = Integer.parseInt(problem.replaceAll(".*at most (\\d+).*", "$1"));
    DatasetPlan exact = plan(small, most, 10, 20, 1);
    assertThat(DatasetVerifier.verify(exact, assembled(exact, false))).isEmpty();
    assertThatThrownBy(() -> DatasetAssembler.layout(plan(small, most + 1, 10, 20, 1)))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.SPACE_EXHAUSTED));
  }

  @Test
  void checksEveryPartOfThePlan() {
    assertThat(DatasetAssembler.check(plan(Map.of("rows", 99), 1, 1, 1, 1)).orElseThrow())
        .isEqualTo("config.rows: is 99; use an integer from 2 to 8");
    assertThat(DatasetAssembler.check(plan(Map.of(), 1, 1100, 1100, 1)).orElseThrow())
        .contains("use at most 2113 together");
    assertThat(DatasetAssembler.check(plan(Map.of(), 0, 0, 0, 1)).orElseThrow())
        .isEqualTo("counts: are all 0; use at least 1 item");
    DatasetPlan small =
        new DatasetPlan("rotting_kiwi", Map.of(), new ImageSize(9, 9), new Counts(1, 1, 1), 1);
    assertThat(DatasetAssembler.check(small).orElseThrow()).startsWith("imageSize: ");
    DatasetPlan stranger =
        new DatasetPlan("chess", Map.of(), new ImageSize(84, 84), new Counts(1, 1, 1), 1);
    assertThat(DatasetAssembler.check(stranger).orElseThrow()).startsWith("family: unknown");
  }

  @Test
  void refusesForeignShards() {
    DatasetPlan plan = plan(Map.of(), 2000, 10, 10, 1);
    ShardLayout layout = DatasetAssembler.layout(plan);
    Shard other = DatasetAssembler.generate(plan, layout, 1);
    assertThatThrownBy(() -> DatasetAssembler.assemble(plan, layout, index -> other, item -> {}))
        .hasMessageContaining("shard 1 must hold rotting_kiwi/test-0 to rotting_kiwi/test-9");
  }

  @Test
  void theVerifierSeesEveryKindOfDamage() {
    DatasetPlan plan = plan(Map.of(), 40, 5, 5, 1);
    Assembly good = assembled(plan, false);
    assertThat(problems(plan, good, "answer", "9")).contains("the solvers say");
    assertThat(problems(plan, good, "description", "---/---/---")).contains("read back");
    assertThat(problems(plan, good, "textTwin", "Board: ---")).contains("twin");
    assertThat(problems(plan, good, "imageDigest", "0".repeat(64))).contains("image digest");
    assertThat(problems(plan, good, "sceneKey", "0".repeat(64))).contains("keys");
    assertThat(problems(plan, good, "scene", Map.of("board", "---/---/---"))).contains("rules");
    assertThat(problems(plan, good, "id", "rotting_kiwi/train-1")).contains("stands twice");

    DatasetItem leaked =
        changed(good.train().getFirst(), Map.of("split", "test", "id", "rotting_kiwi/test-99"));
    List<DatasetItem> test = new ArrayList<>(good.test().subList(1, 5));
    test.add(leaked);
    assertThat(
            DatasetVerifier.verify(
                plan, new Assembly(good.portions(), good.train(), good.dev(), test)))
        .anyMatch(line -> line.contains("up to symmetry is in train"));
  }

  private static String problems(DatasetPlan plan, Assembly good, String field, Object value) {
    List<DatasetItem> train = new ArrayList<>(good.train());
    train.set(0, changed(train.getFirst(), Map.of(field, value)));
    return String.join(
        "\n",
        DatasetVerifier.verify(
            plan, new Assembly(good.portions(), train, good.dev(), good.test())));
  }

  private static DatasetItem changed(DatasetItem item, Map<String, Object> changes) {
    Map<String, Object> map = new LinkedHashMap<>(item.toMap());
    map.putAll(changes);
    return DatasetItem.fromMap(map);
  }

  @Test
  void itemsAndPlansGoThroughMaps() {
    DatasetPlan plan = plan(Map.of("rows", 3), 10, 2, 2, Long.MIN_VALUE);
    assertThat(DatasetPlan.fromMap(plan.toMap())).isEqualTo(plan);
    assertThat(plan.digest()).isEqualTo(plan(Map.of(), 10, 2, 2, Long.MIN_VALUE).digest());
    assertThat(plan.digest()).isNotEqualTo(plan(Map.of(), 10, 2, 2, 0).digest());
    DatasetItem item = DatasetAssembler.make(plan).test().getFirst();
    assertThat(item.id()).isEqualTo("rotting_kiwi/test-0");
    assertThat(DatasetItem.fromMap(item.toMap())).isEqualTo(item);
    assertThat(CanonicalJson.text(item.toMap())).contains("\"split\":\"test\"");
  }
}
