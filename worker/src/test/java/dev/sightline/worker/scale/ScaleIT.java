package dev.sightline.worker.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import dev.sightline.worker.PythonEnvironment;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Resets;
import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.PartName;
import dev.sightline.worker.stack.StackEndpoints;
import dev.sightline.worker.stack.StackHome;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.WorkflowOutcome;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * One experiment of many runs on one worker as the supervisor starts it, with Temporal and
 * PostgreSQL as they are, and policy servers that answer at once. {@code -Dsightline.scale.runs}
 * and {@code -Dsightline.scale.rounds} say how many; the table is printed and left in {@code
 * target/scale}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3 * 60 * 60)
final class ScaleIT {
  private static final int RUNS = Integer.getInteger("sightline.scale.runs", 10);
  private static final int ROUNDS = Integer.getInteger("sightline.scale.rounds", 5);
  private static final int RUNS_EACH = 10;
  private static final int ARMS = 2;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Duration TELL_EVERY = Duration.ofMinutes(2);
  private static final int MOST_EVENTS = 10_000;
  private static final int MOST_PAYLOAD_BYTES = 256 * 1024;
  private static final double LONGEST_TASK_SECONDS = 1;

  /** Of PostgreSQL, a round; the same for few runs and many, so that nothing asks each for all. */
  private static final double MOST_TRANSACTIONS = 150;

  /** Above this load for each core, what a task takes is not the task's doing. */
  private static final double CALM = 2;

  private final Path folder =
      Path.of("target", "scale", "" + ProcessHandle.current().pid()).toAbsolutePath();
  private final LocalStack stack = new LocalStack(new StackHome(folder.resolve("home")));
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, FakePolicyServer> servers = new TreeMap<>();

  @BeforeAll
  void begin() throws IOException, InterruptedException {
    PythonEnvironment.orSkip(ScaleIT.class);
    Map<Digest, List<Digest>> checkpoints = new ConcurrentHashMap<>();
    for (int i = 0; i * RUNS_EACH < RUNS; i++) {
      servers.put("fake" + i, new FakePolicyServer(threads, checkpoints));
    }
    start();
  }

  @AfterAll
  void end() {
    stack.down();
    servers.values().forEach(FakePolicyServer::close);
    threads.shutdownNow();
  }

  @Test
  void anAblationThatIsResetWhileItIsOpenTakesBackASkipAndRepeatsNothing() throws Exception {
    int steps = 20;
    ExperimentSpec spec = spec("again", "1", steps);
    String experiment = SpecDigest.experimentId(spec);
    String ablation = Ids.ablation(experiment);
    String kept = "train/only_accuracy/1";
    String skipped = "train/format_accuracy/1";
    try (Connection connection = new Connection(stack.endpoints().orElseThrow())) {
      Ablations ablations = new Ablations(connection.temporal());
      Resets resets = new Resets(connection.temporal());
      ablations.submit(spec);
      await(
          "both runs have begun",
          () ->
              connection.stores().runs().list(experiment).stream()
                      .filter(run -> run.baseLineage() != null)
                      .count()
                  == ARMS);
      ablations.command(CommandKind.PAUSE, ablation, Ablations.order(kept, null, null));
      ablations.command(CommandKind.SKIP_ARM, ablation, Ablations.order(skipped, "slip", null));
      await(
          "the skipped run has ended",
          () ->
              ablations
                  .status(Ids.run(experiment, "format_accuracy", 1))
                  .filter(Ablations::runs)
                  .isEmpty());

      assertThatThrownBy(() -> resets.round(ablation, 1)).hasMessageContaining("or use --stage");
      assertThatThrownBy(() -> resets.stage(ablation, "train/none/1"))
          .hasMessageContaining("the beginnings of [dataset, ")
          .hasMessageContaining(skipped);
      Resets.Point point = resets.stage(ablation, skipped);
      assertThat(point.what()).isEqualTo("stage " + skipped);
      resets.reset(point, "the skip was a slip");
      await("the run hears that it is to go on", () -> resumed(ablations, experiment));

      await("the end", () -> ablations.status(ablation).filter(Ablations::runs).isEmpty());
      assertThat(ablations.status(ablation))
          .contains(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(
              connection
                  .temporal()
                  .newUntypedWorkflowStub(ablation)
                  .getResult(WorkflowOutcome.class)
                  .message())
          .isEqualTo("all stages ended");
      for (RunStore.Run run : connection.stores().runs().list(experiment)) {
        assertThat(run.finalCheckpoint()).as(run.id()).isNotNull();
        assertThat(connection.stores().steps().liveSteps(run.id()))
            .as("each step once, on the first branch")
            .hasSize(steps)
            .allMatch(step -> step.identity().branch() == 0);
      }
      assertThatThrownBy(() -> resets.stage(ablation, skipped))
          .hasMessageContaining("has ended (completed)");
    }
  }

  /** A run that begins a round just then asks to be told again. */
  private static boolean resumed(Ablations ablations, String experiment) {
    try {
      ablations.command(
          CommandKind.RESUME,
          Ids.run(experiment, "only_accuracy", 1),
          Ablations.order(null, null, null));
      return true;
    } catch (SightlineException refused) {
      assertThat(refused).hasMessageContaining("still starting");
      return false;
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(100);
    }
  }

  @Test
  void oneWorkerHoldsManyRuns() throws Exception {
    StackEndpoints endpoints = stack.endpoints().orElseThrow();
    long worker = stack.status().orElseThrow().part(PartName.WORKER).pid();
    ExperimentSpec spec = spec("scale", seeds(), ROUNDS);
    String experiment = SpecDigest.experimentId(spec);
    try (Connection connection = new Connection(endpoints);
        WorkerWatch watch = new WorkerWatch(endpoints.workerHttp(), worker)) {
      WorkflowClient temporal = connection.temporal();
      Usage before = Usage.of(stack, endpoints);
      long began = System.nanoTime();
      new Ablations(temporal).submit(spec);
      Runs runs = new Runs(connection.stores(), temporal, experiment);
      long told = began;
      int most = 0;
      while (!runs.published()) {
        Thread.sleep(2_000);
        most = Math.max(most, runs.open());
        assertThat(runs.stuck()).as("runs that will not be published").isEmpty();
        if (System.nanoTime() - told > TELL_EVERY.toNanos()) {
          told = System.nanoTime();
          System.out.println("so far:");
          report(began, most, used(before), histories(temporal, experiment, 50), watch);
        }
      }
      Histories histories = histories(temporal, experiment, 400);
      Usage used = used(before);
      report(began, most, used, histories, watch);
      await(
          "the end",
          () ->
              new Ablations(temporal)
                  .status(Ids.ablation(experiment))
                  .filter(Ablations::runs)
                  .isEmpty());

      assertThat(new Ablations(temporal).status(Ids.ablation(experiment)))
          .contains(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(stack.status().orElseThrow().part(PartName.WORKER).restarts()).isZero();
      assertThat(connection.stores().runs().list(experiment))
          .hasSize(RUNS)
          .allMatch(run -> run.finalCheckpoint() != null);
      assertThat(histories.rounds()).isGreaterThanOrEqualTo((long) RUNS * ROUNDS);
      assertThat((double) used.transactions() / histories.rounds()).isLessThan(MOST_TRANSACTIONS);
      assertThat(histories.mostEvents()).isLessThan(MOST_EVENTS);
      assertThat(histories.largestEvent()).isLessThan(MOST_PAYLOAD_BYTES);
      WorkerWatch.Seen seen = watch.seen();
      assertThat(seen.failedTasks()).as("workflow tasks that failed").isZero();
      double load = load();
      if (load <= CALM * CORES) {
        assertThat(seen.longestTask()).isLessThan(LONGEST_TASK_SECONDS);
      } else {
        System.out.printf(
            "ScaleIT does not judge the longest workflow task at load %.0f on %d cores%n",
            load, CORES);
      }
    }
  }

  /** By the command line, since only its environment can name the pool of policy servers. */
  private void start() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ProcessBuilder up =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sightline.worker.Main",
                "--home",
                stack.home().root().toString(),
                "up",
                "--without",
                "triton")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("up.log").toFile());
    up.environment().put("SIGHTLINE_POLICY_SERVERS", FakePolicyServer.list(servers, RUNS_EACH));
    up.environment().put("SIGHTLINE_SLOTS_POLICY", "32");
    assertThat(up.start().waitFor()).as(() -> read(folder.resolve("up.log"))).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return file + " cannot be read";
    }
  }

  private static String seeds() {
    return String.join(
        ", ", IntStream.rangeClosed(1, RUNS / ARMS).mapToObj(Integer::toString).toList());
  }

  private static ExperimentSpec spec(String name, String seeds, int steps) {
    return Experiments.resolve(
        new SpecReader(Catalog.ALL)
            .readYaml(
                "scale.yaml",
                """
                name: %s
                seed: 20260101
                seeds: [%s]
                policy: { seed: 7, hiddenSize: 64, textLayers: 1, visionLayers: 1, intermediateSize: 64 }
                dataset:
                  family: rotting_kiwi
                  config: { rows: 2, columns: 3, rotten: one-or-more }
                  imageSize: { width: 84, height: 56 }
                  counts: { train: 20, dev: 2, test: 4 }
                training:
                  { steps: %d, stepsPerRound: 1, promptsPerStep: 2, groupSize: 2, maxNewTokens: 24 }
                arms:
                  - name: only_accuracy
                    terms: [ { term: accuracy, weight: 1.0 } ]
                  - name: format_accuracy
                    terms: [ { term: format, weight: 0.2 }, { term: accuracy, weight: 0.8 } ]
                evaluation:
                  { maxNewTokens: 24, batchItems: 4, bootstrapSamples: 100, testModes: [image] }
                statistics: { reference: only_accuracy }
                """
                    .formatted(name, seeds, steps)));
  }

  private Usage used(Usage before) throws IOException, SQLException {
    return Usage.of(stack, stack.endpoints().orElseThrow()).minus(before);
  }

  /** Where the runs of an experiment stand. */
  private record Runs(Stores stores, WorkflowClient temporal, String experiment) {
    boolean published() {
      return stores.runs().list(experiment).stream()
              .filter(run -> run.finalCheckpoint() != null)
              .count()
          == RUNS;
    }

    List<RunStore.Run> stuck() {
      return stores.runs().list(experiment).stream()
          .filter(
              run ->
                  run.state() == RunStore.State.WAITING_FOR_OPERATOR
                      || run.state() == RunStore.State.FAILED)
          .toList();
    }

    /** None where Temporal is too busy to count. */
    int open() {
      String query = "WorkflowType=\"TrainingRun\" AND ExecutionStatus=\"Running\"";
      try {
        return (int) temporal.countWorkflows(query).getCount();
      } catch (StatusRuntimeException busy) {
        System.out.println("ScaleIT could not count the open runs: " + busy.getStatus().getCode());
        return 0;
      }
    }
  }

  /**
   * What Temporal holds of the experiment.
   *
   * @param rounds executions of training runs
   * @param events and {@code bytes} of their histories
   * @param mostEvents of any history, also the ablation's
   * @param largestEvent in bytes, of any history that was read: it bounds every payload in it
   * @param read how many histories were read
   */
  private record Histories(
      long rounds, long events, long bytes, long mostEvents, int largestEvent, int read) {}

  private static Histories histories(WorkflowClient temporal, String experiment, int sample) {
    List<WorkflowExecutionMetadata> all;
    try (Stream<WorkflowExecutionMetadata> found = temporal.listExecutions("")) {
      all = found.toList();
    }
    List<WorkflowExecutionMetadata> rounds =
        all.stream()
            .filter(one -> one.getExecution().getWorkflowId().startsWith("run/" + experiment))
            .toList();
    // The ablation's, and of the rounds some: one is like the other.
    int every = Math.max(1, rounds.size() / sample);
    List<WorkflowExecutionMetadata> read =
        new ArrayList<>(
            all.stream()
                .filter(one -> one.getExecution().getWorkflowId().startsWith("ablation/"))
                .toList());
    for (int i = 0; i < rounds.size(); i += every) {
      read.add(rounds.get(i));
    }
    int largest = 0;
    for (WorkflowExecutionMetadata one : read) {
      for (HistoryEvent event :
          temporal
              .fetchHistory(one.getExecution().getWorkflowId(), one.getExecution().getRunId())
              .getEvents()) {
        largest = Math.max(largest, event.getSerializedSize());
      }
    }
    return new Histories(
        rounds.size(),
        rounds.stream().mapToLong(WorkflowExecutionMetadata::getHistoryLength).sum(),
        rounds.stream()
            .mapToLong(one -> one.getWorkflowExecutionInfo().getHistorySizeBytes())
            .sum(),
        all.stream().mapToLong(WorkflowExecutionMetadata::getHistoryLength).max().orElse(0),
        largest,
        read.size());
  }

  private void report(long began, int most, Usage used, Histories histories, WorkerWatch watch)
      throws IOException {
    double seconds = (System.nanoTime() - began) / 1e9;
    WorkerWatch.Seen seen = watch.seen();
    double rounds = histories.rounds();
    Map<String, String> table = new LinkedHashMap<>();
    put(table, "runs open at once", "%d of %d", most, RUNS);
    put(table, "rounds", "%.0f in %.0f s, %.1f a second", rounds, seconds, rounds / seconds);
    put(table, "load, cores", "%.0f, %d", load(), CORES);
    put(
        table,
        "workflow tasks",
        "%d, mean %.0f ms, longest %.0f ms, %d failed",
        seen.tasks(),
        1000 * seen.taskSeconds() / Math.max(1, seen.tasks()),
        1000 * seen.longestTask(),
        seen.failedTasks());
    put(
        table,
        "worker's memory, peak",
        "heap %d MiB, resident %d MiB",
        mib(seen.heapBytes()),
        mib(watch.peakResidentBytes()));
    put(table, "longest history", "%d events", histories.mostEvents());
    put(
        table,
        "largest event",
        "%d bytes of %d histories",
        histories.largestEvent(),
        histories.read());
    put(
        table,
        "a round's history",
        "%.0f events, %.0f bytes",
        histories.events() / rounds,
        histories.bytes() / rounds);
    put(table, "Temporal's file, a round", "%.1f KiB", used.temporalBytes() / rounds / 1024);
    put(
        table,
        "PostgreSQL, a round",
        "%.0f transactions, %.1f KiB",
        used.transactions() / rounds,
        used.databaseBytes() / rounds / 1024);
    put(
        table,
        "artifacts, a round",
        "%.1f files, %.1f KiB",
        used.artifacts() / rounds,
        used.artifactBytes() / rounds / 1024);
    put(
        table,
        "processor, a round",
        "worker %.0f ms, Temporal %.0f ms, PostgreSQL %.0f ms",
        used.workerMillis() / rounds,
        used.temporalMillis() / rounds,
        used.postgresMillis() / rounds);
    StringBuilder text = new StringBuilder("| what | seen |\n|---|---|\n");
    table.forEach(
        (name, value) -> text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    System.out.print(text);
    Files.writeString(folder.resolve("table.md"), text);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void put(Map<String, String> table, String name, String format, Object... values) {
    table.put(name, String.format(Locale.ROOT, format, values));
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
