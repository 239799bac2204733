package dev.sightline.workflow.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.DatasetGenerationWorkflow;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.activity.DatasetReference;
import dev.sightline.workflow.activity.ShardRequest;
import dev.sightline.workflow.internal.input.Inputs;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.Attempts;
import dev.sightline.workflow.internal.operation.Identity;
import dev.sightline.workflow.internal.operation.Next;
import dev.sightline.workflow.internal.operation.Next.Finished;
import dev.sightline.workflow.internal.operation.OperableWorkflow;
import dev.sightline.workflow.internal.plan.ShardProgress;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fans shards out, and publishes the manifest that the shards in order give. */
public class DatasetGenerationWorkflowImpl extends OperableWorkflow
    implements DatasetGenerationWorkflow {
  /** Shards in flight; more only queue up behind the compute slots. */
  private static final int IN_FLIGHT = 8;

  private final Attempts attempts = new Attempts(operations);

  @WorkflowInit
  public DatasetGenerationWorkflowImpl(@Nullable JsonNode input, @Nullable Carried carried) {
    super(carried);
  }

  @Override
  public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
    return live(input, () -> work(Inputs.dataset(input)));
  }

  private Next work(Inputs.Experiment input) {
    ActivityStubs stubs = new ActivityStubs(input.spec().operations().retry(), operations);
    operations.begin(new Identity(input.experiment(), "dataset", null, null, false));
    String experiment =
        attempts.untilDone(
            () -> stubs.experiment("admit " + input.experiment()).admit(input.tree()));
    operations.admitted();
    DatasetReference planned =
        attempts.untilDone(() -> stubs.datasetPlan("plan shards").planShards(experiment));
    Inputs.checkWorkflowId(
        Workflow.getInfo().getWorkflowId(), Ids.dataset(new Digest(planned.dataset())));
    if (!planned.manifest().isEmpty()) {
      return done(planned, "it was published before");
    }
    List<@Nullable String> shards = new ArrayList<>();
    DatasetReference wanted = planned;
    while (wanted.manifest().isEmpty()) {
      wanted = publish(stubs, experiment, wanted, shards);
    }
    return done(
        wanted, wanted.train() + " train, " + wanted.dev() + " dev, " + wanted.test() + " test");
  }

  /** Makes the shards that are missing, and publishes; the answer may ask for further shards. */
  private DatasetReference publish(
      ActivityStubs stubs,
      String experiment,
      DatasetReference wanted,
      List<@Nullable String> shards) {
    while (shards.size() < wanted.shards()) {
      shards.add(null);
    }
    makeShards(stubs, experiment, wanted, shards);
    List<String> digests = shards.stream().map(Objects::requireNonNull).toList();
    return attempts.untilDone(
        () ->
            stubs
                .datasetPublish("publish the data set")
                .publish(new AssembleRequest(experiment, digests, wanted.layout())));
  }

  private static Next done(DatasetReference reference, String message) {
    return new Finished(new WorkflowOutcome(StageState.DONE, reference.manifest(), message));
  }

  /** Fills in digests in shard order, whatever order the shards end in. */
  private void makeShards(
      ActivityStubs stubs,
      String experiment,
      DatasetReference wanted,
      List<@Nullable String> digests) {
    while (true) {
      @Nullable ActivityFailure failed = round(stubs, experiment, wanted, digests);
      if (failed == null) {
        return;
      }
      attempts.askAfter(failed);
    }
  }

  private @Nullable ActivityFailure round(
      ActivityStubs stubs,
      String experiment,
      DatasetReference wanted,
      List<@Nullable String> digests) {
    Map<Integer, Promise<String>> open = new LinkedHashMap<>();
    List<ActivityFailure> failures = new ArrayList<>();
    for (int shard = 0; shard < digests.size(); shard++) {
      if (digests.get(shard) != null) {
        continue;
      }
      while (open.size() >= IN_FLIGHT) {
        collect(open, wanted, digests, failures);
      }
      if (!failures.isEmpty()) {
        break;
      }
      if (operations.paused()) {
        operations.awaitResume();
      }
      operations.leaveIfEnding();
      ShardRequest request = new ShardRequest(experiment, shard, wanted.layout());
      open.put(
          shard,
          Async.function(
              stubs.datasetShard("shard " + (shard + 1) + " of " + digests.size())::generateShard,
              request));
    }
    while (!open.isEmpty()) {
      collect(open, wanted, digests, failures);
    }
    return failures.isEmpty() ? null : failures.getFirst();
  }

  private void collect(
      Map<Integer, Promise<String>> open,
      DatasetReference wanted,
      List<@Nullable String> digests,
      List<ActivityFailure> failures) {
    operations.await(() -> open.values().stream().anyMatch(Promise::isCompleted));
    for (int shard : List.copyOf(open.keySet())) {
      Promise<String> promise = Objects.requireNonNull(open.get(shard));
      if (promise.isCompleted()) {
        open.remove(shard);
        try {
          digests.set(shard, promise.get());
        } catch (ActivityFailure failure) {
          failures.add(failure);
        }
      }
    }
    long done = digests.stream().filter(Objects::nonNull).count();
    operations.lines(new ShardProgress(wanted.runs()).lines(shard -> digests.get(shard) != null));
    operations.progress(done, digests.size(), null);
  }
}
