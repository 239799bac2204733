package dev.sightline.worker.service;

import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;

/**
 * The worker's deployment version. Workflows say how they move between versions, and the server
 * refuses that word from a worker without a version, so there always is one. It names the release
 * and not the build: within a release replay compatibility is what the recorded histories prove.
 */
final class Deployment {
  private static final WorkerDeploymentVersion VERSION =
      new WorkerDeploymentVersion("sightline", "0.1.0");

  private Deployment() {}

  static WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setUseVersioning(true)
        .setVersion(VERSION)
        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
        .build();
  }

  /** Tasks go to the current version only; it may be named before anybody polls for it. */
  static void makeCurrent(WorkflowClient client) {
    client
        .getWorkflowServiceStubs()
        .blockingStub()
        .setWorkerDeploymentCurrentVersion(
            SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDeploymentName(VERSION.getDeploymentName())
                .setBuildId(VERSION.getBuildId())
                .setIdentity(client.getOptions().getIdentity())
                .setIgnoreMissingTaskQueues(true)
                .setAllowNoPollers(true)
                .build());
  }
}
