package dev.sightline.worker.stack;

import dev.sightline.workflow.SearchAttributes;
import dev.sightline.workflow.client.SightlineClients;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Temporal's command-line server with its SQLite file and its UI. */
final class TemporalPart implements Part {
  static final String NAMESPACE = "default";

  private final StackContext context;
  private @Nullable WorkflowServiceStubs stubs;

  TemporalPart(StackContext context) {
    this.context = context;
  }

  @Override
  public PartName name() {
    return PartName.TEMPORAL;
  }

  @Override
  public List<PartName> needs() {
    return List.of();
  }

  @Override
  public List<String> ports() {
    return List.of("temporal", "temporal-ui", "temporal-http", "temporal-metrics");
  }

  @Override
  public void prepare() {
    Folders.create(context.home().data("temporal"));
  }

  @Override
  public Launch launch() {
    Path folder = context.home().data("temporal");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(context.settings().python()).resolveSibling("temporal").toString(),
                "server",
                "start-dev",
                "--db-filename",
                folder.resolve("temporal.db").toString(),
                "--ip",
                "127.0.0.1",
                "--ui-ip",
                "127.0.0.1",
                "--port",
                "" + context.ports().of("temporal"),
                "--ui-port",
                "" + context.ports().of("temporal-ui"),
                "--http-port",
                "" + context.ports().of("temporal-http"),
                "--metrics-port",
                "" + context.ports().of("temporal-metrics"),
                "--ui-disable-news-fetch",
                "--log-level",
                "warn"));
    for (SearchAttributeKey<?> key :
        List.of(
            SearchAttributes.EXPERIMENT,
            SearchAttributes.ARM,
            SearchAttributes.SEED,
            SearchAttributes.STAGE,
            SearchAttributes.STATE)) {
      command.addAll(List.of("--search-attribute", key.getName() + "=Keyword"));
    }
    command.addAll(List.of("--search-attribute", SearchAttributes.ROUND.getName() + "=Int"));
    return new Launch(command, Map.of(), folder, "");
  }

  @Override
  public void probe() {
    if (stubs == null) {
      stubs = SightlineClients.stubs(context.address("temporal"));
    }
    stubs
        .blockingStub()
        .withDeadlineAfter(3, TimeUnit.SECONDS)
        .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(NAMESPACE).build());
  }

  @Override
  public String stopSignal() {
    return "INT";
  }
}
