package dev.sightline.report;

import dev.sightline.foundation.CanonicalJson;
import java.util.List;

/** The report as GitHub-flavoured Markdown, for notes and pull requests. */
public final class MarkdownReport {
  private MarkdownReport() {}

  public static String write(Report report) {
    ReportRequest request = report.request();
    StringBuilder out = new StringBuilder();
    out.append("# ").append(escape(request.experiment().title())).append("\n\n");
    out.append('`').append(request.experiment().id()).append("`\n\n");
    for (String banner : Banners.of(report)) {
      out.append("> **").append(escape(banner)).append("**\n>\n");
    }
    out.append('\n');
    table(Tables.headline(report), out);
    for (String finding : Headline.of(report).findings()) {
      out.append("- ").append(escape(finding)).append('\n');
    }
    out.append('\n');
    for (String finding : DecompositionTables.findings(report)) {
      out.append("- ").append(escape(finding)).append('\n');
    }
    out.append('\n');
    for (Table table :
        List.of(
            DecompositionTables.errors(report),
            DecompositionTables.modes(report),
            DecompositionTables.edited(report),
            DecompositionTables.swapped(report),
            Tables.differences(report),
            Tables.bySeed(report),
            DecisionTables.tuning(report),
            DecisionTables.futility(report),
            DecisionTables.seeds(report),
            Tables.missing(report),
            Tables.constants(report),
            DecisionTables.blind(report),
            EvaluationTables.evaluations(report),
            EvaluationTables.descriptions(report),
            EvaluationTables.consistency(report),
            DecompositionTables.slices(report),
            DecompositionTables.parts(report),
            SignalTables.terms(request),
            SignalTables.resampled(request),
            Tables.otherDifferences(report),
            Tables.power(report),
            InterruptionTables.runs(report),
            InterruptionTables.lengths(report))) {
      table(table, out);
    }
    if (!request.amendments().isEmpty()) {
      out.append("## Amendments\n\n");
      request.amendments().forEach(a -> out.append("- `").append(json(a)).append("`\n"));
      out.append('\n');
    }
    out.append("## Environment\n\n`").append(json(request.environment())).append("`\n");
    return out.toString();
  }

  private static String json(Object tree) {
    return CanonicalJson.text(tree).replace("`", "'");
  }

  private static void table(Table table, StringBuilder out) {
    if (table.rows().isEmpty()) {
      return;
    }
    out.append("**").append(escape(table.caption())).append("**\n\n");
    row(table.columns(), out);
    out.append('|');
    for (int c = 0; c < table.columns().size(); c++) {
      out.append(table.words(c) ? " --- |" : " ---: |");
    }
    out.append('\n');
    table.rows().forEach(row -> row(row, out));
    out.append('\n');
    if (!table.note().isEmpty()) {
      out.append(escape(table.note())).append("\n\n");
    }
  }

  private static void row(List<String> cells, StringBuilder out) {
    out.append('|');
    cells.forEach(cell -> out.append(' ').append(escape(cell)).append(" |"));
    out.append('\n');
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("<", "&lt;")
        .replace("\n", " ");
  }
}
