package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.Interval;
import dev.sightline.worker.cli.stats.TableFindings.CategoryFinding;
import dev.sightline.worker.cli.stats.TableFindings.DomainFinding;
import dev.sightline.worker.cli.stats.TableFindings.Gain;
import dev.sightline.worker.cli.stats.TableFindings.NotBetter;
import dev.sightline.worker.cli.stats.TableFindings.RowFinding;
import dev.sightline.worker.cli.stats.TableFindings.Unpaired;
import dev.sightline.worker.cli.view.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings about published tables as JSON and as lines. */
final class TablesView {
  private static final String UNPAIRED =
      "unpaired: the tables hold no item rows, so which items both rows got right is not known;"
          + " single runs, categories equally weighted";

  private final PublishedTables tables;
  private final TableFindings findings;

  TablesView(PublishedTables tables, TableFindings findings) {
    this.tables = tables;
    this.findings = findings;
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", tables.title());
    tree.put("source", tables.source());
    tree.put("items", tables.itemsPerCategory() * tables.categories().size());
    tree.put("rows", findings.rows().stream().map(TablesView::row).toList());
    tree.put("disagreeing", findings.disagreeing());
    tree.put("categories", findings.categories().stream().map(TablesView::category).toList());
    Map<String, Object> constant = new LinkedHashMap<>();
    constant.put("average", findings.constantAverage());
    constant.put("rowsAbove", findings.aboveConstant());
    constant.put(
        "categoriesWhereTheBestIsAbove",
        tables.domains().keySet().stream()
            .collect(
                Collectors.toMap(
                    domain -> domain,
                    findings::bestAboveConstant,
                    (a, b) -> a,
                    LinkedHashMap::new)));
    tree.put("constantAnswer", constant);
    tree.put(
        "belowReferenceOutOfDomain", findings.domains().stream().map(TablesView::domain).toList());
    tree.put("notBetter", findings.notBetter().stream().map(TablesView::notBetter).toList());
    tree.put("comparisons", findings.comparisons().stream().map(TablesView::comparison).toList());
    tree.put("comparisonsAre", UNPAIRED);
    tree.put("substitutions", findings.substitutions().stream().map(TablesView::gain).toList());
    return tree;
  }

  private static Map<String, Object> row(RowFinding row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trainedOn", row.trainedOn());
    tree.put("name", row.name());
    tree.put("average", row.average().tree());
    tree.put("inDomain", row.inDomain().tree());
    tree.put("outOfDomain", row.outOfDomain().tree());
    tree.put("wilson", array(row.wilson()));
    return tree;
  }

  private static Map<String, Object> category(CategoryFinding category) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("category", category.category());
    tree.put("reference", category.reference());
    tree.put("constantAnswer", category.constant());
    Map<String, Object> best = new LinkedHashMap<>();
    category
        .best()
        .forEach(
            (domain, found) ->
                best.put(domain, Map.of("percent", found.percent(), "rows", found.rows())));
    tree.put("best", best);
    return tree;
  }

  private static Map<String, Object> domain(DomainFinding domain) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trainedOn", domain.domain());
    tree.put("rows", domain.rows());
    tree.put("below", domain.belowReferenceOutOfDomain());
    return tree;
  }

  private static Map<String, Object> notBetter(NotBetter row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", row.name());
    tree.put("than", row.than());
    tree.put("before", row.before());
    tree.put("trainedOn", row.trainedOn());
    tree.put("after", row.after());
    return tree;
  }

  private static Map<String, Object> comparison(Unpaired pair) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("first", pair.first());
    tree.put("second", pair.second());
    tree.put("difference", pair.difference().difference());
    tree.put("differenceInterval", array(pair.interval()));
    tree.put("z", pair.difference().z());
    tree.put("p", pair.difference().p());
    tree.put("paired", false);
    return tree;
  }

  private static Map<String, Object> gain(Gain gain) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", gain.name());
    tree.put("image", gain.image().tree());
    tree.put("text", gain.text().tree());
    tree.put("gain", gain.gain().tree());
    tree.put("worseWithText", gain.against());
    tree.put("noBetterNoWorse", gain.flat());
    tree.put("without", gain.without());
    tree.put("gainWithout", gain.gainWithout());
    return tree;
  }

  private static List<Double> array(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(tables.title());
    lines.addAll(Columns.wrap("", tables.source()));
    lines.add("");
    Columns rows =
        new Columns("llrrrr")
            .row("trained on", "row", "average", "in domain", "out of domain", "Wilson 95 %");
    for (RowFinding row : findings.rows()) {
      rows.row(
          row.trainedOn(),
          row.name(),
          number(row.average().computed()),
          number(row.inDomain().computed()),
          number(row.outOfDomain().computed()),
          ComparisonView.percents(row.wilson()));
    }
    lines.addAll(rows.lines(""));
    lines.add("");
    if (findings.disagreeing().isEmpty()) {
      lines.add("Every printed average and domain mean follows from the counts.");
    } else {
      lines.add("Printed figures that do not follow from the counts:");
      findings.disagreeing().forEach(line -> lines.add("  " + line));
    }
    for (DomainFinding domain : findings.domains()) {
      lines.addAll(
          Columns.wrap(
              "",
              "Out of domain below %s, trained on %s: %d of %d rows%s"
                  .formatted(
                      tables.reference().name(),
                      domain.domain(),
                      domain.belowReferenceOutOfDomain().size(),
                      domain.rows(),
                      named(domain.belowReferenceOutOfDomain()))));
    }
    for (NotBetter row : findings.notBetter()) {
      lines.add(
          "No better on %s than on %s: %s (%s, %s)"
              .formatted(
                  row.trainedOn(),
                  row.than(),
                  row.name(),
                  number(row.after()),
                  number(row.before())));
    }
    lines.add(
        "Always the most frequent answer: %s on average; rows above it: %s"
            .formatted(
                number(findings.constantAverage()),
                findings.aboveConstant().isEmpty()
                    ? "none"
                    : String.join(", ", findings.aboveConstant())));
    for (String domain : tables.domains().keySet()) {
      lines.addAll(
          Columns.wrap(
              "  ",
              "its best row is above that answer, trained on "
                  + domain
                  + ": "
                  + String.join(", ", findings.bestAboveConstant(domain))));
    }
    lines.add("");
    comparisonLines(lines);
    for (Gain gain : findings.substitutions()) {
      lines.add("");
      lines.addAll(
          Columns.wrap(
              "",
              "%s, text for image: %s to %s, %s points; without %s %s; worse in: %s"
                  .formatted(
                      gain.name(),
                      number(gain.image().computed()),
                      number(gain.text().computed()),
                      signed(gain.gain().computed()),
                      String.join(" and ", gain.without()),
                      signed(gain.gainWithout()),
                      gain.against().isEmpty() ? "none" : String.join(", ", gain.against()))));
    }
    return lines;
  }

  private void comparisonLines(List<String> lines) {
    lines.addAll(Columns.wrap("", "Differences, " + UNPAIRED + ":"));
    Columns columns = new Columns("lrrrr").row("", "points", "interval 95 %", "z", "p");
    for (Unpaired pair : findings.comparisons()) {
      columns.row(
          pair.first() + " - " + pair.second(),
          ComparisonView.points(pair.difference().difference()),
          ComparisonView.percents(pair.interval()),
          number(pair.difference().z()),
          ComparisonView.rounded(pair.difference().p()));
    }
    lines.addAll(columns.lines("  "));
  }

  private static String named(List<String> names) {
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f", value);
  }
}
