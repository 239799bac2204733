package dev.sightline.worker.cli;

import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.view.Columns;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs one command line and turns every failure into one line and an exit status. */
public final class CommandLines {
  private static final Set<String> SERVICES = Set.of("supervise", "worker");

  private CommandLines() {}

  /**
   * @return the exit status, see {@link ExitStatus}
   */
  public static int execute(String... arguments) {
    boolean service = Arrays.stream(arguments).anyMatch(SERVICES::contains);
    boolean verbose = Arrays.asList(arguments).contains("--verbose");
    // Read by logback.xml; must be set before the first logger is made.
    System.setProperty("sightline.log.level", service || verbose ? "INFO" : "ERROR");
    SightlineCommand root = new SightlineCommand();
    CommandLine commands = commands(root);
    commands.setParameterExceptionHandler(
        (exception, given) -> {
          String command = exception.getCommandLine().getCommandSpec().qualifiedName();
          PrintWriter error = exception.getCommandLine().getErr();
          error.println(command + ": " + exception.getMessage() + "; see " + command + " --help");
          return ExitStatus.BAD_INPUT;
        });
    commands.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          PrintWriter error = command.getErr();
          error.println(command.getCommandSpec().qualifiedName() + ": " + message(exception));
          if (root.verbose()) {
            exception.printStackTrace(error);
          }
          return exception instanceof SightlineException named
              ? ExitStatus.of(named.type())
              : ExitStatus.FAILED;
        });
    if (arguments.length == 0) {
      commands.usage(System.err);
      return ExitStatus.BAD_INPUT;
    }
    return commands.execute(arguments);
  }

  /** All commands, not yet run. */
  static CommandLine commands(SightlineCommand root) {
    CommandLine commands = new CommandLine(root);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpWidth(Columns.WIDTH);
    return commands;
  }

  private static String message(Throwable failure) {
    @Nullable String message = failure.getMessage();
    if (failure instanceof SightlineException && message != null) {
      return message;
    }
    String kind = failure.getClass().getSimpleName();
    return (message == null ? kind : kind + ": " + message) + "; run again with --verbose";
  }
}
