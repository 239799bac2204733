package dev.sightline.worker.cli.stats;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files that say what no command can use: every problem, {@code file:line: field: problem; fix}.
 */
final class BadInput extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  BadInput(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }

  /** Prints all of them; the status to end with. */
  int print(Output output) {
    problems.forEach(output::problem);
    output.result(Map.of("valid", false, "problems", problems));
    return ExitStatus.BAD_INPUT;
  }

  /** The text of a file. */
  static String text(Path file) throws BadInput {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new BadInput(List.of(file + ": no such file; name one that exists"));
    } catch (CharacterCodingException binary) {
      throw new BadInput(List.of(file + ": is not UTF-8 text; save it as UTF-8"));
    } catch (IOException unreadable) {
      throw new BadInput(
          List.of(file + ": cannot be read (" + unreadable.getMessage() + "); check its path"));
    }
  }

  /** An option whose value cannot be used. */
  static SightlineException option(String name, Object value, String wanted) {
    return new SightlineException(
        FailureType.INVALID_REQUEST, name + ": " + value + " is no use; give " + wanted);
  }

  /** Refuses a share that is not strictly between 0 and 1. */
  static double share(String name, double value) {
    if (value > 0 && value < 1) {
      return value;
    }
    throw option(name, value, "a rate between 0 and 1 (0.0556 for 5.56 points)");
  }
}
