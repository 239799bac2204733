package dev.sightline.worker.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.worker.cli.experiment.Watcher.End;
import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** Pauses only move a clock that needs no time. */
final class WatcherTest {
  private static final double LONG = 1000;

  private final List<String> said = new ArrayList<>();
  private double now;
  private DoubleFunction<Optional<String>> ended = second -> Optional.empty();
  private DoubleFunction<List<String>> waiting = second -> List.of();
  private DoubleFunction<StackGuard.Look> guard = second -> new StackGuard.Well();

  private Watcher.Ending watch(DoubleFunction<Optional<ExperimentView>> rows) {
    Watcher.Time time =
        new Watcher.Time() {
          @Override
          public double seconds() {
            return now;
          }

          @Override
          public boolean pause(double seconds) {
            now += seconds;
            return now < LONG;
          }
        };
    return new Watcher(
            () -> rows.apply(now),
            () -> ended.apply(now),
            () -> waiting.apply(now),
            () -> guard.apply(now),
            new PlainDisplay(said::add),
            time)
        .watch();
  }

  private static Optional<ExperimentView> view(ExperimentStore.State state) {
    return Optional.of(
        Views.experiment(state, Views.run("only_accuracy", RunStore.State.RUNNING, 3)));
  }

  private static Optional<ExperimentView> waitingRun() {
    return Optional.of(
        Views.experiment(
            ExperimentStore.State.RUNNING,
            Views.run("only_accuracy", RunStore.State.WAITING_FOR_OPERATOR, 3)));
  }

  @Test
  void itEndsWithTheExperiment() {
    Watcher.Ending ending =
        watch(
            second ->
                second < 3
                    ? Optional.empty()
                    : view(
                        second < 10
                            ? ExperimentStore.State.RUNNING
                            : ExperimentStore.State.COMPLETED));

    assertThat(ending.end()).isEqualTo(End.COMPLETED);
    assertThat(now).isEqualTo(10);
    assertThat(said).anyMatch(line -> line.startsWith("experiment") && line.endsWith("completed"));
  }

  @Test
  void aLostDatabaseIsSaidOnceAndWaitedOut() {
    Watcher.Ending ending =
        watch(
            second -> {
              if (second >= 2 && second < 100) {
                throw new SightlineException(FailureType.STORE_UNAVAILABLE, "away");
              }
              return view(
                  second < 2 ? ExperimentStore.State.RUNNING : ExperimentStore.State.COMPLETED);
            });

    assertThat(ending.end()).isEqualTo(End.COMPLETED);
    assertThat(said).filteredOn(line -> line.contains("PostgreSQL does not answer")).hasSize(1);
    assertThat(said).contains("PostgreSQL answers again");
  }

  @Test
  void anOperatorIsCalledOnlyWhenTheWaitLasts() {
    Watcher.Ending ending =
        watch(
            second ->
                second < 4
                    ? waitingRun()
                    : second < 8 ? view(ExperimentStore.State.RUNNING) : waitingRun());

    assertThat(ending.end()).isEqualTo(End.WAITING_FOR_OPERATOR);
    assertThat(ending.message()).isEqualTo("train/only_accuracy/1: POLICY_UNAVAILABLE: no answer");
    assertThat(now).isBetween(14.0, 16.0);
  }

  @Test
  void whatOnlyTemporalKnowsToWaitCountsToo() {
    waiting = second -> second < 20 ? List.of() : List.of("evaluation/ab: no server");

    Watcher.Ending ending = watch(second -> view(ExperimentStore.State.RUNNING));

    assertThat(ending.end()).isEqualTo(End.WAITING_FOR_OPERATOR);
    assertThat(ending.message()).isEqualTo("evaluation/ab: no server");
  }

  @Test
  void aFailedRowOfAnEarlierTryIsNotTheEndWhileTheWorkflowRuns() {
    Watcher.Ending ending =
        watch(
            second ->
                view(second < 5 ? ExperimentStore.State.FAILED : ExperimentStore.State.COMPLETED));

    assertThat(ending.end()).isEqualTo(End.COMPLETED);
  }

  @Test
  void aFailedRowOfAnEndedWorkflowIsTheEnd() {
    ended = second -> Optional.of("it ended");

    assertThat(watch(second -> view(ExperimentStore.State.FAILED)).message())
        .isEqualTo("demo-0123456789ab ended as failed");
  }

  @Test
  void aWorkflowThatWasTerminatedLeavesNobodyWaiting() {
    ended = second -> second < 30 ? Optional.empty() : Optional.of("it was terminated");

    Watcher.Ending ending = watch(second -> view(ExperimentStore.State.RUNNING));

    assertThat(ending.end()).isEqualTo(End.FAILED);
    assertThat(ending.message()).isEqualTo("it was terminated");
    assertThat(now).isLessThan(60);
  }

  @Test
  void aMendedStackIsSaidAndAStoppedOneIsTheEnd() {
    guard =
        second ->
            second == 4
                ? new StackGuard.Mended("a new supervisor")
                : second < 9 ? new StackGuard.Well() : new StackGuard.Gone();

    Watcher.Ending ending = watch(second -> view(ExperimentStore.State.RUNNING));

    assertThat(said).contains("a new supervisor");
    assertThat(ending.end()).isEqualTo(End.FAILED);
    assertThat(ending.message()).contains("deploy/sightline up");
  }

  @Test
  void stepsAreToldAtMostEveryFiveSeconds() {
    watch(
        second ->
            second < 40
                ? Optional.of(
                    Views.experiment(
                        ExperimentStore.State.RUNNING,
                        Views.run("only_accuracy", RunStore.State.RUNNING, (int) second + 1)))
                : view(ExperimentStore.State.COMPLETED));

    assertThat(said).filteredOn(line -> line.contains("step ")).hasSizeBetween(6, 10);
  }
}
