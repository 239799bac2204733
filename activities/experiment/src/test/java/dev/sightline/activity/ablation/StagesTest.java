package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.List;
import java.util.Map;
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
  void eachDecidedRungAddsStagesAndChangesNone() {
    int all = Samples.SPEC.training().steps();
    int round = Samples.SPEC.training().stepsPerRound();
    assertThat(all).isGreaterThan(round);
    ExperimentSpec spec =
        Samples.spec(
            Samples.YAML
                + "\nablation: { halving: { rungs: [ { step: "
                + round
                + ", keep: 2 }, { step: "
                + all
                + ", keep: 1 } ], freshSeeds: [11, 12] } }\n");
    RungDecision first =
        new RungDecision(
            1,
            round,
            2,
            List.of(
                new RungDecision.Standing("lots", Map.of(1L, 0.9, 2L, 0.9)),
                new RungDecision.Standing("plain", Map.of(2L, 0.5)),
                new RungDecision.Standing("formatted", Map.of(1L, 0.1, 2L, 0.1))),
            List.of("lots", "plain"));
    RungDecision second =
        new RungDecision(2, all, 1, first.standings().subList(0, 2), List.of("lots", "plain"));

    List<List<PlannedStage>> start = Stages.plan(spec, List.of());
    List<List<PlannedStage>> middle = Stages.plan(spec, List.of(first));
    List<List<PlannedStage>> end = Stages.plan(spec, List.of(first, second));

    assertThat(start.getLast()).extracting(PlannedStage::target).containsExactly("rung/1");
    assertThat(start.get(start.size() - 2))
        .hasSize(6)
        .extracting(PlannedStage::untilStep)
        .containsOnly((long) round);
    assertThat(middle.subList(0, start.size())).isEqualTo(start);
    assertThat(middle.get(start.size()))
        .extracting(PlannedStage::target)
        .as("plain was skipped with seed 1")
        .containsExactly("train/lots/1/" + all, "train/plain/2/" + all, "train/lots/2/" + all);
    assertThat(end.subList(0, middle.size())).isEqualTo(middle);
    assertThat(end.subList(middle.size(), end.size()).stream().flatMap(List::stream))
        .extracting(PlannedStage::target)
        .containsExactly(
            "train/plain/11",
            "train/lots/11",
            "train/plain/12",
            "train/lots/12",
            "evaluate/plain/11",
            "evaluate/lots/11",
            "evaluate/plain/12",
            "evaluate/lots/12",
            "report");
  }

  @Test
  void theStoredPlanIsOfOneExperiment() {
    List<List<PlannedStage>> plan = Stages.plan(Samples.SPEC);

    assertThat(Stages.tree("a", plan)).isNotEqualTo(Stages.tree("b", plan));
    assertThat(Stages.tree("a", plan)).isEqualTo(Stages.tree("a", Stages.plan(Samples.SPEC)));
  }
}
