package dev.sightline.activity.ablation;

import dev.sightline.report.Interruptions;
import dev.sightline.report.ReportRequest;
import dev.sightline.storage.InterruptionStore;
import dev.sightline.storage.InterruptionStore.Draw;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a run did not go through at once, from its rows; no number of the results needs it. What
 * happens between two rounds (a rest at a rung, a pause there) interrupts none.
 *
 * @param live the committed live path
 * @param branches those that operators opened tell which rounds were begun anew
 */
public record InterruptedRuns(
    List<StepLedger.Step> live,
    List<RunStore.Branch> branches,
    List<Draw> draws,
    List<InterruptionStore.Return> returns,
    List<InterruptionStore.Repeated> repeated) {
  public InterruptedRuns {
    live = List.copyOf(live);
    branches = List.copyOf(branches);
    draws = List.copyOf(draws);
    returns = List.copyOf(returns);
    repeated = List.copyOf(repeated);
  }

  /** Reads a run's rows. */
  public static Interruptions.Run of(RunStore.Run run, Stores stores) {
    InterruptionStore interruptions = stores.interruptions();
    return new InterruptedRuns(
            run.baseLineage() == null ? List.of() : stores.steps().liveSteps(run.id()),
            stores.runs().branches(run.id()),
            interruptions.draws(run.id()),
            interruptions.returns(run.id()),
            interruptions.repeated(run.id()))
        .run(
            run.phase() == RunStore.Phase.WARM_START ? ReportRequest.WARM_START : run.arm(),
            run.seed());
  }

  Interruptions.Run run(String arm, long seed) {
    Map<Integer, List<StepLedger.Step>> rounds =
        live.stream()
            .collect(
                Collectors.groupingBy(
                    step -> step.identity().round(), TreeMap::new, Collectors.toList()));
    Map<Draw, Interruptions.Lost> lost = lost();
    List<Interruptions.Round> interrupted = new ArrayList<>();
    rounds.forEach(
        (number, steps) -> {
          Interruptions.Round round = round(number, steps, lost.keySet());
          boolean atOnce =
              round.attempts() == 1
                  && round.restarts() == 0
                  && round.returns() == 0
                  && round.lostDraws() == 0;
          if (!atOnce || begunAnew(round)) {
            interrupted.add(round);
          }
        });
    return new Interruptions.Run(arm, seed, rounds.size(), interrupted, List.copyOf(lost.values()));
  }

  private Interruptions.Round round(int number, List<StepLedger.Step> steps, Set<Draw> lost) {
    StepLedger.Step first = steps.getFirst();
    int branch = first.identity().branch();
    int planned = steps.stream().mapToInt(StepLedger.Step::attempts).max().orElse(1);
    int repeats =
        repeated.stream()
            .filter(effect -> effect.round() == number && effect.branch() == branch)
            .mapToInt(InterruptionStore.Repeated::attempt)
            .max()
            .orElse(1);
    long incarnations = steps.stream().map(StepLedger.Step::incarnation).distinct().count();
    return new Interruptions.Round(
        number,
        first.identity().step(),
        steps.getLast().identity().step(),
        Math.max(planned, repeats),
        (int) incarnations - 1,
        (int)
            returns.stream()
                .filter(back -> back.round() == number && back.branch() == branch)
                .filter(back -> !back.lineage().equals(first.parentLineage()))
                .count(),
        (int) lost.stream().filter(draw -> draw.identity().round() == number).count(),
        branch);
  }

  private boolean begunAnew(Interruptions.Round round) {
    return round.branch() > 0
        && branches.stream()
            .anyMatch(
                opened ->
                    opened.branch() == round.branch() && opened.openedFromRound() == round.round());
  }

  /** What a draw is for. */
  private record Purpose(int branch, int step, int wave) {
    static Purpose of(Draw draw) {
      return new Purpose(draw.identity().branch(), draw.identity().step(), draw.identity().wave());
    }
  }

  /** The draws that were not trained on, in the order in which they were begun. */
  private Map<Draw, Interruptions.Lost> lost() {
    Map<Integer, Integer> branchOf = new LinkedHashMap<>();
    live.forEach(step -> branchOf.put(step.identity().step(), step.identity().branch()));
    Map<Purpose, Draw> kept = new LinkedHashMap<>();
    for (Draw draw : draws) {
      Purpose purpose = Purpose.of(draw);
      Draw before = kept.get(purpose);
      // The last that came; where a crash of PostgreSQL forgot that one did, the last.
      if (Integer.valueOf(purpose.branch()).equals(branchOf.get(purpose.step()))
          && (before == null || before.rollout() == null || draw.rollout() != null)) {
        kept.put(purpose, draw);
      }
    }
    Set<Draw> trainedOn = new LinkedHashSet<>(kept.values());
    Map<Draw, Interruptions.Lost> lost = new LinkedHashMap<>();
    for (Draw draw : draws) {
      if (!trainedOn.contains(draw)) {
        lost.put(draw, lost(draw, kept, branchOf));
      }
    }
    return lost;
  }

  private static Interruptions.Lost lost(
      Draw draw, Map<Purpose, Draw> kept, Map<Integer, Integer> branchOf) {
    Purpose purpose = Purpose.of(draw);
    boolean drawnAgain = kept.containsKey(purpose);
    @Nullable Integer now = branchOf.get(purpose.step());
    // On another branch other groups may have been sampled again; the step's own draw is the same.
    @Nullable Draw instead =
        now == null || (!drawnAgain && purpose.wave() > 0)
            ? null
            : kept.get(new Purpose(now, purpose.step(), purpose.wave()));
    InterruptionStore.@Nullable Look look = draw.look();
    InterruptionStore.@Nullable Look replacement = instead == null ? null : instead.look();
    return new Interruptions.Lost(
        purpose.step(),
        drawnAgain ? Interruptions.Why.DRAWN_AGAIN : Interruptions.Why.GIVEN_UP,
        draw.samples(),
        look == null ? List.of() : look.lengths(),
        look == null ? List.of() : look.growing(),
        instead == null || instead.rollout() == null || replacement == null
            ? List.of()
            : replacement.lengths());
  }
}
