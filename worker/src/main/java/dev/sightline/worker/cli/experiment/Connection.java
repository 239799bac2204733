package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.ArtifactStores;
import dev.sightline.storage.Database;
import dev.sightline.storage.DatabaseSettings;
import dev.sightline.storage.Stores;
import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.StackEndpoints;
import dev.sightline.worker.stack.StackHome;
import dev.sightline.workflow.client.SightlineClients;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.jspecify.annotations.Nullable;

/** The running stack as commands use it. Parts are connected when they are first asked for. */
public final class Connection implements AutoCloseable {
  private static final int POOL = 2;

  private final StackEndpoints endpoints;
  private @Nullable Database database;
  private @Nullable Stores stores;
  private @Nullable WorkflowServiceStubs stubs;

  public Connection(StackEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * To the stack of a home.
   *
   * @throws SightlineException INVALID_REQUEST when none runs
   */
  public static Connection to(StackHome home) {
    LocalStack stack = new LocalStack(home);
    boolean runs = stack.status().isPresent() || stack.adopt();
    return stack
        .endpoints()
        .filter(endpoints -> runs)
        .map(Connection::new)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.INVALID_REQUEST,
                    "no stack runs in " + home.root() + "; run `deploy/sightline up` first"));
  }

  public StackEndpoints endpoints() {
    return endpoints;
  }

  public synchronized Stores stores() {
    Stores present = stores;
    if (present == null) {
      Database opened =
          Database.open(
              new DatabaseSettings(
                  endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword(), POOL));
      database = opened;
      present = Stores.over(opened);
      stores = present;
    }
    return present;
  }

  public ArtifactStore artifacts() {
    return ArtifactStores.open(endpoints.artifacts());
  }

  public synchronized WorkflowClient temporal() {
    WorkflowServiceStubs present = stubs;
    if (present == null) {
      present = SightlineClients.stubs(endpoints.temporalAddress());
      stubs = present;
    }
    return SightlineClients.client(present, endpoints.temporalNamespace());
  }

  /** Where a browser shows a workflow. */
  public String link(String workflowId) {
    return endpoints.temporalUi()
        + "/namespaces/"
        + endpoints.temporalNamespace()
        + "/workflows/"
        + workflowId.replace("/", "%2F");
  }

  @Override
  public synchronized void close() {
    if (stubs != null) {
      stubs.shutdownNow();
    }
    if (database != null) {
      database.close();
    }
  }
}
