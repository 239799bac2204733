package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StagesTest {
  @Test
  void stagesFollowEachOtherByWhatTheyNeed() {
    List<List<PlannedStage>> plan = PlanGroups.of(Samples.SPEC, Decided.NOTHING);

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
    List<PlannedStage> stages =
        PlanGroups.of(Samples.SPEC, Decided.NOTHING).stream().flatMap(List::stream).toList();

    assertThat(stages).extracting(PlannedStage::target).doesNotHaveDuplicates();
    assertThat(stages)
        .filteredOn(stage -> stage.target().startsWith("evaluate/formatted"))
        .allMatch(stage -> "probe".equals(stage.template()));
  }

  @Test
  void withoutWarmStartThereIsNoSuchStage() {
    ExperimentSpec cold =
        Samples.spec(Samples.YAML.replaceAll("(?s)warmStart:.*?training:", "training:"));

    assertThat(PlanGroups.of(cold, Decided.NOTHING).stream().flatMap(List::stream))
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

    List<List<PlannedStage>> start = PlanGroups.of(spec, Decided.NOTHING);
    List<List<PlannedStage>> middle = PlanGroups.of(spec, searched(first));
    List<List<PlannedStage>> end = PlanGroups.of(spec, searched(first, second));

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
  void learningRatesAreChosenBeforeAnyArmIsTrained() {
    ExperimentSpec spec =
        Samples.spec(
            Samples.YAML
                + "\nablation: { tuning: { learningRates: [0.0001, 0.001], seed: 99, steps: 2 } }\n");
    TuningDecision chosen =
        new TuningDecision(
            99,
            2,
            "accuracy",
            List.of(
                new TuningDecision.Tried(
                    "plain",
                    List.of(
                        new TuningDecision.Rate(1e-4, 0.5), new TuningDecision.Rate(1e-3, 0.5)))));

    List<List<PlannedStage>> start = PlanGroups.of(spec, Decided.NOTHING);
    List<List<PlannedStage>> after =
        PlanGroups.of(spec, new Decided(Optional.of(chosen), List.of(), List.of(), List.of()));

    assertThat(targets(start.subList(start.size() - 2, start.size())))
        .containsExactly(
            "train/plain_rate1/99/2",
            "train/plain_rate2/99/2",
            "train/formatted_rate1/99/2",
            "train/formatted_rate2/99/2",
            "train/lots_rate1/99/2",
            "train/lots_rate2/99/2",
            "tuning");
    assertThat(after.subList(0, start.size())).isEqualTo(start);
    assertThat(targets(after.subList(start.size(), after.size())))
        .startsWith("train/plain/1")
        .endsWith("evaluate/lots/2", "report")
        .hasSize(6 + 6 + 1);
  }

  @Test
  void whoIsStoppedForFutilityIsTrainedAndTestedNoFurther() {
    ExperimentSpec spec = Samples.spec(Samples.YAML + "\nablation: { futility: { steps: [2] } }\n");
    FutilityDecision stop =
        new FutilityDecision(
            1,
            2,
            1,
            0,
            0.05,
            "accuracy",
            List.of(
                new FutilityDecision.Standing("plain", List.of(1L, 2L), 0, null, null, false),
                new FutilityDecision.Standing("formatted", List.of(1L, 2L), 20, -0.4, -0.1, true),
                new FutilityDecision.Standing("lots", List.of(2L), 10, 0.1, 0.3, false)));

    List<List<PlannedStage>> start = PlanGroups.of(spec, Decided.NOTHING);
    List<List<PlannedStage>> after =
        PlanGroups.of(spec, new Decided(Optional.empty(), List.of(), List.of(stop), List.of()));

    assertThat(start.getLast()).extracting(PlannedStage::target).containsExactly("futility/1");
    assertThat(after.subList(0, start.size())).isEqualTo(start);
    assertThat(targets(after.subList(start.size(), after.size())))
        .as("lots was skipped with seed 1")
        .containsExactly(
            "train/plain/1",
            "train/plain/2",
            "train/lots/2",
            "evaluate/plain/1",
            "evaluate/plain/2",
            "evaluate/lots/2",
            "report");
  }

  @Test
  void seedsAreAddedForTheArmsOfOpenContrastsOnly() {
    ExperimentSpec spec =
        Samples.spec(
            Samples.YAML.replace("seeds: [1, 2]", "seeds: [1, 2, 3, 4, 5]")
                + "\nablation: { addSeedsUntil: { moreSeeds: [6, 7] } }\n");
    LookDecision first =
        look(
            1,
            6L,
            standing("formatted", LookDecision.Outcome.OPEN),
            standing("lots", LookDecision.Outcome.WORSE));
    LookDecision second = look(2, null, standing("formatted", LookDecision.Outcome.BETTER));

    List<List<PlannedStage>> start = PlanGroups.of(spec, Decided.NOTHING);
    List<List<PlannedStage>> middle = PlanGroups.of(spec, looked(first));
    List<List<PlannedStage>> end = PlanGroups.of(spec, looked(first, second));

    assertThat(start.getLast()).extracting(PlannedStage::target).containsExactly("look/1");
    assertThat(middle.subList(0, start.size())).isEqualTo(start);
    assertThat(targets(middle.subList(start.size(), middle.size())))
        .containsExactly(
            "train/plain/6",
            "train/formatted/6",
            "evaluate/plain/6",
            "evaluate/formatted/6",
            "look/2");
    assertThat(end.subList(0, middle.size())).isEqualTo(middle);
    assertThat(targets(end.subList(middle.size(), end.size()))).containsExactly("report");
    DecisionSummary summary = new DecisionSummary(spec, looked(first, second));
    assertThat(summary.testedSeeds()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(summary.decisions().seeds())
        .satisfies(
            seeds -> {
              assertThat(seeds).isNotNull();
              assertThat(seeds.declared()).isEqualTo(3);
              assertThat(seeds.used()).isEqualTo(2);
              assertThat(seeds.confidence()).isCloseTo(1 - 0.05 / 3, within(1e-12));
              assertThat(seeds.byArm().get("lots")).doesNotContain(6L);
              assertThat(seeds.byArm().get("plain")).contains(6L);
            });
  }

  private static LookDecision look(int number, @Nullable Long add, LookDecision.Standing... all) {
    return new LookDecision(number, 3, 1 - 0.05 / 3, List.of(all), add);
  }

  private static LookDecision.Standing standing(String arm, LookDecision.Outcome outcome) {
    return new LookDecision.Standing(
        arm, "plain", List.of(1L, 2L), List.of(0.1, 0.2), -0.1, 0.2, outcome);
  }

  private static Decided looked(LookDecision... looks) {
    return new Decided(Optional.empty(), List.of(), List.of(), List.of(looks));
  }

  private static List<String> targets(List<List<PlannedStage>> groups) {
    return groups.stream().flatMap(List::stream).map(PlannedStage::target).toList();
  }

  private static Decided searched(RungDecision... rungs) {
    return new Decided(Optional.empty(), List.of(rungs), List.of(), List.of());
  }

  @Test
  void theStoredPlanIsOfOneExperiment() {
    List<List<PlannedStage>> plan = PlanGroups.of(Samples.SPEC, Decided.NOTHING);

    assertThat(Stages.tree("a", plan)).isNotEqualTo(Stages.tree("b", plan));
    assertThat(Stages.tree("a", plan))
        .isEqualTo(Stages.tree("a", PlanGroups.of(Samples.SPEC, Decided.NOTHING)));
  }
}
