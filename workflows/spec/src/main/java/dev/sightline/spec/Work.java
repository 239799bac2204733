package dev.sightline.spec;

/**
 * How much there is to do.
 *
 * @param items puzzles made
 * @param optimizerSteps supervised and policy-gradient steps
 * @param fittedExamples examples of supervised steps
 * @param rolledOutCompletions completions sampled for training
 * @param evaluatedCompletions greedy completions of evaluations; an image item has two, its puzzle
 *     and its perception question
 * @param tokensUpperBound generated tokens if every completion runs to its limit
 */
public record Work(
    long items,
    long optimizerSteps,
    long fittedExamples,
    long rolledOutCompletions,
    long evaluatedCompletions,
    long tokensUpperBound) {
  public static final Work NONE = new Work(0, 0, 0, 0, 0, 0);

  public Work {
    if (items < 0
        || optimizerSteps < 0
        || fittedExamples < 0
        || rolledOutCompletions < 0
        || evaluatedCompletions < 0
        || tokensUpperBound < 0) {
      throw new IllegalArgumentException("work is never negative");
    }
  }

  /** The same work this many times. */
  public Work times(long count) {
    return new Work(
        items * count,
        optimizerSteps * count,
        fittedExamples * count,
        rolledOutCompletions * count,
        evaluatedCompletions * count,
        tokensUpperBound * count);
  }

  public Work plus(Work other) {
    return new Work(
        items + other.items,
        optimizerSteps + other.optimizerSteps,
        fittedExamples + other.fittedExamples,
        rolledOutCompletions + other.rolledOutCompletions,
        evaluatedCompletions + other.evaluatedCompletions,
        tokensUpperBound + other.tokensUpperBound);
  }
}
