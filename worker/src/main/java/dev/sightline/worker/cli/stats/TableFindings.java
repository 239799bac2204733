package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Intervals;
import dev.sightline.statistics.UnpairedDifference;
import dev.sightline.worker.cli.stats.PublishedTables.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What published tables say when they are added up again.
 *
 * @param rows the reference, once for each domain, then the others
 * @param constantAverage mean percentage of always giving each category's most frequent answer
 */
record TableFindings(
    List<RowFinding> rows,
    double constantAverage,
    List<String> aboveConstant,
    List<CategoryFinding> categories,
    List<DomainFinding> domains,
    List<NotBetter> notBetter,
    List<Unpaired> comparisons,
    List<Gain> substitutions) {
  private static final double CONFIDENCE = 0.95;

  /** A percentage as printed and as recomputed. */
  record Figure(BigDecimal printed, double computed) {
    /**
     * Rounding and cutting both count as agreement: the difference is less than one unit of the
     * last printed place.
     */
    boolean agrees() {
      return Math.abs(computed - printed.doubleValue()) < Math.pow(10, -printed.scale()) - 1e-9;
    }

    Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("printed", printed);
      tree.put("computed", BigDecimal.valueOf(computed).setScale(4, RoundingMode.HALF_EVEN));
      tree.put("agrees", agrees());
      return tree;
    }
  }

  /**
   * @param wilson of all items together
   */
  record RowFinding(
      String trainedOn,
      String name,
      Figure average,
      Figure inDomain,
      Figure outOfDomain,
      Interval wilson) {}

  /**
   * @param best highest percentage among rows trained on each domain, with the names of the rows
   */
  record CategoryFinding(
      String category, double reference, double constant, Map<String, Best> best) {}

  record Best(double percent, List<String> rows) {}

  /** Rows of a domain that are worse than the reference where they were not trained. */
  record DomainFinding(String domain, int rows, List<String> belowReferenceOutOfDomain) {}

  /** A row whose average is no higher when trained on the later domain. */
  record NotBetter(String name, String than, double before, String trainedOn, double after) {}

  record Unpaired(String first, String second, UnpairedDifference difference) {
    Interval interval() {
      return difference.interval(CONFIDENCE);
    }
  }

  /**
   * Text in the place of the image.
   *
   * @param against categories in which the text is worse, and those in which it is no better
   */
  record Gain(
      String name,
      Figure image,
      Figure text,
      Figure gain,
      List<String> against,
      List<String> flat,
      List<String> without,
      double gainWithout) {}

  static TableFindings of(PublishedTables tables) {
    List<RowFinding> rows = new ArrayList<>();
    tables
        .domains()
        .keySet()
        .forEach(
            domain -> {
              PublishedTables.Reference reference = tables.reference();
              rows.add(
                  row(
                      tables,
                      domain,
                      reference.name(),
                      reference.right(),
                      reference.printed().average(),
                      reference.printed().inDomain().getOrDefault(domain, BigDecimal.ZERO),
                      reference.printed().outOfDomain().getOrDefault(domain, BigDecimal.ZERO)));
              for (Row row : tables.rows()) {
                if (row.trainedOn().equals(domain)) {
                  rows.add(
                      row(
                          tables,
                          domain,
                          row.name(),
                          row.right(),
                          row.printed().average(),
                          row.printed().inDomain(),
                          row.printed().outOfDomain()));
                }
              }
            });
    double constant = tables.average(tables.mostFrequentAnswer());
    return new TableFindings(
        List.copyOf(rows),
        constant,
        tables.rows().stream()
            .filter(row -> tables.average(row.right()) > constant)
            .map(Row::label)
            .toList(),
        categories(tables),
        domains(tables),
        notBetter(tables),
        tables.comparisons().stream()
            .map(
                pair ->
                    new Unpaired(
                        pair.first(),
                        pair.second(),
                        UnpairedDifference.of(
                            tables.cells(pair.first()), tables.cells(pair.second()))))
            .toList(),
        tables.substitutions().stream().map(part -> gain(tables, part)).toList());
  }

  private static RowFinding row(
      PublishedTables tables,
      String domain,
      String name,
      List<Integer> right,
      BigDecimal average,
      BigDecimal inDomain,
      BigDecimal outOfDomain) {
    List<String> inside = tables.domains().getOrDefault(domain, List.of());
    return new RowFinding(
        domain,
        name,
        new Figure(average, tables.average(right)),
        new Figure(inDomain, tables.mean(right, inside, true)),
        new Figure(outOfDomain, tables.mean(right, inside, false)),
        Intervals.wilson(
            right.stream().mapToInt(Integer::intValue).sum(),
            tables.itemsPerCategory() * right.size(),
            CONFIDENCE));
  }

  private static List<CategoryFinding> categories(PublishedTables tables) {
    double percent = 100.0 / tables.itemsPerCategory();
    return IntStream.range(0, tables.categories().size())
        .mapToObj(
            c -> {
              Map<String, Best> best = new LinkedHashMap<>();
              for (String domain : tables.domains().keySet()) {
                List<Row> here =
                    tables.rows().stream().filter(r -> r.trainedOn().equals(domain)).toList();
                int most = here.stream().mapToInt(r -> r.right().get(c)).max().orElse(0);
                best.put(
                    domain,
                    new Best(
                        percent * most,
                        here.stream()
                            .filter(r -> r.right().get(c) == most)
                            .map(Row::name)
                            .toList()));
              }
              return new CategoryFinding(
                  tables.categories().get(c),
                  percent * tables.reference().right().get(c),
                  percent * tables.mostFrequentAnswer().get(c),
                  best);
            })
        .toList();
  }

  private static List<DomainFinding> domains(PublishedTables tables) {
    return tables.domains().entrySet().stream()
        .map(
            domain -> {
              double least = tables.mean(tables.reference().right(), domain.getValue(), false);
              List<Row> here =
                  tables.rows().stream()
                      .filter(row -> row.trainedOn().equals(domain.getKey()))
                      .toList();
              return new DomainFinding(
                  domain.getKey(),
                  here.size(),
                  here.stream()
                      .filter(row -> tables.mean(row.right(), domain.getValue(), false) < least)
                      .map(Row::name)
                      .toList());
            })
        .toList();
  }

  private static List<NotBetter> notBetter(PublishedTables tables) {
    List<String> domains = List.copyOf(tables.domains().keySet());
    List<NotBetter> found = new ArrayList<>();
    for (Row before : tables.rows()) {
      for (Row after : tables.rows()) {
        if (before.name().equals(after.name())
            && domains.indexOf(before.trainedOn()) < domains.indexOf(after.trainedOn())
            && tables.average(after.right()) <= tables.average(before.right())) {
          found.add(
              new NotBetter(
                  after.name(),
                  before.trainedOn(),
                  tables.average(before.right()),
                  after.trainedOn(),
                  tables.average(after.right())));
        }
      }
    }
    return found;
  }

  private static Gain gain(PublishedTables tables, PublishedTables.Substitution part) {
    List<String> against = new ArrayList<>();
    List<String> flat = new ArrayList<>();
    for (int i = 0; i < part.text().size(); i++) {
      int change = part.text().get(i) - part.image().get(i);
      if (change < 0) {
        against.add(tables.categories().get(i));
      } else if (change == 0) {
        flat.add(tables.categories().get(i));
      }
    }
    return new Gain(
        part.name(),
        new Figure(part.printed().image(), tables.average(part.image())),
        new Figure(part.printed().text(), tables.average(part.text())),
        new Figure(
            part.printed().gain(), tables.average(part.text()) - tables.average(part.image())),
        against,
        flat,
        part.without(),
        tables.mean(part.text(), part.without(), false)
            - tables.mean(part.image(), part.without(), false));
  }

  /** Categories in which the best row of a domain is above the constant answer. */
  List<String> bestAboveConstant(String domain) {
    return categories.stream()
        .filter(
            c -> {
              Best best = c.best().get(domain);
              return best != null && best.percent() > c.constant();
            })
        .map(CategoryFinding::category)
        .toList();
  }

  /** Printed figures that the counts do not give. */
  List<String> disagreeing() {
    List<String> found = new ArrayList<>();
    for (RowFinding row : rows) {
      String label = row.trainedOn() + "/" + row.name();
      add(found, label + " average", row.average());
      add(found, label + " in domain", row.inDomain());
      add(found, label + " out of domain", row.outOfDomain());
    }
    for (Gain gain : substitutions) {
      add(found, gain.name() + " image", gain.image());
      add(found, gain.name() + " text", gain.text());
      add(found, gain.name() + " gain", gain.gain());
    }
    return found;
  }

  private static void add(List<String> found, String name, Figure figure) {
    if (!figure.agrees()) {
      found.add(
          name
              + ": printed "
              + figure.printed()
              + ", computed "
              + ComparisonView.percent(figure.computed() / 100));
    }
  }
}
