package dev.sightline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What of the training did not go through at once. It stands beside the results and never in them:
 * a disturbed experiment has the results of an undisturbed one.
 *
 * @param runs in any order; the warm start's arm is {@link ReportRequest#WARM_START}
 * @param leftOut whether the interrupted rounds are left out of training and development curves
 */
public record Interruptions(List<Run> runs, boolean leftOut) {
  /** Nothing is known of any run. */
  public static final Interruptions NONE = new Interruptions(List.of(), false);

  public Interruptions {
    runs = List.copyOf(runs);
  }

  /**
   * A training run.
   *
   * @param rounds on its live path
   * @param interrupted those that did not go through at once, in order
   * @param lost draws that were begun and not trained on
   */
  public record Run(String arm, long seed, int rounds, List<Round> interrupted, List<Lost> lost) {
    public Run {
      interrupted = List.copyOf(interrupted);
      lost = List.copyOf(lost);
    }
  }

  /**
   * A round that did not go through at once.
   *
   * @param firstStep of its steps, which count from 1
   * @param attempts the most that one of its effects took
   * @param restarts how often another incarnation of a policy server went on
   * @param returns how often its policy was brought back to where the run stood
   * @param lostDraws draws of its steps that were begun and not trained on
   * @param branch above 0: an operator had it begun anew
   */
  public record Round(
      int round,
      int firstStep,
      int lastStep,
      int attempts,
      int restarts,
      int returns,
      int lostDraws,
      int branch) {
    boolean holds(int step) {
      return step >= firstStep && step <= lastStep;
    }
  }

  /** Why a draw was not trained on. */
  public enum Why {
    /** Its server went away with it, or another draw of it came first. */
    DRAWN_AGAIN,
    /** An operator went back behind its round, or the run ended before it came. */
    GIVEN_UP
  }

  /**
   * A draw that was begun and not trained on.
   *
   * @param step that it was for
   * @param samples completions asked for
   * @param lengths tokens of each completion when somebody last looked; empty when nobody did
   * @param growing indices of those that were not over
   * @param replacement lengths of the draw in its place, in the same order; empty for none
   */
  public record Lost(
      int step,
      Why why,
      int samples,
      List<Integer> lengths,
      List<Integer> growing,
      List<Integer> replacement) {
    public Lost {
      lengths = List.copyOf(lengths);
      growing = List.copyOf(growing);
      replacement = List.copyOf(replacement);
    }

    /**
     * A completion that was begun, beside the one in its place, both cut at where the lost one was
     * last seen: what is known of a completion that was still growing is that it is no shorter, and
     * those that were over are the short ones.
     */
    record Pair(int lost, int replacement) {}

    /** Those of which both are known. */
    List<Pair> pairs() {
      if (replacement.size() < lengths.size()) {
        return List.of();
      }
      // Completions grow side by side, so one that is over could have become as long as the
      // longest that was not.
      int seenTo =
          growing.isEmpty()
              ? Integer.MAX_VALUE
              : growing.stream().mapToInt(lengths::get).max().orElseThrow();
      return IntStream.range(0, lengths.size())
          .filter(i -> lengths.get(i) > 0)
          .mapToObj(
              i -> {
                int until = growing.contains(i) ? lengths.get(i) : seenTo;
                return new Pair(lengths.get(i), Math.min(replacement.get(i), until));
              })
          .toList();
    }
  }

  /** Whether any round of any run is one of them. */
  public boolean any() {
    return runs.stream().anyMatch(run -> !run.interrupted().isEmpty() || !run.lost().isEmpty());
  }

  List<Lost> lost() {
    return runs.stream().flatMap(run -> run.lost().stream()).toList();
  }

  /** The request whose curves lack the steps of interrupted rounds, and what came right of them. */
  ReportRequest leaveOut(ReportRequest request) {
    List<ReportRequest.TrainingCurve> training = new ArrayList<>();
    for (ReportRequest.TrainingCurve curve : request.training()) {
      training.add(
          new ReportRequest.TrainingCurve(
              curve.arm(),
              curve.seed(),
              curve.steps().stream()
                  .filter(step -> round(curve.arm(), curve.seed(), step.step()) == null)
                  .toList()));
    }
    List<ReportRequest.DevelopmentCurve> development = new ArrayList<>();
    for (ReportRequest.DevelopmentCurve curve : request.development()) {
      development.add(
          new ReportRequest.DevelopmentCurve(
              curve.arm(),
              curve.seed(),
              curve.points().stream()
                  .filter(point -> round(curve.arm(), curve.seed(), point.step()) == null)
                  .toList()));
    }
    return new ReportRequest(
        request.experiment(),
        request.environment(),
        request.amendments(),
        request.seeds(),
        request.arms(),
        request.missing(),
        request.decisions(),
        request.blind(),
        request.datasets(),
        request.evaluations(),
        training,
        development,
        request.failures(),
        request.provenance());
  }

  private @Nullable Round round(String arm, long seed, int step) {
    return runs.stream()
        .filter(run -> run.arm().equals(arm) && run.seed() == seed)
        .flatMap(run -> run.interrupted().stream())
        .filter(round -> round.holds(step))
        .findFirst()
        .orElse(null);
  }
}
