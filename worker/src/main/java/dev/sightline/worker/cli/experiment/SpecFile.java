package dev.sightline.worker.cli.experiment;

import dev.sightline.activity.Catalog;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecProblem;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.spec.SpecWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An experiment file that was read: the resolved experiment, or what is wrong with it. */
public sealed interface SpecFile {
  /**
   * @param defaulted paths of the fields that were filled from defaults
   */
  record Valid(ExperimentSpec spec, List<String> defaulted) implements SpecFile {
    public Valid {
      defaulted = List.copyOf(defaulted);
    }
  }

  /** In the order of the file. */
  record Wrong(List<SpecProblem> problems) implements SpecFile {
    public Wrong {
      problems = List.copyOf(problems);
    }

    /** {@code file:line: field: problem; fix}, one line each. */
    public List<String> lines() {
      return problems.stream().map(SpecProblem::message).flatMap(String::lines).toList();
    }
  }

  /**
   * @throws SightlineException INVALID_REQUEST when there is no such file, or it is not text
   */
  static SpecFile read(Path file) {
    return switch (new SpecReader(Catalog.beside(file)).readYaml(file.toString(), text(file))) {
      case SpecResult.Valid valid -> new Valid(valid.spec(), valid.defaulted());
      case SpecResult.Invalid invalid -> new Wrong(invalid.problems());
    };
  }

  /**
   * As {@link #read(Path)}, under another name: the same numbers, made again from the start.
   *
   * @throws SightlineException INVALID_REQUEST also when the name is none
   */
  static SpecFile read(Path file, String name) {
    return switch (read(file)) {
      case Wrong wrong -> wrong;
      case Valid valid -> {
        Map<String, Object> tree = new LinkedHashMap<>(SpecWriter.tree(valid.spec()));
        tree.put("name", name);
        yield switch (new SpecReader(Catalog.beside(file)).readTree(tree)) {
          case SpecResult.Valid renamed -> new Valid(renamed.spec(), valid.defaulted());
          case SpecResult.Invalid invalid ->
              throw new SightlineException(
                  FailureType.INVALID_REQUEST,
                  "--name: " + invalid.problems().getFirst().message());
        };
      }
    };
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, file + " is a folder; name an experiment file in it");
    }
    if (Files.notExists(file)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          file + ": no such file; deploy/experiments/quickstart.yaml is one to begin with");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, file + " is not UTF-8 text; save it as UTF-8", binary);
    } catch (IOException unreadable) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          file + " cannot be read (" + unreadable.getMessage() + "); check its permissions",
          unreadable);
    }
  }
}
