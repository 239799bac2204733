package dev.sightline.workflow.internal.fake;

import dev.sightline.spec.Catalogs;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.activity.EnsureRequest;
import dev.sightline.workflow.activity.Ensured;
import dev.sightline.workflow.activity.ExperimentActivities;
import dev.sightline.workflow.activity.PlanReference;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.ReportReference;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.activity.RungRequest;
import dev.sightline.workflow.activity.Spending;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.activity.StateRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stages that stand where a test puts them. */
public final class FakeExperiment implements ExperimentActivities {
  private final Faults faults;
  private final Map<String, Ensured> standing = new LinkedHashMap<>();
  private final List<StateRecord> records = new ArrayList<>();
  private final List<StageEnded> announced = new ArrayList<>();
  private final List<ReportRequest> reports = new ArrayList<>();
  private final List<RungRequest> rungs = new ArrayList<>();
  private boolean halving;
  private boolean looking;
  private double gpuSeconds;
  private double secondsEachLook;

  public FakeExperiment(Faults faults) {
    this.faults = faults;
  }

  /** From now on the plan has a rung after two steps, from which perception_facts goes on. */
  public synchronized void halve() {
    halving = true;
  }

  /** From now on the plan has a look after seed 5, which adds seed 6, and one after that. */
  public synchronized void look() {
    looking = true;
  }

  private List<List<PlannedStage>> looked(int decided) {
    List<List<PlannedStage>> groups = new ArrayList<>();
    groups.add(List.of(stage("dataset", StageKind.DATASET, null, null)));
    for (int look = 1; look <= 2; look++) {
      long seed = 4 + look;
      String arm = "perception_facts";
      groups.add(List.of(stage("train/" + arm + "/" + seed, StageKind.TRAINING, arm, seed)));
      groups.add(List.of(stage("evaluate/" + arm + "/" + seed, StageKind.EVALUATION, arm, seed)));
      groups.add(List.of(stage("look/" + look, StageKind.RUNG, null, null)));
      if (decided < look) {
        return groups;
      }
    }
    groups.add(List.of(stage("report", StageKind.REPORT, null, null)));
    return groups;
  }

  public synchronized List<RungRequest> rungs() {
    return List.copyOf(rungs);
  }

  private List<List<PlannedStage>> halved(boolean decided) {
    List<List<PlannedStage>> groups = new ArrayList<>();
    groups.add(List.of(stage("dataset", StageKind.DATASET, null, null)));
    groups.add(List.of(toRung("only_accuracy"), toRung("perception_facts")));
    groups.add(List.of(new PlannedStage("rung/1", StageKind.RUNG, null, null, null, 2L)));
    if (decided) {
      groups.add(
          List.of(stage("train/perception_facts/11", StageKind.TRAINING, "perception_facts", 11L)));
      groups.add(List.of(stage("report", StageKind.REPORT, null, null)));
    }
    return groups;
  }

  private static PlannedStage toRung(String arm) {
    return new PlannedStage("train/" + arm + "/1/2", StageKind.TRAINING, arm, 1L, null, 2L);
  }

  @Override
  public synchronized PlanReference decide(RungRequest request) {
    faults.call("decide", request.rung().target());
    rungs.add(request);
    return new PlanReference(
        request.experiment(),
        "title",
        "longer-plan",
        looking ? looked(rungs.size()) : halved(true));
  }

  /** From now on the stage is published. */
  public synchronized void publish(String target) {
    standing.put(
        target, new Ensured(Ensured.Status.PUBLISHED, workflowId(target), "ref-" + target, ""));
  }

  public synchronized void runs(String target) {
    standing.put(target, new Ensured(Ensured.Status.RUNNING, workflowId(target), "", ""));
  }

  public synchronized void fails(String target, String message) {
    standing.put(target, new Ensured(Ensured.Status.FAILED, workflowId(target), "", message));
  }

  public static String workflowId(String target) {
    return "stage/" + target;
  }

  @Override
  public String admit(Map<String, Object> spec) {
    faults.call("admit", "");
    return switch (new SpecReader(Catalogs.NONE).readTree(spec)) {
      case SpecResult.Valid valid -> SpecDigest.experimentId(valid.spec());
      case SpecResult.Invalid wrong -> throw new IllegalArgumentException(wrong.text());
    };
  }

  @Override
  public synchronized PlanReference plan(String experiment) {
    faults.call("plan", "");
    if (looking) {
      return new PlanReference(experiment, "title", "plan-digest", looked(rungs.size()));
    }
    if (halving) {
      return new PlanReference(experiment, "title", "plan-digest", halved(!rungs.isEmpty()));
    }
    return new PlanReference(
        experiment,
        "title",
        "plan-digest",
        List.of(
            List.of(stage("dataset", StageKind.DATASET, null, null)),
            List.of(stage("warm-start/7", StageKind.WARM_START, "warm-start", 7L)),
            List.of(
                stage("train/only_accuracy/1", StageKind.TRAINING, "only_accuracy", 1L),
                stage("train/perception_facts/1", StageKind.TRAINING, "perception_facts", 1L)),
            List.of(
                stage("evaluate/only_accuracy/1", StageKind.EVALUATION, "only_accuracy", 1L),
                stage("evaluate/perception_facts/1", StageKind.EVALUATION, "perception_facts", 1L)),
            List.of(stage("report", StageKind.REPORT, null, null))));
  }

  public static PlannedStage stage(
      String target, StageKind kind, @Nullable String arm, @Nullable Long seed) {
    return new PlannedStage(target, kind, arm, seed, null);
  }

  @Override
  public synchronized Ensured ensure(EnsureRequest request) {
    String target = request.stage().target();
    faults.call("ensure", target);
    Ensured known = standing.get(target);
    if (known != null && known.status() != Ensured.Status.FAILED) {
      return known;
    }
    Ensured started = new Ensured(Ensured.Status.RUNNING, workflowId(target), "", "");
    standing.put(target, started);
    return started;
  }

  @Override
  public synchronized Ensured lookUp(EnsureRequest request) {
    String target = request.stage().target();
    faults.call("lookUp", target);
    return standing.getOrDefault(
        target, new Ensured(Ensured.Status.RUNNING, workflowId(target), "", ""));
  }

  @Override
  public synchronized void announce(StageEnded ended) {
    faults.call("announce", "");
    announced.add(ended);
  }

  @Override
  public synchronized void record(StateRecord state) {
    faults.call("record", state.state().name());
    records.add(state);
  }

  @Override
  public String details(String experiment) {
    faults.call("details", "");
    return "details of " + experiment;
  }

  @Override
  public synchronized ReportReference report(ReportRequest request) {
    faults.call("report", request.partial() ? "partial" : "");
    reports.add(request);
    return new ReportReference("json-digest", "html-digest", "markdown-digest", "results-digest");
  }

  @Override
  public synchronized Spending spent(String experiment) {
    faults.call("spent", "");
    double extended =
        records.stream()
            .flatMap(record -> record.audit().stream())
            .filter(entry -> "gpuSeconds".equals(entry.budget()))
            .mapToDouble(entry -> Objects.requireNonNullElse(entry.amount(), 0L))
            .sum();
    Spending spending =
        new Spending(
            List.of(
                new Spending.Spent("gpuSeconds", gpuSeconds, extended),
                new Spending.Spent("tokens", 7, 0)));
    gpuSeconds += secondsEachLook;
    return spending;
  }

  /** From now on so much is spent between two looks. */
  public synchronized void spendEachLook(double seconds) {
    secondsEachLook = seconds;
  }

  /** From now on so much is spent. */
  public synchronized void spend(double seconds) {
    gpuSeconds = seconds;
  }

  public synchronized List<StateRecord> records() {
    return List.copyOf(records);
  }

  public synchronized List<StageEnded> announced() {
    return List.copyOf(announced);
  }

  public synchronized List<ReportRequest> reports() {
    return List.copyOf(reports);
  }
}
