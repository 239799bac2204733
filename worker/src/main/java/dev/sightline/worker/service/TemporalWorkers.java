package dev.sightline.worker.service;

import dev.sightline.activity.AttemptRecorder;
import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.LifeSigns;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.client.SightlineClients;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the task queues for whatever is registered. */
@Singleton
final class TemporalWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWorkers.class);
  private static final int WORKFLOW_TASKS = 8;
  private static final long DRAIN_SECONDS = 5;

  /** A busy two-core machine can take seconds for what is no deadlock. */
  private static final long DEADLOCK_MILLIS = 10_000;

  /**
   * After a worker's death its workflows' tasks wait for it as long as this before another may take
   * them. A live worker that is later than this loses only its cache.
   */
  private static final Duration STICKY = Duration.ofSeconds(2);

  /** What is pinned to an earlier build may come to light after the start. */
  private static final Duration TAKE_OVER_EVERY = Duration.ofSeconds(20);

  private final Deployment deployment;
  private final ScheduledExecutorService takingOver =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final WorkerFactory factory;
  private final WorkerSettings settings;
  private final List<WorkerRegistrations> registrations;
  private final Set<String> queues = new TreeSet<>();

  TemporalWorkers(
      WorkflowClient client,
      WorkerSettings settings,
      Stores stores,
      List<WorkerRegistrations> registrations) {
    this.deployment =
        new Deployment(
            client, BuildId.of(System.getProperty("java.class.path"), File.pathSeparator));
    this.factory =
        SightlineClients.workerFactory(client, new LifeSigns(), new AttemptRecorder(stores));
    this.settings = settings;
    this.registrations = List.copyOf(registrations);
  }

  /** Registers everything and starts to poll. */
  void start() {
    for (WorkerRegistrations registration : registrations) {
      for (WorkerRegistrations.Queue queue : registration.queues()) {
        Worker worker =
            queues.add(queue.taskQueue())
                ? factory.newWorker(queue.taskQueue(), options(queue.taskQueue()))
                : factory.getWorker(queue.taskQueue());
        if (!queue.workflows().isEmpty()) {
          worker.registerWorkflowImplementationTypes(
              queue.workflows().toArray(new Class<?>[queue.workflows().size()]));
        }
        if (!queue.activities().isEmpty()) {
          worker.registerActivitiesImplementations(queue.activities().toArray());
        }
      }
    }
    if (queues.isEmpty()) {
      LOG.warn("nothing is registered; this worker polls no queue");
      return;
    }
    if (settings.sideBySide()) {
      factory.start();
    } else {
      deployment.makeCurrent();
      factory.start();
      ScheduledFuture<?> unused =
          takingOver.scheduleWithFixedDelay(
              this::takeOver, 0, TAKE_OVER_EVERY.toSeconds(), TimeUnit.SECONDS);
    }
    LOG.info("build {} polls {} on {}", deployment.buildId(), queues, settings.temporalAddress());
  }

  private void takeOver() {
    try {
      deployment.takeOver();
    } catch (RuntimeException unreachable) {
      LOG.warn("cannot look for what is pinned to other builds: {}", unreachable.getMessage());
    }
  }

  Set<String> queues() {
    return Set.copyOf(queues);
  }

  private WorkerOptions options(String queue) {
    int slots =
        switch (queue) {
          case TaskQueues.ORCHESTRATION -> settings.orchestrationSlots();
          case TaskQueues.COMPUTE -> settings.computeSlots();
          case TaskQueues.POLICY -> settings.policySlots();
          default -> throw new IllegalArgumentException("unknown task queue: " + queue);
        };
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(DEADLOCK_MILLIS)
        .setDeploymentOptions(deployment.options())
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxHeartbeatThrottleInterval(Heartbeat.EVERY)
        .setStickyQueueScheduleToStartTimeout(STICKY)
        .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_TASKS)
        .build();
  }

  /**
   * Stops polling, interrupts activities (they heartbeat, and another attempt adopts their job).
   */
  @PreDestroy
  void stop() {
    takingOver.shutdownNow();
    factory.shutdownNow();
    factory.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
  }
}
