package dev.sightline.spec;

/**
 * The learning rate of each optimizer step. Warm-up and the linear and cosine courses are those of
 * Hugging Face transformers 5.23 ({@code get_linear_schedule_with_warmup}, {@code
 * get_constant_schedule_with_warmup}, {@code get_cosine_with_min_lr_schedule_with_warmup}); the
 * final share, which transformers has for cosine only, is applied to linear in the same way.
 */
public final class LearningRateSchedule {
  private final ExperimentSpec.Schedule schedule;
  private final double peak;
  private final int steps;

  /**
   * @param peak the highest rate
   * @param steps all optimizer steps of the phase
   */
  public LearningRateSchedule(ExperimentSpec.Schedule schedule, double peak, int steps) {
    this.schedule = schedule;
    this.peak = peak;
    this.steps = steps;
  }

  public static LearningRateSchedule of(ExperimentSpec.Training training) {
    return new LearningRateSchedule(training.schedule(), training.learningRate(), training.steps());
  }

  public static LearningRateSchedule of(ExperimentSpec.WarmStart warmStart) {
    return new LearningRateSchedule(
        warmStart.schedule(), warmStart.learningRate(), warmStart.steps());
  }

  /**
   * The rate of one step.
   *
   * @param step from 0 to steps - 1
   */
  public double at(int step) {
    if (step < 0 || step >= steps) {
      throw new IndexOutOfBoundsException("step " + step + " of " + steps);
    }
    int warmUp = schedule.warmUpSteps();
    if (step < warmUp) {
      return peak * ((double) step / warmUp);
    }
    double progress = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    // StrictMath, because Math.cos may differ in the last bit between interpreted and compiled code
    double course =
        switch (schedule.kind()) {
          case CONSTANT -> 1.0;
          case LINEAR -> 1.0 - progress;
          case COSINE -> 0.5 * (1.0 + StrictMath.cos(StrictMath.PI * progress));
        };
    return peak * (course * (1.0 - schedule.finalShare()) + schedule.finalShare());
  }
}
