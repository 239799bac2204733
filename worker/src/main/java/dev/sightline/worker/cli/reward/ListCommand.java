package dev.sightline.worker.cli.reward;

import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.RewardTerms;
import dev.sightline.reward.WeightedTerm;
import dev.sightline.spec.DesignSpec;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.view.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "List the designs, the terms that they are made of, and the prompt templates.",
    footer = {
      "",
      "Examples:",
      "  sightline reward list",
      "  sightline reward list --json",
      "  sightline reward list --design my-design.yaml"
    })
final class ListCommand implements Callable<Integer> {
  @ParentCommand private RewardCommand reward = new RewardCommand();

  @Option(
      names = "--design",
      paramLabel = "NAME|FILE",
      description = "Only this design, or a YAML file, checked. May be repeated.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    Output output = reward.output();
    List<DesignSpec> designs =
        (names.isEmpty() ? RewardDesigns.names() : names).stream().map(Designs::read).toList();
    if (!output.isJson()) {
      designs(output, designs);
      if (names.isEmpty()) {
        terms(output);
      }
    }
    output.result(
        Map.of(
            "designs",
                designs.stream().map(spec -> tree(RewardDesign.of(spec), spec.doc())).toList(),
            "terms", RewardTerms.all().stream().map(ListCommand::tree).toList(),
            "templates", PromptTemplates.names()));
    return ExitStatus.DONE;
  }

  private static void designs(Output output, List<DesignSpec> designs) {
    output.line("Designs (`--design NAME`; a YAML file of the same form is a design of your own):");
    for (DesignSpec spec : designs) {
      RewardDesign design = RewardDesign.of(spec);
      output.line("");
      output.line(spec.name());
      Columns.wrap("  ", spec.doc()).forEach(output::line);
      String reward =
          design.terms().stream()
              .map(term -> term.weight() + " " + term.key())
              .collect(Collectors.joining(" + "));
      Columns.wrap("  ", "= " + reward).forEach(output::line);
      output.line("  asks for " + String.join(", ", tags(design)));
    }
  }

  private static void terms(Output output) {
    output.line("");
    output.line("Terms:");
    for (RewardTerm term : RewardTerms.all()) {
      output.line("");
      output.line(term.name() + term.parameter().map(p -> "(" + p.name() + ")").orElse(""));
      Columns.wrap("  ", term.doc()).forEach(output::line);
      term.settings()
          .forEach(
              setting ->
                  Columns.wrap(
                          "    ",
                          setting.name()
                              + " = "
                              + setting.byDefault()
                              + ": "
                              + setting.doc()
                              + " ("
                              + setting.takes()
                              + ")")
                      .forEach(output::line));
    }
    output.line("");
    output.line("Templates: " + String.join(", ", PromptTemplates.names()));
  }

  /** All of a design, for JSON; what {@code GET /v1/designs} shows too. */
  static Map<String, Object> tree(RewardDesign design, String doc) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", design.name());
    tree.put("doc", doc);
    tree.put("template", design.template().name());
    tree.put("tags", tags(design));
    tree.put("instruction", design.template().instruction().strip());
    tree.put("terms", design.terms().stream().map(ListCommand::tree).toList());
    if (Double.isFinite(design.clip().low()) || Double.isFinite(design.clip().high())) {
      tree.put("clip", List.of(design.clip().low(), design.clip().high()));
    }
    return tree;
  }

  private static List<String> tags(RewardDesign design) {
    return design.template().tags().stream().map(tag -> tag.wireName()).toList();
  }

  private static Map<String, Object> tree(WeightedTerm term) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", term.key());
    tree.put("term", term.term().name());
    tree.put("weight", term.weight());
    tree.put("settings", term.settings().values());
    if (!term.schedule().points().isEmpty()) {
      tree.put(
          "schedule",
          term.schedule().points().stream()
              .map(point -> Map.of("step", point.step(), "factor", point.factor()))
              .toList());
    }
    if (Double.isFinite(term.clip().low()) || Double.isFinite(term.clip().high())) {
      tree.put("clip", List.of(term.clip().low(), term.clip().high()));
    }
    return tree;
  }

  private static Map<String, Object> tree(RewardTerm term) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", term.name());
    tree.put("doc", term.doc());
    term.parameter()
        .ifPresent(
            parameter ->
                tree.put(
                    "parameter",
                    Map.of(
                        "name", parameter.name(),
                        "doc", parameter.doc(),
                        "takes", parameter.takes())));
    tree.put(
        "settings",
        term.settings().stream()
            .map(
                setting ->
                    Map.of(
                        "name", setting.name(),
                        "doc", setting.doc(),
                        "takes", setting.takes(),
                        "default", String.valueOf(setting.byDefault())))
            .toList());
    return tree;
  }
}
