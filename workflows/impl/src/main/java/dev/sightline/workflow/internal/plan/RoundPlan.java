package dev.sightline.workflow.internal.plan;

/**
 * How a run's optimizer steps fall into rounds and chunks.
 *
 * @param totalSteps optimizer steps of the run
 * @param stepsPerRound steps of a round; the last round may be shorter
 * @param untilStep steps after which the run rests, at the end of a round; totalSteps: never
 */
public record RoundPlan(long totalSteps, long stepsPerRound, long untilStep) {
  /** Supervised steps of one activity: a lost worker repeats at most the polling of these. */
  public static final long CHUNK = 25;

  /** A run that goes to its end. */
  public RoundPlan(long totalSteps, long stepsPerRound) {
    this(totalSteps, stepsPerRound, totalSteps);
  }

  public RoundPlan {
    if (totalSteps < 1 || stepsPerRound < 1) {
      throw new IllegalArgumentException(
          "steps must be positive: " + totalSteps + " in rounds of " + stepsPerRound);
    }
  }

  public long rounds() {
    return Math.ceilDiv(totalSteps, stepsPerRound);
  }

  /**
   * The round to go on with after some committed steps. A border belongs to the round before it:
   * its checkpoint and its dev evaluation may be missing still, and both are idempotent.
   */
  public long roundAfter(long committed) {
    return committed == 0 ? 0 : Math.min((committed - 1) / stepsPerRound, rounds() - 1);
  }

  public boolean last(long round) {
    return round >= rounds() - 1;
  }

  /** Whether the run rests after a round. */
  public boolean rests(long round) {
    return untilStep < totalSteps && (round + 1) * stepsPerRound >= untilStep;
  }

  /** End (exclusive) of the chunk of supervised steps that begins at a step. */
  public long chunkEnd(long step, long toStep) {
    return Math.min(step + CHUNK, toStep);
  }

  /** Whether a round ends with a checkpoint. */
  public boolean checkpointDue(long round, long everyRounds) {
    return last(round) || rests(round) || (round + 1) % everyRounds == 0;
  }
}
