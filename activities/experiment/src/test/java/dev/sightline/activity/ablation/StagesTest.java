package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StagesTest {
  @Test
  void stagesFollowEachOtherByWhatTheyNeed() {
    List<List<PlannedStage>> plan = Stages.plan(Samples.SPEC);

    assertThat(plan.stream().map(group -> group.stream().map(PlannedStage::target).toList()))
        .containsExactly(
            List.of("dataset"),
            List.of("warm-start/7"),
            // Each template that an arm trains with has a start of its own to compare with.
            List.of("evaluate/baseline/7/probe", "evaluate/baseline/7/answer"),
            List.of(
                "train/plain/1",
                "train/formatted/1",
                "train/lots/1",
                "train/plain/2",
                "train/formatted/2",
                "train/lots/2"),
            List.of(
                "evaluate/plain/1",
                "evaluate/formatted/1",
                "evaluate/lots/1",
                "evaluate/plain/2",
                "evaluate/formatted/2",
                "evaluate/lots/2"),
            List.of("report"));
  }

  @Test
  void targetsAreUniqueAndArmsAreTestedWithTheOneTemplate() {
    List<PlannedStage> stages = Stages.plan(Samples.SPEC).stream().flatMap(List::stream).toList();

    assertThat(stages).extracting(PlannedStage::target).doesNotHaveDuplicates();
    assertThat(stages)
        .filteredOn(stage -> stage.target().startsWith("evaluate/formatted"))
        .allMatch(stage -> "probe".equals(stage.template()));
  }

  @Test
  void withoutWarmStartThereIsNoSuchStage() {
    ExperimentSpec cold =
        Samples.spec(Samples.YAML.replaceAll("(?s)warmStart:.*?training:", "training:"));

    assertThat(Stages.plan(cold).stream().flatMap(List::stream))
        .noneMatch(stage -> stage.kind() == StageKind.WARM_START);
  }

  @Test
  void theStoredPlanIsOfOneExperiment() {
    List<List<PlannedStage>> plan = Stages.plan(Samples.SPEC);

    assertThat(Stages.tree("a", plan)).isNotEqualTo(Stages.tree("b", plan));
    assertThat(Stages.tree("a", plan)).isEqualTo(Stages.tree("a", Stages.plan(Samples.SPEC)));
  }
}
