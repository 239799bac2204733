package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detached process that owns the parts of a local stack. Killed, it leaves them running, and
 * the next supervisor of the same home adopts them; asked to stop (control endpoint or SIGTERM), it
 * ends them in order.
 */
public final class Supervisor {
  static final String SETTINGS_FILE = "settings";
  static final String OWNER_FILE = "owner";
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final StackHome home;
  private final StackSettings settings;
  private final Ports ports;
  private final List<PartKeeper> keepers = new ArrayList<>();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile StackOwner owner;

  private Supervisor(StackHome home) {
    this.home = home;
    this.settings =
        RunFiles.read(home.runFile(SETTINGS_FILE), StackSettings.class)
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.INVALID_REQUEST,
                        home.runFile(SETTINGS_FILE) + " is missing; use `up` to start a stack"));
    this.owner =
        RunFiles.read(home.runFile(OWNER_FILE), StackOwner.class).orElseGet(StackOwner::up);
    this.ports = choosePorts();
    StackContext context = new StackContext(home, settings, ports);
    for (Part part : parts(context)) {
      if (!settings.without().contains(part.name())) {
        keepers.add(new PartKeeper(part, home, this::isReady));
      }
    }
  }

  static List<Part> parts(StackContext context) {
    return List.of(
        new PostgresPart(context),
        new TemporalPart(context),
        new TritonPart(context),
        new WorkerPart(context));
  }

  /**
   * Runs until a stop is asked for. A second supervisor of the same home returns at once.
   *
   * @return the exit status
   */
  public static int run(StackHome home) {
    Folders.create(home.run());
    Folders.create(home.logs());
    try (FileChannel channel =
            FileChannel.open(
                home.run().resolve("supervisor.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        LOG.info("another supervisor owns {}", home.root());
        return 0;
      }
      new Supervisor(home).supervise();
      return 0;
    } catch (IOException failure) {
      LOG.error("supervisor: {}", failure.getMessage(), failure);
      return 1;
    }
  }

  private void supervise() throws IOException {
    Thread hook = new Thread(this::stopParts, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (ControlServer control = new ControlServer(this::handle)) {
      RunFiles.write(home.runFile(ControlRecord.FILE), control.record());
      LOG.info("supervising {} with {}", home.root(), ports.byName());
      for (PartKeeper keeper : keepers) {
        Thread.ofPlatform().daemon().name(keeper.name().label()).start(keeper);
      }
      stopAsked.await();
      stopParts();
      RunFiles.delete(home.runFile(ControlRecord.FILE));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Object handle(String request) {
    if (request.equals("stop")) {
      stopAsked.countDown();
    } else if (request.startsWith("own ")) {
      try {
        StackOwner next = RunFiles.JSON.readValue(request.substring(4), StackOwner.class);
        RunFiles.write(home.runFile(OWNER_FILE), next);
        owner = next;
      } catch (IOException unreadable) {
        LOG.warn("unreadable owner: {}", unreadable.getMessage());
      }
    }
    return status();
  }

  private StackStatus status() {
    return new StackStatus(
        ProcessIdentity.ofCurrent(),
        owner,
        settings.build(),
        keepers.stream().map(PartKeeper::status).toList(),
        ports.byName());
  }

  private boolean isReady(PartName name) {
    return keepers.stream()
        .filter(keeper -> keeper.name() == name)
        .allMatch(
            keeper ->
                keeper.status().state() == StackStatus.State.READY
                    || keeper.status().state() == StackStatus.State.UNHEALTHY);
  }

  /** Clients first, the databases last. */
  private void stopParts() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    LOG.info("stopping");
    keepers.forEach(PartKeeper::announceStop);
    stop(List.of(PartName.WORKER, PartName.TRITON));
    stop(List.of(PartName.TEMPORAL, PartName.POSTGRES));
    LOG.info("stopped");
  }

  private void stop(List<PartName> names) {
    List<Thread> stops =
        keepers.stream()
            .filter(keeper -> names.contains(keeper.name()))
            .map(keeper -> Thread.ofPlatform().start(keeper::stop))
            .toList();
    for (Thread stop : stops) {
      try {
        stop.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Ports choosePorts() {
    Map<String, Integer> recorded =
        RunFiles.read(home.runFile(StackEndpoints.PORTS_FILE), Ports.class)
            .map(Ports::byName)
            .orElse(Map.of());
    List<Integer> held = new ArrayList<>();
    for (Part part : parts(new StackContext(home, settings, new Ports(recorded)))) {
      boolean living =
          RunFiles.read(home.runFile(part.name().label()), PartRecord.class)
              .filter(record -> record.process().isAlive())
              .isPresent();
      if (living) {
        part.ports().stream().filter(recorded::containsKey).map(recorded::get).forEach(held::add);
      }
    }
    Ports chosen =
        PortClaims.choose(
            Folders.portClaims(),
            claimed ->
                Ports.choose(
                    recorded,
                    port -> held.contains(port) || (!claimed.test(port) && Ports.isFree(port))));
    RunFiles.write(home.runFile(StackEndpoints.PORTS_FILE), chosen);
    return chosen;
  }
}
