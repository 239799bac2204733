package dev.sightline.puzzle.description;

import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.FactScore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Scores what is said against the truth by science.md 5: for cells and words the mean over classes
 * of the share named rightly, where a class is a section and a value that the true scene has; for
 * objects the F1 over the multiset of objects, as one class. Given sections are no facts.
 */
public final class DescriptionFacts {
  private DescriptionFacts() {}

  /** How many facts a table asserts. */
  static int count(Section section, List<List<String>> rows) {
    if (section.given()) {
      return 0;
    }
    return section.form() == Section.Form.OBJECTS
        ? rows.size()
        : rows.stream().mapToInt(List::size).sum();
  }

  /** Facts of a true description. */
  public static int count(Grammar grammar, Description truth) {
    int count = 0;
    for (Section section : grammar.sections()) {
      count += count(section, truth.rows(section.name()));
    }
    return count;
  }

  /** The score of what was said; more than twice as many assertions as facts score 0. */
  public static FactScore score(Grammar grammar, Description truth, Said said) {
    int facts = count(grammar, truth);
    Tally tally = new Tally();
    for (Section section : grammar.sections()) {
      if (section.given()) {
        continue;
      }
      List<List<String>> rows = truth.rows(section.name());
      List<List<List<String>>> tables = said.sections().getOrDefault(section.name(), List.of());
      switch (section.form()) {
        case CELLS, WORDS -> tally.cells(section, rows, tables);
        case OBJECTS -> tally.objects(section, rows, tables);
      }
    }
    double value = said.count() > 2 * facts ? 0 : tally.mean();
    return new FactScore(value, tally.right, facts, said.count());
  }

  /** What a whole description asserts. */
  public static Said said(Grammar grammar, Description description) {
    Map<String, List<List<List<String>>>> sections = new LinkedHashMap<>();
    description.sections().forEach((name, rows) -> sections.put(name, List.of(rows)));
    return new Said(count(grammar, description), sections);
  }

  private static final class Tally {
    /** Present and named rightly, by class. */
    private final Map<String, double[]> classes = new TreeMap<>();

    private int right;

    void cells(Section section, List<List<String>> truth, List<List<List<String>>> tables) {
      for (int row = 0; row < truth.size(); row++) {
        for (int column = 0; column < truth.get(row).size(); column++) {
          String value = truth.get(row).get(column);
          Set<String> values = new TreeSet<>();
          for (List<List<String>> table : tables) {
            if (row < table.size() && column < table.get(row).size()) {
              values.add(table.get(row).get(column));
            }
          }
          // Two values for one place are wrong, also where one of them is right.
          boolean named = values.size() == 1 && same(section, value, values.iterator().next());
          double[] sums =
              classes.computeIfAbsent(section.name() + " " + value, name -> new double[2]);
          sums[0]++;
          sums[1] += named ? 1 : 0;
          right += named ? 1 : 0;
        }
      }
    }

    void objects(Section section, List<List<String>> truth, List<List<List<String>>> tables) {
      Map<List<String>, Integer> wanted = new HashMap<>();
      truth.forEach(object -> wanted.merge(object, 1, Integer::sum));
      int asserted = 0;
      int matched = 0;
      for (List<List<String>> table : tables) {
        for (List<String> object : table) {
          asserted++;
          Integer left = wanted.get(object);
          if (left != null && left > 0) {
            wanted.put(object, left - 1);
            matched++;
          }
        }
      }
      right += matched;
      int both = truth.size() + asserted;
      classes.put(section.name(), new double[] {1, both == 0 ? 1 : 2.0 * matched / both});
    }

    double mean() {
      double sum = 0;
      for (double[] sums : classes.values()) {
        sum += sums[1] / sums[0];
      }
      return classes.isEmpty() ? 0 : sum / classes.size();
    }
  }

  /** Whether two cells of a section count as one: equal, or within the section's tolerance. */
  static boolean same(Section section, String truth, String said) {
    if (truth.equals(said)) {
      return true;
    }
    return section.tolerance() > 0
        && Math.abs(Integer.parseInt(truth) - Integer.parseInt(said)) <= section.tolerance();
  }

  /**
   * The best constant description over true descriptions: the candidates are, for each size of
   * board, the most frequent value at each place (weighted by what naming it earns), and the up to
   * 200 most frequent whole descriptions; the best mean score wins, ties go to the earlier text.
   */
  public static ConstantDescription bestConstant(Grammar grammar, List<Description> truths) {
    Map<String, Integer> frequency = new TreeMap<>();
    Map<String, Description> byText = new HashMap<>();
    Map<String, List<Description>> byShape = new TreeMap<>();
    for (Description truth : truths) {
      String text = grammar.write(truth);
      frequency.merge(text, 1, Integer::sum);
      byText.putIfAbsent(text, truth);
      byShape.computeIfAbsent(shape(truth), key -> new ArrayList<>()).add(truth);
    }
    Map<String, Description> candidates = new TreeMap<>();
    for (List<Description> alike :
        byShape.values().stream()
            .sorted((a, b) -> Integer.compare(b.size(), a.size()))
            .limit(20)
            .toList()) {
      Description likely = placewise(alike);
      candidates.put(grammar.write(likely), likely);
    }
    frequency.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(200)
        .forEach(
            entry -> {
              Description whole = byText.get(entry.getKey());
              if (whole != null) {
                candidates.put(entry.getKey(), whole);
              }
            });
    ConstantDescription best = null;
    List<Description> judged = truths.size() <= 500 ? truths : truths.subList(0, 500);
    for (Map.Entry<String, Description> candidate : candidates.entrySet()) {
      double mean = mean(grammar, judged, candidate.getValue());
      if (best == null || mean > best.meanFacts()) {
        best = new ConstantDescription(candidate.getKey(), mean, 0);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("the best constant description needs at least one scene");
    }
    Description chosen = candidates.get(best.text());
    double meanFacts = chosen == null ? 0 : mean(grammar, truths, chosen);
    double exact = frequency.getOrDefault(best.text(), 0) / (double) truths.size();
    return new ConstantDescription(best.text(), meanFacts, exact);
  }

  private static double mean(Grammar grammar, List<Description> truths, Description constant) {
    Said said = said(grammar, constant);
    double sum = 0;
    for (Description truth : truths) {
      sum += score(grammar, truth, said).value();
    }
    return sum / truths.size();
  }

  private static String shape(Description description) {
    StringBuilder out = new StringBuilder();
    description
        .sections()
        .forEach(
            (name, rows) ->
                out.append(name).append(rows.stream().map(List::size).toList()).append(' '));
    return out.toString();
  }

  /** At each place the value whose naming earns most, one over its count in the section. */
  private static Description placewise(List<Description> alike) {
    Description.Builder builder = Description.builder();
    Description first = alike.getFirst();
    first
        .sections()
        .forEach(
            (name, rows) -> {
              List<List<String>> table = new ArrayList<>();
              for (int row = 0; row < rows.size(); row++) {
                List<String> line = new ArrayList<>();
                for (int column = 0; column < rows.get(row).size(); column++) {
                  line.add(likeliest(alike, name, row, column));
                }
                table.add(line);
              }
              builder.rows(name, table);
            });
    return builder.build();
  }

  private static String likeliest(List<Description> alike, String name, int row, int column) {
    Map<String, Double> worth = new TreeMap<>();
    for (Description truth : alike) {
      List<List<String>> rows = truth.rows(name);
      String value = rows.get(row).get(column);
      long same = rows.stream().flatMap(List::stream).filter(value::equals).count();
      worth.merge(value, 1.0 / same, Double::sum);
    }
    String best = "";
    double most = -1;
    for (Map.Entry<String, Double> entry : worth.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }
}
