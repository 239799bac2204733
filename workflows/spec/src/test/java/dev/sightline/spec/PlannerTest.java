package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static ExperimentPlan plan(String yaml) {
    return Planner.plan(valid(yaml), CATALOGS);
  }

  @Test
  void theQuickstartsStagesInOrder() {
    assertThat(plan(Examples.file("quickstart.yaml")).stages())
        .extracting(PlannedStage::target)
        .containsExactly(
            "dataset",
            "warm-start/7",
            "evaluate/baseline/7/probe",
            "train/only_accuracy/1",
            "train/format_accuracy/1",
            "train/perception_facts/1",
            "evaluate/only_accuracy/1",
            "evaluate/format_accuracy/1",
            "evaluate/perception_facts/1",
            "report");
  }

  @Test
  void theQuickstartsWork() {
    Work work = plan(Examples.file("quickstart.yaml")).work();
    long dev = 2 * 64; // puzzle and perception question of each image
    long test = 2 * 256 + 5 * 256; // image, and five other modes
    assertThat(work)
        .isEqualTo(
            new Work(
                4000 + 64 + 256,
                220 + 3 * 40,
                220 * 32,
                3 * 40 * 16 * 8,
                test + 3 * (4 * dev + test),
                40L * (3 * 40 * 16 * 8 + test + 3 * (4 * dev + test))));
  }

  @Test
  void estimatesFollowTheRates() {
    ExperimentPlan plan = plan(Examples.file("quickstart.yaml"));
    PlanEstimate estimate = PlanEstimate.of(plan, PlanEstimate.Rates.TINY_VL_TWO_CORES);
    assertThat(estimate.stages()).hasSameSizeAs(plan.stages());
    assertThat(estimate.stages().get(1).seconds()).isEqualTo(220 * 0.24, within(1e-9));
    assertThat(estimate.stages().get(3).seconds())
        .isEqualTo(40 * 1.5 + 4 * 128 * 0.02, within(1e-9));
    assertThat(estimate.totalSeconds()).isBetween(200.0, 500.0);
  }

  @Test
  void withoutWarmStartTheUntrainedPolicyIsTheStart() {
    assertThat(plan(SHORT).stages())
        .extracting(PlannedStage::target)
        .startsWith("dataset", "evaluate/baseline/7/probe", "train/only_accuracy/1");
  }

  @Test
  void theStartIsEvaluatedUnderEveryTemplateOfAnArm() {
    String text =
        SHORT.replace(
            "statistics",
            "  - name: plain\n    template: answer\n    terms: [ { term: accuracy, weight: 1 } ]\n"
                + "statistics");
    assertThat(plan(text + "seeds: [1, 2]\n").stages())
        .extracting(PlannedStage::target)
        .contains(
            "evaluate/baseline/7/probe",
            "evaluate/baseline/7/answer",
            "evaluate/only_accuracy/2",
            "evaluate/plain/2")
        .doesNotHaveDuplicates();
  }

  @Test
  void interventionsAreAskedWithTheEvaluationsTemplateOnly() {
    String text =
        SHORT.replace(
                "statistics",
                "  - name: plain\n    template: answer\n    terms: [ { term: accuracy, weight: 1 } ]\n"
                    + "statistics")
            + "evaluation: { testModes: [blank, image+text, own-description, image] }\n";
    assertThat(plan(text).stages())
        .filteredOn(PlannedStage.EvaluateStart.class::isInstance)
        .map(PlannedStage.EvaluateStart.class::cast)
        .extracting(PlannedStage.EvaluateStart::template, stage -> stage.modes().size())
        .containsExactly(tuple("probe", 4), tuple("answer", 1));
    int items = 8; // of SHORT: each mode once, the image twice
    assertThat(plan(text).stages().get(1).work().evaluatedCompletions()).isEqualTo(5L * items);
  }

  @Test
  void aPlanSurvivesJson() throws JsonProcessingException {
    for (String yaml :
        new String[] {SHORT + "seeds: [9223372036854775807]\n", Examples.file("quickstart.yaml")}) {
      ExperimentPlan plan = plan(yaml);
      String json = new ObjectMapper().writeValueAsString(plan.toMap());
      ExperimentPlan back =
          ExperimentPlan.fromMap(
              new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {}));
      assertThat(back).isEqualTo(plan);
      assertThat(back.digest()).isEqualTo(plan.digest());
    }
  }

  @Test
  void aBrokenPlanIsNamed() {
    assertThatThrownBy(() -> ExperimentPlan.fromMap(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has no stages");
    assertThatThrownBy(() -> Planner.plan(valid(SHORT), Catalogs.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("planning needs the family catalog");
  }
}
