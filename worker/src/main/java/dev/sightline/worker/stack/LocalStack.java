package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The local stack as commands see it: start or attach, look, stop. All state is in the home's
 * files, so any number of commands may use it at once.
 */
public final class LocalStack {
  private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(30);
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
  private static final int HOPELESS_FAILURES = 3;

  private final StackHome home;

  public LocalStack(StackHome home) {
    this.home = home;
  }

  public StackHome home() {
    return home;
  }

  /** Where the parts answer; empty when no stack was ever started here. */
  public Optional<StackEndpoints> endpoints() {
    return StackEndpoints.read(home);
  }

  /** What the living supervisor says; empty when there is none. */
  public Optional<StackStatus> status() {
    return ControlClient.find(home)
        .flatMap(
            client -> {
              try {
                return Optional.of(client.status());
              } catch (IOException unreachable) {
                return Optional.empty();
              }
            });
  }

  /** Parts that run although no supervisor does: what a kill -9 of the supervisor left. */
  public List<PartName> orphans() {
    if (ControlClient.find(home).isPresent()) {
      return List.of();
    }
    List<PartName> living = new ArrayList<>();
    for (PartName name : PartName.values()) {
      if (record(name).filter(record -> record.process().isAlive()).isPresent()) {
        living.add(name);
      }
    }
    return List.copyOf(living);
  }

  /**
   * Starts the stack or attaches to the one that runs, and returns when every part is ready.
   *
   * @param settings used only when no supervisor runs
   * @param owner on whose behalf; ignored when a living owner has the stack already
   * @param progress gets one line for each thing that happened
   * @return the state, and whether the stack now belongs to this owner
   * @throws SightlineException when a part cannot be started; what this call started is stopped
   */
  public Started up(StackSettings settings, StackOwner owner, Consumer<String> progress) {
    check(settings);
    boolean fresh = ControlClient.find(home).isEmpty();
    if (fresh) {
      List<PartName> left = orphans();
      if (!left.isEmpty()) {
        progress.accept(
            "found parts without a supervisor, taking them over: "
                + String.join(", ", left.stream().map(PartName::label).toList()));
      } else {
        RunFiles.write(home.runFile(Supervisor.OWNER_FILE), owner);
      }
      RunFiles.write(home.runFile(Supervisor.SETTINGS_FILE), settings);
      startSupervisor();
    }
    ControlClient client = awaitSupervisor();
    boolean owned = takeOver(client, owner);
    try {
      return new Started(awaitReady(progress), owned);
    } catch (SightlineException failure) {
      if (fresh) {
        down();
      }
      throw failure;
    }
  }

  /**
   * A stack that is up.
   *
   * @param status state when it was ready
   * @param owned whether it belongs to the caller, who then ends it
   */
  public record Started(StackStatus status, boolean owned) {}

  /**
   * Gives orphaned parts a supervisor again; does nothing when one lives or nothing runs. For
   * commands that watch for long.
   *
   * @return whether a supervisor was started
   */
  public boolean adopt() {
    if (orphans().isEmpty()) {
      return false;
    }
    startSupervisor();
    awaitSupervisor();
    return true;
  }

  /**
   * Ends everything that this home's stack started.
   *
   * @return whether anything ran
   */
  public boolean down() {
    Optional<ControlClient> client = ControlClient.find(home);
    boolean ran = client.isPresent();
    if (client.isPresent()) {
      try {
        client.get().stop();
      } catch (IOException deaf) {
        Signals.send("TERM", client.get().supervisor().pid());
      }
      if (!Signals.awaitEnd(client.get().supervisor(), STOP_LIMIT)) {
        Signals.send("KILL", client.get().supervisor().pid());
        Signals.awaitEnd(client.get().supervisor(), Duration.ofSeconds(5));
      }
    }
    // What no supervisor could end: parts of one that was killed. The worker goes first.
    for (PartName name :
        List.of(PartName.WORKER, PartName.TRITON, PartName.TEMPORAL, PartName.POSTGRES)) {
      Optional<PartRecord> record = record(name);
      if (record.isPresent()) {
        ran |= record.get().process().isAlive();
        Signals.end(
            record.get().process(),
            name == PartName.POSTGRES ? "INT" : "TERM",
            Duration.ofSeconds(15));
        RunFiles.delete(home.runFile(name.label()));
      }
    }
    RunFiles.delete(home.runFile(ControlRecord.FILE));
    RunFiles.delete(home.runFile(Supervisor.OWNER_FILE));
    return ran;
  }

  /** Whether {@code up} has the stack, so that it stays when a command ends. */
  public boolean stays() {
    return RunFiles.read(home.runFile(Supervisor.OWNER_FILE), StackOwner.class)
        .filter(owner -> owner.kind().equals("up"))
        .isPresent();
  }

  private boolean takeOver(ControlClient client, StackOwner owner) {
    try {
      StackOwner present = client.status().owner();
      if (present.equals(owner)) {
        return true;
      }
      boolean abandoned = present.kind().equals("quickstart") && !present.process().isAlive();
      boolean kept = owner.kind().equals("up");
      if (abandoned || kept) {
        client.own(owner);
        return true;
      }
      return false;
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.INTERNAL,
          "the supervisor does not answer ("
              + failure.getMessage()
              + "); see "
              + home.log("supervisor"),
          failure);
    }
  }

  private void startSupervisor() {
    Folders.create(home.logs());
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(JavaCommand.of(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1")));
    command.addAll(List.of("--home", home.root().toString(), "supervise"));
    try {
      new ProcessBuilder(command)
          .directory(home.root().toFile())
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log("supervisor").toFile()))
          .start();
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.INTERNAL,
          "cannot start the supervisor (" + failure.getMessage() + "); is `setsid` installed?",
          failure);
    }
  }

  private ControlClient awaitSupervisor() {
    long deadline = System.nanoTime() + SUPERVISOR_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<ControlClient> client = ControlClient.find(home);
      if (client.isPresent()) {
        try {
          client.get().status();
          return client.get();
        } catch (IOException notYet) {
          // It wrote its file a moment before it listens, or it is about to end.
        }
      }
      if (!Pause.millis(50)) {
        break;
      }
    }
    throw new SightlineException(
        FailureType.INTERNAL, "the supervisor did not start; " + tail("supervisor"));
  }

  private StackStatus awaitReady(Consumer<String> progress) {
    Set<PartName> told = EnumSet.noneOf(PartName.class);
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<StackStatus> status = status();
      if (status.isPresent()) {
        for (StackStatus.Part part : status.get().parts()) {
          if (part.state() == StackStatus.State.READY && told.add(part.name())) {
            progress.accept(line(part));
          }
          if (part.failures() >= HOPELESS_FAILURES) {
            throw new SightlineException(
                FailureType.INTERNAL,
                part.name().label()
                    + " cannot be started: "
                    + part.problem()
                    + "; "
                    + tail(part.name().label()));
          }
        }
        if (status.get().ready()) {
          return status.get();
        }
      }
      if (!Pause.millis(100)) {
        break;
      }
    }
    String late =
        status().stream()
            .flatMap(status -> status.parts().stream())
            .filter(part -> part.state() != StackStatus.State.READY)
            .map(part -> part.name().label() + " (" + part.problem() + ")")
            .collect(Collectors.joining(", "));
    throw new SightlineException(
        FailureType.INTERNAL,
        "not ready after "
            + READY_LIMIT.toMinutes()
            + " minutes: "
            + late
            + "; see "
            + home.logs());
  }

  private static String line(StackStatus.Part part) {
    return String.format(
        java.util.Locale.ROOT,
        "%s ready (%s %.1f s, process %d)",
        part.name().label(),
        part.adopted() ? "adopted in" : "started in",
        part.readyAfterMillis() / 1000.0,
        part.pid());
  }

  private void check(StackSettings settings) {
    Path root = Path.of(settings.root());
    if (!settings.without().contains(PartName.TRITON)
        && !Files.isRegularFile(root.resolve("deploy/triton/serve.py"))) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          root.resolve("deploy/triton/serve.py")
              + " is missing; start from a checkout by deploy/sightline, or use --without triton");
    }
    boolean needsPython =
        !settings.without().contains(PartName.TRITON)
            || !settings.without().contains(PartName.TEMPORAL);
    if (needsPython && !Files.isExecutable(Path.of(settings.python()))) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          "the Python environment is not prepared; run `deploy/sightline python-env`, or set"
              + " SIGHTLINE_PYTHON to an interpreter that has it");
    }
  }

  private Optional<PartRecord> record(PartName name) {
    return RunFiles.read(home.runFile(name.label()), PartRecord.class);
  }

  private String tail(String name) {
    List<String> lines = LogTail.of(home.log(name), 5);
    return "its log " + home.log(name) + " ends with:\n  " + String.join("\n  ", lines);
  }
}
