package dev.sightline.workflow.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.ArrayList;
import java.util.List;

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
    return clientOptions(namespace, SightlineConverter.Oversize.TOLD);
  }

  /**
   * @param oversize what to do about messages that are too large
   */
  public static WorkflowClientOptions clientOptions(
      String namespace, SightlineConverter.Oversize oversize) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(SightlineConverter.dataConverter(oversize))
        .build();
  }

  public static WorkflowClient client(WorkflowServiceStubs stubs, String namespace) {
    return WorkflowClient.newInstance(stubs, clientOptions(namespace));
  }

  /**
   * @param more interceptors inside ours: they see failures before they are given their types
   */
  public static WorkerFactoryOptions factoryOptions(WorkerInterceptor... more) {
    List<WorkerInterceptor> all = new ArrayList<>();
    all.add(new FailureInterceptor());
    all.addAll(List.of(more));
    return WorkerFactoryOptions.newBuilder()
        .setWorkerInterceptors(all.toArray(new WorkerInterceptor[0]))
        .build();
  }

  public static WorkerFactory workerFactory(WorkflowClient client, WorkerInterceptor... more) {
    return WorkerFactory.newInstance(client, factoryOptions(more));
  }
}
