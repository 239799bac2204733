package dev.sightline.report;

import dev.sightline.report.Decomposition.Edited;
import dev.sightline.report.Decomposition.ErrorSplit;
import dev.sightline.report.Decomposition.Estimate;
import dev.sightline.report.Decomposition.ModeRate;
import dev.sightline.report.Decomposition.Part;
import dev.sightline.report.Decomposition.Swapped;
import dev.sightline.report.Report.AccuracyByPerception;
import dev.sightline.report.Report.Baselines;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Slice;
import dev.sightline.report.Report.Summary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Perception told apart from reasoning, as tables and sentences. */
final class DecompositionTables {
  private DecompositionTables() {}

  /** The decompositions of the headline's split. */
  static List<Decomposition> shown(Report report) {
    String split = Headline.of(report).split();
    return report.decompositions().stream().filter(d -> d.split().equals(split)).toList();
  }

  static String policy(Decomposition decomposition) {
    return decomposition.arm().equals(ReportRequest.BASELINE)
        ? Headline.START
        : decomposition.arm();
  }

  /** One sentence for each policy whose error could be split. */
  static List<String> findings(Report report) {
    List<String> sentences = new ArrayList<>();
    for (Decomposition decomposition : shown(report)) {
      ErrorSplit error = decomposition.overall().error();
      if (error == null) {
        continue;
      }
      Double share = error.perceptionShare();
      boolean both = error.perception().value() >= 0 && error.reasoning().value() >= 0;
      sentences.add(
          policy(decomposition)
              + ": wrong on "
              + Format.percent((Double) (1 - error.none().value()))
              + " %; "
              + Format.percent((Double) error.perception().value())
              + " points of it by perception, "
              + Format.percent((Double) error.reasoning().value())
              + " by reasoning"
              + (share == null || !both
                  ? "."
                  : " (perception: " + Math.round(100 * share) + " % of the error)."));
    }
    return sentences;
  }

  static Table errors(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Decomposition decomposition : shown(report)) {
      ErrorSplit error = decomposition.overall().error();
      if (error != null) {
        rows.add(
            List.of(
                policy(decomposition),
                Format.percent((Double) error.none().value()),
                Format.percent((Double) error.perceived().value()),
                Format.percent((Double) error.reasoned().value()),
                points(error.perception()),
                points(error.reasoning()),
                Format.percent(error.perceptionShare()),
                Format.percent(error.reasoningShare())));
      }
    }
    return new Table(
        "Where wrong answers come from: points of error by perception and by reasoning.",
        List.of(
            "policy", "A", "A|given", "solver", "perception", "reasoning", "% perc.", "% reas."),
        1,
        rows,
        "A|given: A with the right description put in the model's mouth. Solver: the exact solver on"
            + " the model's own description (no description: wrong). Perception = half of [(A|given −"
            + " A) + (100 − solver)], reasoning = half of [(solver − A) + (100 − A|given)]; never"
            + " clipped. Percentages of the error only where it is at least 5 points."
            + " Perception is what the model describes: who describes worse loses by it, whether or"
            + " not it sees worse (Q)."
            + brackets(report));
  }

  /** Accuracy by what was shown. */
  static Table modes(Report report) {
    List<Decomposition> shown = shown(report);
    Set<String> modes = new LinkedHashSet<>();
    shown.forEach(d -> d.overall().modes().forEach(mode -> modes.add(mode.mode())));
    modes.remove(Decompositions.EDITED_DESCRIPTION);
    modes.remove(Decompositions.SWAPPED);
    List<List<String>> rows = new ArrayList<>();
    for (Decomposition decomposition : shown) {
      List<String> row = new ArrayList<>(List.of(policy(decomposition)));
      Estimate gap = null;
      for (String mode : modes) {
        ModeRate rate = find(decomposition.overall(), mode);
        row.add(rate == null ? Format.NONE : Format.percent((Double) rate.accuracy().value()));
        gap = mode.equals("text") && rate != null ? rate.minusImage() : gap;
      }
      row.add(points(gap));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("policy"));
    modes.forEach(mode -> columns.add(shortName(mode)));
    columns.add("text − image");
    return new Table(
        "How often the answer is right, by what is shown. Percent, the same items.",
        columns,
        1,
        modes.size() > 1 ? rows : List.of(),
        "Text − image: the perception gap, paired; the twin changes perception and representation"
            + " alike. Both: image and twin. True desc.: the image, and the right description given."
            + " Own desc.: the model's description of the image, without it. Blank: a white picture."
            + brackets(report));
  }

  private static String shortName(String mode) {
    return switch (mode) {
      case "image+text" -> "both";
      case "true-description" -> "true desc.";
      case "own-description" -> "own desc.";
      default -> mode;
    };
  }

  static @Nullable ModeRate find(Part part, String mode) {
    return part.modes().stream().filter(m -> m.mode().equals(mode)).findFirst().orElse(null);
  }

  static Table edited(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Decomposition decomposition : shown(report)) {
      Edited edited = decomposition.overall().edited();
      if (edited != null) {
        rows.add(
            List.of(
                policy(decomposition),
                Integer.toString(edited.items()),
                percent(edited.follow()),
                percent(edited.stay()),
                percent(edited.other())));
      }
    }
    return new Table(
        "Is the description used? The answer turn opens with a scene that has another answer.",
        List.of("policy", "items", "follow", "stay", "other"),
        1,
        rows,
        "Follow: the answer of the given scene. Stay: the answer of the true scene. Percent."
            + brackets(report));
  }

  static Table swapped(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Decomposition decomposition : shown(report)) {
      Swapped swapped = decomposition.overall().swapped();
      if (swapped != null) {
        Estimate answers = swapped.answersShown();
        rows.add(
            List.of(
                policy(decomposition),
                Integer.toString(swapped.items()),
                percent(swapped.describesShown()),
                percent(swapped.describesAsked()),
                answers == null ? Format.NONE : percent(answers),
                percent(swapped.answersAsked())));
      }
    }
    return new Table(
        "Another item's picture under the question.",
        List.of("policy", "items", "sees it", "sees own", "answers it", "answers own"),
        1,
        rows,
        "It: the scene in the picture. Own: the scene that the item has, which nobody showed."
            + " Percent."
            + brackets(report));
  }

  /** Every family and level of the headline's setting, with its yardsticks. */
  static Table slices(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, List<Summary>> policy : Headline.of(report).policies().entrySet()) {
      for (Summary summary : policy.getValue()) {
        for (Slice slice : summary.slices()) {
          rows.add(slice(EvaluationTables.policy(summary), slice));
        }
      }
    }
    return new Table(
        "By family and level, percent, with what needs no looking beside it.",
        List.of(
            "policy", "family", "level", "n", "A", "P", "Q", "S", "A|P", "A|¬P", "const", "kind",
            "chance", "blank"),
        3,
        rows,
        "Const: the family's most frequent training answer. Kind: that of the question kind."
            + " Chance: one of the kind's training answers by lot. Blank: this policy's A on a white"
            + " picture.");
  }

  private static List<String> slice(String policy, Slice slice) {
    Measures m = slice.measures();
    Baselines baselines = m.baselines();
    AccuracyByPerception split = m.byPerception();
    String level = slice.level();
    return List.of(
        policy,
        slice.family(),
        level == null ? "all" : level,
        Integer.toString(m.n()),
        Format.percent(m.accuracy()),
        Format.percent(m.perception()),
        Format.percent(m.perceptionQuestions()),
        Format.percent(m.selfConsistency().rate()),
        split == null ? Format.NONE : Format.percent(split.perceived()),
        split == null ? Format.NONE : Format.percent(split.notPerceived()),
        Format.percent((Double) baselines.constantAnswer()),
        Format.percent((Double) baselines.majorityByKind()),
        Format.percent((Double) baselines.chance()),
        Format.percent(baselines.blankAccuracy()));
  }

  /** The decomposition by family and level. */
  static Table parts(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Decomposition decomposition : shown(report)) {
      for (Part part : decomposition.parts()) {
        rows.add(part(policy(decomposition), part));
      }
    }
    return new Table(
        "The decomposition by family and level: rates in percent, the rest in points.",
        List.of(
            "policy",
            "family",
            "level",
            "items",
            "A",
            "text − image",
            "A|given",
            "solver",
            "perception",
            "reasoning"),
        3,
        rows,
        "");
  }

  private static List<String> part(String policy, Part part) {
    String level = part.level();
    ErrorSplit error = part.error();
    ModeRate image = find(part, Decompositions.IMAGE);
    ModeRate text = find(part, "text");
    return List.of(
        policy,
        String.valueOf(part.family()),
        level == null ? "all" : level,
        Integer.toString(part.items()),
        image == null ? Format.NONE : Format.percent((Double) image.accuracy().value()),
        text == null ? Format.NONE : points(text.minusImage()),
        error == null ? Format.NONE : Format.percent((Double) error.perceived().value()),
        error == null ? Format.NONE : Format.percent((Double) error.reasoned().value()),
        error == null ? Format.NONE : points(error.perception()),
        error == null ? Format.NONE : points(error.reasoning()));
  }

  private static String percent(Estimate estimate) {
    String value = Format.percent((Double) estimate.value());
    return estimate.interval() == null ? value : value + " " + Format.interval(estimate.interval());
  }

  private static String points(@Nullable Estimate estimate) {
    if (estimate == null) {
      return Format.NONE;
    }
    String value = Format.points(estimate.value());
    return estimate.interval() == null ? value : value + " " + Format.points(estimate.interval());
  }

  private static String brackets(Report report) {
    return " Brackets: "
        + Math.round(100 * report.request().experiment().comparing().confidence())
        + " % bootstrap over items"
        + (report.request().seeds().size() > 1 ? " and seeds." : ", conditional on this run.")
        + (shown(report).stream().anyMatch(d -> d.overall().families() > 1)
            ? " Families weigh equally."
            : "");
  }
}
