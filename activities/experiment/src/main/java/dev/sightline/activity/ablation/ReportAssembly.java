package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.report.Interruptions;
import dev.sightline.report.ReportRequest;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.EvaluateArm;
import dev.sightline.spec.PlannedStage.TrainArm;
import dev.sightline.spec.SpecWriter;
import dev.sightline.storage.AttemptLog;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.PolicyServerStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers from the stores what a report is made of. */
final class ReportAssembly {
  private final Stores stores;
  private final Datasets datasets;
  private final Stages stages;
  private final Decider decider;
  private final DevelopmentCurves development;
  private final Checkpoints checkpoints;

  ReportAssembly(Stores stores, Datasets datasets, Stages stages, Decider decider) {
    this.stores = stores;
    this.datasets = datasets;
    this.stages = stages;
    this.decider = decider;
    this.development = new DevelopmentCurves(stores);
    this.checkpoints = new Checkpoints(stores);
  }

  ReportRequest request(
      ExperimentStore.Experiment experiment,
      ExperimentSpec spec,
      dev.sightline.workflow.activity.ReportRequest asked) {
    LoadedDataset dataset = datasets.of(spec);
    EvaluationRows rows = new EvaluationRows(stores.evaluations(), dataset);
    List<ReportRequest.Evaluation> evaluations = new ArrayList<>();
    List<ReportRequest.MissingRun> missing = new ArrayList<>();
    Decided decided = decider.decided(experiment.id());
    for (PlannedStage stage :
        PlanGroups.of(spec, decided).stream().flatMap(List::stream).toList()) {
      if (stage.kind() == StageKind.EVALUATION) {
        List<ReportRequest.Evaluation> found = evaluation(experiment.id(), spec, stage, rows);
        if (found.isEmpty() && !Checkpoints.BASELINE.equals(stage.arm())) {
          missing.add(missing(stage, asked));
        }
        evaluations.addAll(found);
      }
    }
    DecisionSummary decisions = new DecisionSummary(spec, decided);
    missing.addAll(decisions.stopped());
    List<RunStore.Run> runs = shown(experiment.id(), decisions);
    return new ReportRequest(
        about(experiment, spec),
        environment(runs),
        stores.amendments().list(experiment.id()).list().stream()
            .map(amendment -> Trees.map(amendment.body()))
            .toList(),
        decisions.testedSeeds(),
        spec.arms().stream().map(arm -> arm(spec, arm)).toList(),
        missing,
        decisions.decisions(),
        BlindRewards.of(spec, dataset),
        DatasetSummary.of(dataset),
        evaluations,
        runs.stream().map(this::training).toList(),
        runs.stream()
            .filter(run -> run.phase() == RunStore.Phase.ARM)
            .map(development::of)
            .toList(),
        failures(experiment.id(), runs),
        provenance(experiment));
  }

  /** What of the shown runs did not go through at once. */
  Interruptions interruptions(ExperimentStore.Experiment experiment, ExperimentSpec spec) {
    DecisionSummary decisions = new DecisionSummary(spec, decider.decided(experiment.id()));
    return new Interruptions(
        shown(experiment.id(), decisions).stream()
            .map(run -> InterruptedRuns.of(run, stores))
            .toList(),
        false);
  }

  /** The tries that tuned an arm are told by what they chose. */
  private List<RunStore.Run> shown(String experiment, DecisionSummary decisions) {
    return stores.runs().list(experiment).stream()
        .filter(run -> !decisions.isTry(run.arm()))
        .toList();
  }

  /** The evaluations of a planned stage, one for each mode; none where it was not published. */
  private List<ReportRequest.Evaluation> evaluation(
      String experiment, ExperimentSpec spec, PlannedStage stage, EvaluationRows rows) {
    String arm = Objects.requireNonNull(stage.arm(), "an evaluation has an arm");
    long seed = Objects.requireNonNull(stage.seed(), "an evaluation has a seed");
    String template = Objects.requireNonNull(stage.template(), "an evaluation has a template");
    Optional<Checkpoints.Policy> policy = checkpoints.find(experiment, spec, arm, seed);
    if (policy.isEmpty()) {
      return List.of();
    }
    Digest digest = stages.testEvaluation(experiment, spec, arm, seed, template);
    boolean published =
        stores
            .evaluations()
            .find(digest)
            .filter(row -> row.state() == EvaluationStore.State.PUBLISHED)
            .isPresent();
    return published
        ? rows.of(digest, arm.equals(Checkpoints.BASELINE), arm, seed, policy.get(), template)
        : List.of();
  }

  private static ReportRequest.MissingRun missing(
      PlannedStage stage, dev.sightline.workflow.activity.ReportRequest asked) {
    String arm = Objects.requireNonNull(stage.arm(), "an evaluation has an arm");
    long seed = Objects.requireNonNull(stage.seed(), "an evaluation has a seed");
    boolean skipped =
        asked.skipped().contains(TrainArm.path(arm, seed))
            || asked.skipped().contains(EvaluateArm.path(arm, seed));
    if (skipped) {
      return new ReportRequest.MissingRun(
          arm, seed, ReportRequest.MissingReason.SKIPPED, "an operator skipped it");
    }
    return asked.partial()
        ? new ReportRequest.MissingRun(
            arm, seed, ReportRequest.MissingReason.STOPPED, "the experiment was aborted before")
        : new ReportRequest.MissingRun(
            arm, seed, ReportRequest.MissingReason.FAILED, "it has no test evaluation");
  }

  private static ReportRequest.Arm arm(ExperimentSpec spec, ExperimentSpec.Arm arm) {
    Map<String, Double> terms = new LinkedHashMap<>();
    arm.terms().forEach(term -> terms.put(term.key(), term.weight()));
    return new ReportRequest.Arm(
        arm.name(), arm.template(), terms, arm.supervisedSteps(spec.training()));
  }

  private static ReportRequest.Experiment about(
      ExperimentStore.Experiment row, ExperimentSpec spec) {
    Map<String, Object> tree = new LinkedHashMap<>(SpecWriter.tree(spec));
    tree.remove("operations");
    return new ReportRequest.Experiment(
        row.id(),
        spec.name(),
        spec.title(),
        row.digest().hex(),
        tree,
        spec.policy().model().random(),
        new ReportRequest.Comparing(
            spec.statistics().reference(),
            spec.evaluation().template(),
            "image",
            List.of("test"),
            spec.statistics().delta(),
            spec.statistics().confidence(),
            spec.evaluation().bootstrapSamples(),
            SeedTree.root(spec.seed()).child("bootstrap").seed(),
            spec.primary().stream()
                .map(c -> new ReportRequest.Contrast(c.arm(), c.against()))
                .toList()));
  }

  private ReportRequest.TrainingCurve training(RunStore.Run run) {
    List<ReportRequest.TrainingStep> steps = new ArrayList<>();
    if (run.baseLineage() != null) {
      for (StepLedger.Step step : stores.steps().liveSteps(run.id())) {
        if (step.metrics() != null) {
          steps.add(step(step.identity().step(), step.metrics()));
        }
      }
    }
    boolean warmStart = run.phase() == RunStore.Phase.WARM_START;
    return new ReportRequest.TrainingCurve(
        warmStart ? ReportRequest.WARM_START : run.arm(), run.seed(), steps);
  }

  private static ReportRequest.TrainingStep step(int step, JsonNode metrics) {
    Map<String, Double> terms = new LinkedHashMap<>();
    metrics
        .path("terms")
        .properties()
        .forEach(term -> terms.put(term.getKey(), term.getValue().asDouble()));
    boolean scored = metrics.has("reward");
    return new ReportRequest.TrainingStep(
        step,
        scored ? (Double) metrics.path("reward").asDouble() : null,
        terms,
        metrics.path("loss").asDouble(),
        metrics.path("gradientNorm").asDouble(),
        scored ? (Double) metrics.path("entropy").asDouble() : null,
        scored ? signal(metrics) : null,
        scored ? (Double) metrics.path("completionTokens").asDouble() : null,
        scored ? ratios(metrics) : null);
  }

  /** Steps from before these were measured have none. */
  private static ReportRequest.@Nullable Ratios ratios(JsonNode metrics) {
    if (!metrics.has("maxRatio")) {
      return null;
    }
    return new ReportRequest.Ratios(
        metrics.path("meanRatio").asDouble(),
        metrics.path("maxRatio").asDouble(),
        metrics.path("clipLowShare").asDouble(),
        metrics.path("clipHighShare").asDouble(),
        metrics.has("kl") ? (Double) metrics.path("kl").asDouble() : null,
        metrics.has("meanCorrection") ? (Double) metrics.path("meanCorrection").asDouble() : null);
  }

  private static ReportRequest.Signal signal(JsonNode metrics) {
    Map<String, ReportRequest.Groups> byTerm = new LinkedHashMap<>();
    metrics
        .path("termGroups")
        .properties()
        .forEach(term -> byTerm.put(term.getKey(), groups(term.getValue())));
    Map<String, Double> alone = new LinkedHashMap<>();
    metrics
        .path("attribution")
        .properties()
        .forEach(term -> alone.put(term.getKey(), term.getValue().asDouble()));
    return new ReportRequest.Signal(
        groups(metrics),
        byTerm,
        metrics.path("degenerate").asInt(),
        alone,
        metrics.path("attributionSeveral").asDouble(),
        metrics.path("skipped").asBoolean(),
        metrics.has("resampled") ? resampled(metrics.path("resampled")) : null);
  }

  private static ReportRequest.Resampled resampled(JsonNode metrics) {
    return new ReportRequest.Resampled(
        metrics.path("firstDegenerate").asInt(),
        metrics.path("drawn").asInt(),
        metrics.path("rescued").asInt(),
        metrics.path("firstReward").asDouble());
  }

  private static ReportRequest.Groups groups(JsonNode counts) {
    return new ReportRequest.Groups(
        counts.path("allWrong").asInt(),
        counts.path("allRight").asInt(),
        counts.path("tied").asInt(),
        counts.path("mixed").asInt());
  }

  private List<ReportRequest.Failure> failures(String experiment, List<RunStore.Run> runs) {
    List<ReportRequest.Failure> failures = new ArrayList<>();
    List<String> scopes = new ArrayList<>(List.of(Ids.ablation(experiment)));
    runs.forEach(run -> scopes.add("run/" + run.id()));
    for (String scope : scopes) {
      for (AttemptLog.Attempt attempt : stores.attempts().list(scope, 50)) {
        failures.add(
            new ReportRequest.Failure(
                scope, attempt.failureType().name(), attempt.message(), attempt.attempt()));
      }
    }
    return failures;
  }

  /** The policy's fingerprint; where runs were made in different ones, all of them by digest. */
  private Map<String, Object> environment(List<RunStore.Run> runs) {
    Map<String, Object> byDigest = new java.util.TreeMap<>();
    for (RunStore.Run run : runs) {
      for (RunStore.Round round : stores.runs().liveRounds(run.id())) {
        JsonNode metrics = round.metrics();
        if (metrics != null && metrics.has("environment")) {
          Map<String, Object> environment = Trees.map(metrics.path("environment"));
          byDigest.put(String.valueOf(environment.get("environmentDigest")), environment);
        }
      }
    }
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("policies", List.copyOf(byDigest.values()));
    environment.put("bitwise", byDigest.size() == 1 && byDigest.toString().contains("device=cpu"));
    environment.put("java", Runtime.version().feature());
    return environment;
  }

  private Map<String, Object> provenance(ExperimentStore.Experiment experiment) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("submitted", experiment.createdAt().toString());
    List<Object> servers = new ArrayList<>();
    for (PolicyServerStore.PolicyServer server : stores.policyServers().list()) {
      servers.add(Map.of("name", server.name(), "address", server.address()));
    }
    provenance.put("policyServers", servers);
    provenance.put(
        "operatorCommands",
        (int)
            stores.audit().forExperiment(experiment.id()).stream()
                .filter(entry -> !entry.command().equals("budget"))
                .count());
    Map<String, Object> spent = new LinkedHashMap<>();
    Spent.of(stores.spending().of(experiment.id()))
        .budgets()
        .forEach(one -> spent.put(one.budget(), one.spent()));
    provenance.put("spent", spent);
    return provenance;
  }
}
