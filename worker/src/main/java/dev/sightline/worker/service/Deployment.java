package dev.sightline.worker.service;

import com.google.protobuf.FieldMask;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.VersioningOverride;
import io.temporal.api.workflow.v1.WorkflowExecutionOptions;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionOptionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's deployment version: the release and its build. Workflows say how they move between
 * versions, and the server refuses that word from a worker without a version, so there always is
 * one.
 */
final class Deployment {
  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);
  private static final String NAME = "sightline";
  private static final String RELEASE = "0.1.0";
  private static final String PINNED =
      "ExecutionStatus='Running' AND TemporalWorkflowVersioningBehavior='Pinned'";

  private final WorkflowClient client;
  private final WorkerDeploymentVersion version;

  Deployment(WorkflowClient client, String build) {
    this.client = client;
    this.version = new WorkerDeploymentVersion(NAME, RELEASE + "-" + build);
  }

  String buildId() {
    return version.getBuildId();
  }

  WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setUseVersioning(true)
        .setVersion(version)
        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
        .build();
  }

  /** Tasks go to the current version only; it may be named before anybody polls for it. */
  void makeCurrent() {
    service()
        .setWorkerDeploymentCurrentVersion(
            SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                .setNamespace(namespace())
                .setDeploymentName(version.getDeploymentName())
                .setBuildId(version.getBuildId())
                .setIdentity(client.getOptions().getIdentity())
                .setIgnoreMissingTaskQueues(true)
                .setAllowNoPollers(true)
                .build());
  }

  /**
   * Lets the open workflows that are pinned to other builds move to this one. Only for the worker
   * that is alone: nobody is left to finish them, and they fit by the same recorded histories that
   * hold the long workflows to it.
   *
   * @return how many were moved
   */
  int takeOver() {
    List<WorkflowExecution> left =
        client
            .listExecutions(PINNED)
            .map(open -> open.getExecution())
            .filter(this::pinnedElsewhere)
            .toList();
    for (WorkflowExecution execution : left) {
      LOG.info(
          "{} was pinned to a build that is no more; taking it over", execution.getWorkflowId());
      service()
          .updateWorkflowExecutionOptions(
              UpdateWorkflowExecutionOptionsRequest.newBuilder()
                  .setNamespace(namespace())
                  .setIdentity(client.getOptions().getIdentity())
                  .setWorkflowExecution(execution)
                  .setWorkflowExecutionOptions(
                      WorkflowExecutionOptions.newBuilder()
                          .setVersioningOverride(
                              VersioningOverride.newBuilder().setAutoUpgrade(true)))
                  .setUpdateMask(FieldMask.newBuilder().addPaths("versioning_override"))
                  .build());
    }
    return left.size();
  }

  private boolean pinnedElsewhere(WorkflowExecution execution) {
    var versioning =
        service()
            .describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(namespace())
                    .setExecution(execution)
                    .build())
            .getWorkflowExecutionInfo()
            .getVersioningInfo();
    return !versioning.getVersioningOverride().getAutoUpgrade()
        && versioning.getDeploymentVersion().getDeploymentName().equals(NAME)
        && !versioning.getDeploymentVersion().getBuildId().equals(version.getBuildId());
  }

  private WorkflowServiceBlockingStub service() {
    return client.getWorkflowServiceStubs().blockingStub();
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }
}
