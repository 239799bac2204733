package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of an experiment. {@link #target()} is the path by which operators name it; {@link
 * #work()} is what it takes.
 */
public sealed interface PlannedStage {
  String target();

  Work work();

  /** Makes the data set. */
  record MakeDataset(Digest dataset, Work work) implements PlannedStage {
    @Override
    public String target() {
      return "dataset";
    }
  }

  /**
   * The supervised start that all arms and run seeds share.
   *
   * @param policySeed the seed in its run's id
   * @param runDigest what its numbers depend on
   */
  record WarmStart(long policySeed, Digest runDigest, int steps, int rounds, Work work)
      implements PlannedStage {
    @Override
    public String target() {
      return "warm-start/" + policySeed;
    }
  }

  /**
   * The evaluation of what the arms start from: the warm start's end, or the untrained policy.
   *
   * @param policySeed the seed of the initial weights
   */
  record EvaluateStart(
      long policySeed, String template, Split split, List<EvaluationMode> modes, Work work)
      implements PlannedStage {
    public EvaluateStart {
      modes = List.copyOf(modes);
    }

    @Override
    public String target() {
      return EvaluateArm.path("baseline", policySeed) + "/" + template;
    }
  }

  /**
   * Trains one arm with one run seed; evaluates on dev after each round.
   *
   * @param runDigest what its numbers depend on; null while its learning rate is to be chosen
   */
  record TrainArm(
      String arm, long seed, @Nullable Digest runDigest, int steps, int rounds, Work work)
      implements PlannedStage {
    @Override
    public String target() {
      return path(arm, seed);
    }

    /** The path of a run that goes to its end. */
    public static String path(String arm, long seed) {
      return "train/" + arm + "/" + seed;
    }
  }

  /**
   * Trains one arm with one run seed up to a decision.
   *
   * @param runDigest what its numbers depend on; null while its learning rate is to be chosen
   * @param step optimizer steps after which the run rests
   * @param rounds rounds until then
   */
  record TrainToRung(
      String arm, long seed, @Nullable Digest runDigest, int step, int rounds, Work work)
      implements PlannedStage {
    @Override
    public String target() {
      return path(arm, seed, step);
    }

    /** The path of a run that rests for a decision. */
    public static String path(String arm, long seed, long step) {
      return TrainArm.path(arm, seed) + "/" + step;
    }
  }

  /**
   * Decides which arms go on.
   *
   * @param number from 1
   * @param keep arms that go on, the reference besides
   * @param work at most, of what follows until the next rung or the report
   */
  record Rung(int number, int step, int keep, Work work) implements PlannedStage {
    /** Begins the target; the number follows. */
    public static final String PREFIX = "rung/";

    @Override
    public String target() {
      return PREFIX + number;
    }
  }

  /** Chooses each arm's learning rate from the tries on dev. */
  record Tune() implements PlannedStage {
    public static final String TARGET = "tuning";

    @Override
    public String target() {
      return TARGET;
    }

    @Override
    public Work work() {
      return Work.NONE;
    }
  }

  /**
   * Decides which arms are stopped for futility.
   *
   * @param number from 1
   * @param work at most, of what follows until the next such decision, or of the runs' ends
   */
  record Futility(int number, int step, Work work) implements PlannedStage {
    /** Begins the target; the number follows. */
    public static final String PREFIX = "futility/";

    @Override
    public String target() {
      return PREFIX + number;
    }
  }

  /**
   * A look at the primary contrasts, which decides whether another seed is run.
   *
   * @param number from 1
   * @param seeds that are tested then
   * @param work at most, of the next seed's runs and tests
   */
  record Look(int number, int seeds, Work work) implements PlannedStage {
    /** Begins the target; the number follows. */
    public static final String PREFIX = "look/";

    @Override
    public String target() {
      return PREFIX + number;
    }
  }

  /** The evaluation of a run's last checkpoint. */
  record EvaluateArm(
      String arm, long seed, String template, Split split, List<EvaluationMode> modes, Work work)
      implements PlannedStage {
    public EvaluateArm {
      modes = List.copyOf(modes);
    }

    @Override
    public String target() {
      return path(arm, seed);
    }

    /** The path of a run's evaluation. */
    public static String path(String arm, long seed) {
      return "evaluate/" + arm + "/" + seed;
    }
  }

  /** Compares the arms with the reference and writes the report. */
  record WriteReport() implements PlannedStage {
    @Override
    public String target() {
      return "report";
    }

    @Override
    public Work work() {
      return Work.NONE;
    }
  }
}
