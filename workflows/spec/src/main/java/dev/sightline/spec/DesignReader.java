package dev.sightline.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads reward designs. Pure; bad input is a value. */
public final class DesignReader {
  private DesignReader() {}

  /** What came of it. */
  public sealed interface Result {
    record Valid(DesignSpec design) implements Result {}

    record Invalid(List<SpecProblem> problems) implements Result {
      public Invalid {
        problems = List.copyOf(problems);
      }

      /** One line for each problem. */
      public String text() {
        return String.join("\n", problems.stream().map(SpecProblem::message).toList());
      }
    }
  }

  /** Something wrong with a design whose fields are right one by one. */
  public record Complaint(String field, String problem, String fix) {}

  /**
   * Reads YAML.
   *
   * @param fileName what messages call the file
   * @param check what is wrong with a whole design; places get their lines here
   */
  public static Result readYaml(
      String fileName, String text, Function<DesignSpec, Optional<Complaint>> check) {
    Findings findings = new Findings(fileName);
    Optional<SpecNode> tree = YamlTree.read(fileName, text, findings.problems());
    if (tree.isEmpty()) {
      return new Result.Invalid(findings.problems());
    }
    Optional<Record> read =
        new RecordReader(findings).read(RecordType.of(DesignSpec.class), tree.get(), "");
    if (findings.problems().isEmpty()
        && read.isPresent()
        && read.get() instanceof DesignSpec design) {
      check
          .apply(design)
          .ifPresent(wrong -> findings.problem(wrong.field(), wrong.problem(), wrong.fix()));
      if (findings.problems().isEmpty()) {
        return new Result.Valid(design);
      }
    }
    return new Result.Invalid(findings.sorted());
  }
}
