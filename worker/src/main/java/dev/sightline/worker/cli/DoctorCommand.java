package dev.sightline.worker.cli;

import dev.sightline.worker.stack.Installation;
import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.Ports;
import dev.sightline.worker.stack.StackStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check what Sightline needs on this machine and say what to do about what is missing.",
      "Exit status 1 when something is a problem."
    },
    footer = {"", "Examples:", "  sightline doctor", "  sightline doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private static final long DISK_BYTES = 5L << 30;
  private static final long MEMORY_KIB = 4L << 20;
  private static final String PYTHON_REPORT =
      "import sys,sysconfig,os;"
          + "v=sysconfig.get_config_var;"
          + "p=os.path.join(v('LIBDIR') or '',v('LDLIBRARY') or '');"
          + "print('%d.%d.%d'%sys.version_info[:3]);"
          + "print(p if '.so' in p and os.path.exists(p) else 'none')";

  @ParentCommand private SightlineCommand root = new SightlineCommand();

  /** How a check ended. */
  enum Verdict {
    OK,
    NOTE,
    PROBLEM
  }

  /**
   * One line of the report.
   *
   * @param name what was looked at
   * @param verdict whether it is well
   * @param found what was found
   * @param fix what to do; empty when nothing
   */
  record Check(String name, Verdict verdict, String found, String fix) {}

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>();
    checks.add(jdk());
    checks.addAll(python());
    checks.add(memory());
    checks.add(disk());
    Optional<StackStatus> status = new LocalStack(root.home()).status();
    checks.addAll(ports(status));
    checks.addAll(parts(status));
    checks.add(gpu());
    for (Check check : checks) {
      root.output()
          .line(
              String.format(
                  Locale.ROOT,
                  "%-8s %-11s %s%s",
                  SightlineCommand.lower(check.verdict()),
                  check.name(),
                  check.found(),
                  check.fix().isEmpty() ? "" : " -> " + check.fix()));
    }
    boolean well = checks.stream().noneMatch(check -> check.verdict() == Verdict.PROBLEM);
    root.output().result(Map.of("ok", well, "checks", checks));
    return well ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static Check jdk() {
    int version = Runtime.version().feature();
    return version >= 25
        ? new Check("jdk", Verdict.OK, Runtime.version().toString(), "")
        : new Check("jdk", Verdict.PROBLEM, "" + version, "install JDK 25 or set JAVA_HOME");
  }

  private static List<Check> python() {
    Optional<Path> python = Installation.python();
    if (python.isEmpty() || !Files.isExecutable(python.get())) {
      Check missing =
          new Check(
              "python",
              Verdict.PROBLEM,
              "the environment is not prepared",
              "run `deploy/sightline python-env` (needs Python 3.11 or 3.12)");
      return List.of(missing);
    }
    List<String> answer = run(List.of(python.get().toString(), "-c", PYTHON_REPORT));
    if (answer.size() < 2) {
      return List.of(
          new Check(
              "python",
              Verdict.PROBLEM,
              python.get() + " does not run",
              "remove its folder and run `deploy/sightline python-env`"));
    }
    Check version = new Check("python", Verdict.OK, answer.get(0) + " at " + python.get(), "");
    Check library =
        answer.get(1).equals("none")
            ? new Check(
                "libpython",
                Verdict.PROBLEM,
                "this Python has no shared library",
                "use one built with --enable-shared")
            : new Check("libpython", Verdict.OK, answer.get(1), "");
    return List.of(version, library);
  }

  private static Check memory() {
    try {
      long free =
          Files.readAllLines(Path.of("/proc/meminfo")).stream()
              .filter(line -> line.startsWith("MemAvailable:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
              .findFirst()
              .orElse(0);
      String found = String.format(Locale.ROOT, "%.1f GiB available", free / 1048576.0);
      return free >= MEMORY_KIB
          ? new Check("memory", Verdict.OK, found, "")
          : new Check("memory", Verdict.PROBLEM, found, "free at least 4 GiB");
    } catch (IOException unreadable) {
      return new Check("memory", Verdict.NOTE, "unknown", "");
    }
  }

  private Check disk() {
    Path folder = root.home().root();
    while (Files.notExists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String found = String.format(Locale.ROOT, "%.1f GiB free at %s", free / 1073741824.0, folder);
      if (!Files.isWritable(folder)) {
        return new Check("disk", Verdict.PROBLEM, folder + " is not writable", "choose --home");
      }
      return free >= DISK_BYTES
          ? new Check("disk", Verdict.OK, found, "")
          : new Check("disk", Verdict.PROBLEM, found, "free at least 5 GiB or choose --home");
    } catch (IOException failure) {
      return new Check("disk", Verdict.PROBLEM, failure.getMessage() + "", "choose --home");
    }
  }

  private List<Check> ports(Optional<StackStatus> status) {
    if (status.isPresent()) {
      return List.of(new Check("ports", Verdict.OK, "in use by the stack", ""));
    }
    List<Integer> busy =
        Ports.preferred().values().stream().filter(port -> !Ports.isFree(port)).sorted().toList();
    return List.of(
        busy.isEmpty()
            ? new Check("ports", Verdict.OK, "the preferred ones are free", "")
            : new Check("ports", Verdict.NOTE, "busy: " + busy + "; the next free are used", ""));
  }

  private List<Check> parts(Optional<StackStatus> status) {
    if (status.isEmpty()) {
      List<String> orphans =
          new LocalStack(root.home()).orphans().stream().map(SightlineCommand::lower).toList();
      return List.of(
          orphans.isEmpty()
              ? new Check("stack", Verdict.NOTE, "not running", "`deploy/sightline up`")
              : new Check(
                  "stack",
                  Verdict.PROBLEM,
                  "without a supervisor: " + orphans,
                  "`deploy/sightline up` takes them over, `down` ends them"));
    }
    List<Check> checks = new ArrayList<>();
    for (StackStatus.Part part : status.get().parts()) {
      String name = SightlineCommand.lower(part.name());
      boolean ready = part.state() == StackStatus.State.READY;
      String found =
          ready
              ? "ready, process " + part.pid() + ", " + part.restarts() + " restarts"
              : SightlineCommand.lower(part.state()) + ": " + part.problem();
      String fix = ready ? "" : "look at " + root.home().log(name);
      checks.add(new Check(name, ready ? Verdict.OK : Verdict.PROBLEM, found, fix));
    }
    return checks;
  }

  private static Check gpu() {
    List<String> cards =
        run(List.of("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"));
    return cards.isEmpty()
        ? new Check("gpu", Verdict.NOTE, "none; the policy runs on the CPU", "")
        : new Check("gpu", Verdict.OK, String.join("; ", cards), "");
  }

  /** Lines of standard output; none when the program is absent, fails or takes too long. */
  private static List<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0
          ? text.lines().toList()
          : List.of();
    } catch (IOException absent) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
