package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.foreign.ForeignSolving;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "solve",
    mixinStandardHelpOptions = true,
    description = {
      "Solve published items by both of our solvers, from the question and the input fields only,"
          + " and compare with their answers.",
      "Prints {\"checked\":N,\"agree\":N,\"disagree\":[ids]}; an id is the image's name, else file"
          + " and line. Why items disagree goes to standard error. Exit status 1 if any does."
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset solve --format algopuzzlevqa AlgoPuzzleVQA/data/*.json",
      "  sightline dataset solve --format puzzlevqa PuzzleVQA/data"
    })
final class SolveCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME",
      description = "Whose items: algopuzzlevqa or puzzlevqa.")
  private String format = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSON Lines files, or folders with such.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Output output = dataset.output();
    ForeignSolving.Outcome outcome = ForeignSolving.solve(Formats.foreign(format), files);
    for (ForeignSolving.Verdict verdict : outcome.disagreeing()) {
      output.problem(verdict.place() + ": " + verdict.problem().orElse(""));
    }
    if (!output.isJson()) {
      Map<String, Object> ordered = outcome.toMap();
      StringBuilder line = new StringBuilder("{");
      ordered.forEach(
          (key, value) ->
              line.append(line.length() > 1 ? "," : "")
                  .append(CanonicalJson.text(key))
                  .append(':')
                  .append(CanonicalJson.text(value)));
      output.line(line.append('}').toString());
    }
    Map<String, Object> document = new LinkedHashMap<>(outcome.toMap());
    document.put(
        "problems",
        outcome.disagreeing().stream()
            .map(
                verdict ->
                    Map.of(
                        "id", verdict.id(),
                        "place", verdict.place(),
                        "problem", verdict.problem().orElse("")))
            .toList());
    output.result(document);
    return outcome.disagreeing().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
