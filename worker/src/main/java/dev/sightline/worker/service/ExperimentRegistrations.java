package dev.sightline.worker.service;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.ablation.ExperimentActivitiesImpl;
import dev.sightline.activity.dataset.DatasetActivitiesImpl;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.evaluation.EvaluationActivitiesImpl;
import dev.sightline.activity.lease.LeaseActivitiesImpl;
import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.activity.training.TrainingActivitiesImpl;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.internal.WorkflowRegistration;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Singleton;
import java.util.List;

/** All of Sightline's workflows and activities on their queues. */
@Singleton
final class ExperimentRegistrations implements WorkerRegistrations {
  private final Stores stores;
  private final ArtifactStore artifacts;
  private final PolicyPool policies;
  private final WorkflowClient temporal;

  ExperimentRegistrations(
      Stores stores, ArtifactStore artifacts, PolicyPool policies, WorkflowClient temporal) {
    this.stores = stores;
    this.artifacts = artifacts;
    this.policies = policies;
    this.temporal = temporal;
  }

  @Override
  public List<Queue> queues() {
    policies
        .members()
        .forEach(
            (name, member) ->
                stores
                    .policyServers()
                    .register(name, member.endpoint().toString(), member.capacity()));
    Experiments experiments = new Experiments(stores.experiments());
    Datasets datasets = new Datasets(stores, artifacts);
    PolicyServers servers = new PolicyServers(policies.clients(), stores);
    Object experiment =
        new ExperimentActivitiesImpl(stores, artifacts, experiments, datasets, temporal);
    Object training = new TrainingActivitiesImpl(stores, artifacts, experiments, datasets, servers);
    return List.of(
        new Queue(
            TaskQueues.ORCHESTRATION,
            WorkflowRegistration.versionedTypes(),
            List.of(experiment, new LeaseActivitiesImpl(stores, servers))),
        new Queue(
            TaskQueues.COMPUTE,
            List.of(),
            List.of(
                experiment, training, new DatasetActivitiesImpl(stores, artifacts, experiments))),
        new Queue(
            TaskQueues.POLICY,
            List.of(),
            List.of(
                training, new EvaluationActivitiesImpl(stores, experiments, datasets, servers))));
  }
}
