package dev.sightline.worker.service;

import dev.sightline.migrate.Migrations;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker process: schema first, then Temporal workers, then HTTP, which says that all is up.
 */
public final class WorkerService {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerService.class);

  private WorkerService() {}

  /** Runs until the process is asked to end (SIGTERM), then ends in order. */
  public static void runUntilStopped() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    ApplicationContext context =
        ApplicationContext.builder().deduceEnvironment(false).banner(false).build();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("stopping");
                  context.close();
                  stopped.countDown();
                },
                "stop"));
    start(context);
    stopped.await();
  }

  static void start(ApplicationContext context) {
    context.start();
    WorkerSettings settings = context.getBean(WorkerSettings.class);
    Migrations.migrate(settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword());
    context.getBean(TemporalWorkers.class).start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    LOG.info("worker is up; health and metrics on {}", server.getURI());
  }
}
