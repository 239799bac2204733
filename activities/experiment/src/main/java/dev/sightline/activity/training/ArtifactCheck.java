package dev.sightline.activity.training;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.Recovery;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every artifact that an experiment's rows name, and says which are whole. */
public final class ArtifactCheck {
  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Experiments experiments;
  private final Datasets datasets;
  private final StepArtifacts steps;

  public ArtifactCheck(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
    this.experiments = new Experiments(stores.experiments());
    this.datasets = new Datasets(stores, artifacts);
    this.steps =
        new StepArtifacts(
            new Recovery(artifacts, stores.attempts()),
            run -> TrainingContext.load(run, experiments, datasets, stores));
  }

  /** How an artifact was found. */
  public enum State {
    WHOLE,
    /** It was lost or damaged, and was made again to its digest. */
    RESTORED,
    LOST
  }

  /**
   * One artifact.
   *
   * @param message what is wrong and what to do, empty where it is whole
   */
  public record Finding(Recovery.Part part, Digest digest, State state, String message) {}

  /** Reads an artifact, and makes it again where it can. */
  private interface Reading {
    Object read();
  }

  /**
   * Checks the data set, all steps that count, and the report.
   *
   * @param rebuild whether to make again what is lost and follows from what else is stored
   * @throws SightlineException UNKNOWN_TARGET for an experiment that is not there;
   *     STORE_UNAVAILABLE
   */
  public List<Finding> of(String experiment, boolean rebuild) {
    List<Finding> findings = new ArrayList<>();
    ExperimentSpec spec = experiments.load(experiment);
    datasets
        .manifest(spec)
        .ifPresent(
            manifest -> {
              Finding found =
                  check(
                      manifest,
                      Datasets.part(spec, "the data set's manifest"),
                      rebuild ? () -> datasets.of(spec) : null);
              findings.add(found);
              if (found.state() != State.LOST) {
                datasets
                    .chunks(spec, manifest)
                    .forEach(
                        (chunk, part) ->
                            findings.add(
                                check(chunk, part, rebuild ? () -> datasets.of(spec) : null)));
              }
            });
    for (RunStore.Run run : stores.runs().list(experiment)) {
      for (StepLedger.Step step : stores.steps().liveSteps(run.id())) {
        findings.addAll(check(step, rebuild));
      }
    }
    findings.addAll(report(experiments.row(experiment)));
    return findings;
  }

  /** What a step's batch is made from comes first. */
  private List<Finding> check(StepLedger.Step step, boolean rebuild) {
    List<Finding> findings = new ArrayList<>();
    Digest rollout = step.rolloutDigest();
    if (rollout != null) {
      findings.add(
          check(
              rollout,
              StepArtifacts.part(step.identity(), StepArtifacts.ROLLOUT),
              rebuild ? () -> steps.rollout(step.identity(), rollout) : null));
    }
    Digest scores = step.scoreDigest();
    if (scores != null) {
      findings.add(
          check(
              scores,
              StepArtifacts.part(step.identity(), StepArtifacts.SCORES),
              rebuild ? () -> steps.scores(step) : null));
    }
    findings.add(
        check(
            step.batchDigest(),
            StepArtifacts.part(step.identity(), StepArtifacts.BATCH),
            rebuild ? () -> steps.of(step, ArtifactCheck::noPolicy) : null));
    return findings;
  }

  private static PolicySession noPolicy() {
    throw new SightlineException(
        FailureType.POLICY_UNAVAILABLE,
        "the batch holds what the policy server said of the start: a run that needs it makes it"
            + " again");
  }

  private List<Finding> report(ExperimentStore.Experiment row) {
    List<Finding> findings = new ArrayList<>();
    String scope = Ids.ablation(row.id());
    if (row.resultsDigest() != null) {
      findings.add(
          check(row.resultsDigest(), new Recovery.Part(scope, "the report's results"), null));
    }
    Digest index = row.reportDigest();
    if (index != null) {
      Finding found = check(index, new Recovery.Part(scope, "the report's index"), null);
      findings.add(found);
      if (found.state() == State.WHOLE) {
        for (Map.Entry<String, Object> part : Trees.read(artifacts.get(index)).entrySet()) {
          findings.add(
              check(
                  new Digest(String.valueOf(part.getValue())),
                  new Recovery.Part(scope, "the report as " + part.getKey()),
                  null));
        }
      }
    }
    return findings;
  }

  /**
   * @param again null where it is only looked at
   */
  private Finding check(Digest digest, Recovery.Part part, @Nullable Reading again) {
    try {
      artifacts.get(digest);
      return new Finding(part, digest, State.WHOLE, "");
    } catch (SightlineException e) {
      if (!Recovery.lost(e)) {
        throw e;
      }
      if (again == null) {
        return new Finding(part, digest, State.LOST, String.valueOf(e.getMessage()));
      }
      try {
        again.read();
        return new Finding(part, digest, State.RESTORED, String.valueOf(e.getMessage()));
      } catch (SightlineException failure) {
        return new Finding(part, digest, State.LOST, String.valueOf(failure.getMessage()));
      }
    }
  }
}
