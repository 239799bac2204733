package dev.sightline.workflow.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;

/** Makes Temporal clients and worker factories, all with the same converter and interceptors. */
public final class SightlineClients {
  private SightlineClients() {}

  /**
   * @param address host and port of Temporal's front end
   */
  public static WorkflowServiceStubs stubs(String address) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
  }

  public static WorkflowClientOptions clientOptions(String namespace) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(SightlineConverter.dataConverter())
        .build();
  }

  public static WorkflowClient client(WorkflowServiceStubs stubs, String namespace) {
    return WorkflowClient.newInstance(stubs, clientOptions(namespace));
  }

  public static WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder()
        .setWorkerInterceptors(new FailureInterceptor())
        .build();
  }

  public static WorkerFactory workerFactory(WorkflowClient client) {
    return WorkerFactory.newInstance(client, factoryOptions());
  }
}
