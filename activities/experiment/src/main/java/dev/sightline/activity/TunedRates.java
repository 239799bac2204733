package dev.sightline.activity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.PlannedStage;
import dev.sightline.spec.TuningArms;
import dev.sightline.storage.DecisionStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** The learning rates that an experiment's tuning chose, as its row holds them. */
public final class TunedRates {
  /** Chosen rates by arm in the row's body. */
  public static final String CHOSEN = "chosen";

  private TunedRates() {}

  /**
   * The experiment as a run of an arm has it: with the rates that were chosen, unless the run is
   * itself a try or nothing is tuned.
   *
   * @throws SightlineException STAGE_FAILED before the rates are chosen
   */
  public static ExperimentSpec of(
      String experiment, ExperimentSpec spec, String arm, DecisionStore decisions) {
    boolean tuned =
        spec.tuning().isPresent() && spec.arms().stream().anyMatch(a -> a.name().equals(arm));
    if (!tuned) {
      return spec;
    }
    JsonNode body =
        decisions.list(experiment).stream()
            .filter(row -> row.target().equals(PlannedStage.Tune.TARGET))
            .map(DecisionStore.Decision::body)
            .findFirst()
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.STAGE_FAILED,
                        "the learning rate of "
                            + arm
                            + " is not chosen yet; start RewardAblation, which tunes it first"));
    Map<String, Double> rates = new LinkedHashMap<>();
    body.path(CHOSEN)
        .properties()
        .forEach(entry -> rates.put(entry.getKey(), entry.getValue().doubleValue()));
    return TuningArms.chosen(spec, rates);
  }
}
