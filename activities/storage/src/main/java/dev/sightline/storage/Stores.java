package dev.sightline.storage;

/** All PostgreSQL stores over one database. */
public record Stores(
    ExperimentStore experiments,
    PlanStore plans,
    DatasetStore datasets,
    RunStore runs,
    StepLedger steps,
    CheckpointStore checkpoints,
    EvaluationStore evaluations,
    LeaseStore leases,
    PolicyServerStore policyServers,
    AuditStore audit,
    AmendmentStore amendments,
    AttemptLog attempts,
    WaiterStore waiters,
    DecisionStore decisions,
    SpendingStore spending,
    InterruptionStore interruptions) {

  public static Stores over(Database database) {
    return new Stores(
        new JdbcExperimentStore(database),
        new JdbcPlanStore(database),
        new JdbcDatasetStore(database),
        new JdbcRunStore(database),
        new JdbcStepLedger(database),
        new JdbcCheckpointStore(database),
        new JdbcEvaluationStore(database),
        new JdbcLeaseStore(database),
        new JdbcPolicyServerStore(database),
        new JdbcAuditStore(database),
        new JdbcAmendmentStore(database),
        new JdbcAttemptLog(database),
        new JdbcWaiterStore(database),
        new JdbcDecisionStore(database),
        new JdbcSpendingStore(database),
        new JdbcInterruptionStore(database));
  }
}
