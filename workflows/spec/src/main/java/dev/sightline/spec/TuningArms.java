package dev.sightline.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arms of the tries that choose each arm's learning rate: {@code <arm>_rate1}, {@code
 * <arm>_rate2}, and so on, in the order of the rates.
 */
public final class TuningArms {
  private static final String RATE = "training.learningRate";

  private TuningArms() {}

  /** The name of an arm's try with a rate, counted from 1. */
  public static String name(String arm, int number) {
    return arm + "_rate" + number;
  }

  /** All tries, by arm, then rate; none without tuning. */
  public static List<ExperimentSpec.Arm> of(ExperimentSpec spec) {
    Optional<Ablation.Tuning> tuning = spec.tuning();
    List<ExperimentSpec.Arm> arms = new ArrayList<>();
    if (tuning.isPresent()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        List<Double> rates = tuning.get().learningRates();
        for (int i = 0; i < rates.size(); i++) {
          arms.add(with(arm, rates.get(i)).named(name(arm.name(), i + 1)));
        }
      }
    }
    return arms;
  }

  /**
   * The experiment with the learning rates that were chosen.
   *
   * @param rates by arm; an arm without one keeps its own
   */
  public static ExperimentSpec chosen(ExperimentSpec spec, Map<String, Double> rates) {
    return spec.withArms(
        spec.arms().stream()
            .map(arm -> rates.containsKey(arm.name()) ? with(arm, rates.get(arm.name())) : arm)
            .toList());
  }

  private static ExperimentSpec.Arm with(ExperimentSpec.Arm arm, double rate) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (arm.set() != null) {
      settings.putAll(arm.set());
    }
    settings.put(RATE, rate);
    return arm.setting(settings);
  }
}
