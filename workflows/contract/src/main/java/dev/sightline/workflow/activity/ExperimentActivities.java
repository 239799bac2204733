package dev.sightline.workflow.activity;

import dev.sightline.workflow.StageEnded;
import io.temporal.activity.ActivityInterface;
import java.util.Map;

/** Plans, stages and what people read. Queue: orchestration; the report runs on compute. */
@ActivityInterface(namePrefix = "Experiment_")
public interface ExperimentActivities {
  /**
   * Stores the experiment by digest (idempotent) and answers its id.
   *
   * @param spec a valid experiment tree
   */
  String admit(Map<String, Object> spec);

  /**
   * Makes and stores the plan of an admitted experiment; the same experiment gives the same plan.
   */
  PlanReference plan(String experiment);

  /**
   * Answers the published row, or starts or attaches to the workflow that makes it, and registers
   * the waiter.
   */
  Ensured ensure(EnsureRequest request);

  /** Looks where a stage stands, without starting anything. */
  Ensured lookUp(EnsureRequest request);

  /**
   * Decides what the next stages are and stores the decision with its inputs; what was decided
   * stays so.
   *
   * @return the plan that goes on from there: all of the plan before, and the stages after it
   */
  PlanReference decide(RungRequest request);

  /** Signals {@code stageEnded} to all that wait for a workflow. */
  void announce(StageEnded ended);

  void record(StateRecord state);

  /**
   * Current details in Markdown for the Temporal UI, from PostgreSQL: of all runs for the ablation,
   * of itself for a run.
   */
  String details(String experiment);

  /** What the experiment has spent; repeats, replays and resets count nothing twice. */
  Spending spent(String experiment);

  ReportReference report(ReportRequest request);
}
