package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.bench.FamilyCatalogue;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Space;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.view.Columns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "families",
    mixinStandardHelpOptions = true,
    description = {
      "List the puzzle families: levels with their thresholds, question kinds, configuration.",
      "A family's name shows all of it, with the size of its space (that may take seconds)."
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset families",
      "  sightline dataset families rotting_kiwi",
      "  sightline dataset families --space --json"
    })
final class FamiliesCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(
      names = "--space",
      description = "Count every family's space as it is by default (takes a while).")
  private boolean space;

  @Parameters(paramLabel = "FAMILY", arity = "0..*", description = "Show these in full.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    Output output = dataset.output();
    List<FamilyCatalogue.Entry> entries =
        names.isEmpty()
            ? FamilyCatalogue.all(space)
            : names.stream().map(name -> FamilyCatalogue.entry(family(name), true)).toList();
    if (!output.isJson()) {
      if (names.isEmpty()) {
        table(entries).forEach(output::line);
      } else {
        entries.forEach(entry -> details(entry).forEach(output::line));
      }
    }
    output.result(Map.of("families", entries.stream().map(FamilyCatalogue.Entry::toMap).toList()));
    return ExitStatus.DONE;
  }

  private static PuzzleFamily family(String name) {
    return PuzzleFamilies.byName(name)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.INVALID_REQUEST,
                    "no family '" + name + "'; use one of " + PuzzleFamilies.names()));
  }

  private static List<String> table(List<FamilyCatalogue.Entry> entries) {
    Columns columns = new Columns("llll").row("family", "levels", "measured by", "questions");
    for (FamilyCatalogue.Entry entry : entries) {
      columns.row(
          entry.name(),
          entry.levels().isEmpty()
              ? "any"
              : entry.levels().getFirst() + "-" + entry.levels().getLast(),
          entry.scale().words(),
          String.join(", ", entry.questionKinds())
              + entry.space().map(found -> "; " + words(found)).orElse(""));
    }
    return columns.lines("");
  }

  private static List<String> details(FamilyCatalogue.Entry entry) {
    String config =
        entry.defaults().entrySet().stream()
            .map(key -> key.getKey() + "=" + key.getValue())
            .collect(Collectors.joining(" "));
    Columns columns =
        new Columns("ll")
            .row("family", entry.name() + ", version " + entry.version())
            .row("shows", "a " + entry.subject() + ", described as " + entry.descriptionHint())
            .row("questions", String.join(", ", entry.questionKinds()))
            .row("levels", entry.levels() + " by " + entry.scale().words())
            .row("config", config)
            .row("space", entry.space().map(FamiliesCommand::words).orElse("not counted"))
            .row("imports", entry.imports().isEmpty() ? "-" : String.join(", ", entry.imports()));
    return columns.lines("");
  }

  private static String words(Space space) {
    return switch (space.basis()) {
      case EXACT ->
          String.format(
              Locale.ROOT,
              "%,d scenes, %,d forms%s",
              space.scenes(),
              space.canonicalForms(),
              space.enumerable() ? ", listed" : "");
      case LOWER_BOUND -> String.format(Locale.ROOT, "at least %,d forms", space.canonicalForms());
      case MEASURED ->
          String.format(
              Locale.ROOT, "at least %,d forms (measured, 99.9 %%)", space.canonicalForms());
    };
  }
}
