package dev.sightline.worker.cli.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.statistics.UnpairedDifference.Cell;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables as a paper prints them: right answers by row and category, and the percentages printed
 * beside them.
 *
 * @param mostFrequentAnswer by category, how many items have the most frequent gold answer
 * @param domains training set to its categories, the "in domain" ones
 * @param reference the row without training, of every domain
 */
record PublishedTables(
    String title,
    String source,
    int itemsPerCategory,
    List<String> categories,
    List<Integer> mostFrequentAnswer,
    Map<String, List<String>> domains,
    Reference reference,
    List<Row> rows,
    List<Pair> comparisons,
    List<Substitution> substitutions) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  record Reference(String name, List<Integer> right, ReferencePrinted printed) {}

  /** Percentages by domain. */
  record ReferencePrinted(
      BigDecimal average, Map<String, BigDecimal> inDomain, Map<String, BigDecimal> outOfDomain) {}

  record Row(String trainedOn, String name, List<Integer> right, Printed printed) {
    /** The name that comparisons use. */
    String label() {
      return trainedOn + "/" + name;
    }
  }

  /** Percentages. */
  record Printed(BigDecimal average, BigDecimal inDomain, BigDecimal outOfDomain) {}

  record Pair(String first, String second) {}

  /**
   * One model on images and on texts in their place.
   *
   * @param without categories left out of a second mean
   */
  record Substitution(
      String name,
      List<Integer> image,
      List<Integer> text,
      SubstitutionPrinted printed,
      List<String> without) {}

  record SubstitutionPrinted(BigDecimal image, BigDecimal text, BigDecimal gain) {}

  static PublishedTables read(Path file) throws BadInput {
    String json = BadInput.text(file);
    PublishedTables tables;
    try {
      MAPPER.readTree(json);
      tables = MAPPER.readValue(json, PublishedTables.class);
    } catch (JsonMappingException wrong) {
      String field =
          wrong.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : "." + step.getFieldName())
              .collect(Collectors.joining())
              .replaceFirst("^\\.", "");
      throw new BadInput(List.of(place(file, wrong) + field + ": " + why(wrong)));
    } catch (JsonProcessingException broken) {
      throw new BadInput(
          List.of(
              place(file, broken)
                  + "is no JSON ("
                  + broken.getOriginalMessage()
                  + "); mend it there"));
    }
    List<String> problems = tables.problems();
    if (!problems.isEmpty()) {
      throw new BadInput(problems.stream().map(problem -> file + ": " + problem).toList());
    }
    return tables;
  }

  private static String why(JsonMappingException wrong) {
    String example = "; deploy/experiments/paper-tables.json is an example";
    if (wrong instanceof UnrecognizedPropertyException) {
      return "is no field; take it out" + example;
    }
    boolean missing = wrong.getOriginalMessage().startsWith("Missing creator property");
    return (missing ? "is missing; give it" : "has a value of another kind") + example;
  }

  private static String place(Path file, JsonProcessingException wrong) {
    return wrong.getLocation() == null
        ? file + ": "
        : file + ":" + wrong.getLocation().getLineNr() + ": ";
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (itemsPerCategory < 1) {
      problems.add(
          "itemsPerCategory: " + itemsPerCategory + " is no number of items; give 1 or more");
    }
    if (categories.isEmpty()) {
      problems.add("categories: is empty; name at least one");
    }
    checkCounts("mostFrequentAnswer", mostFrequentAnswer, problems);
    checkCounts("reference.right", reference.right(), problems);
    domains.forEach((domain, names) -> checkCategories("domains." + domain, names, problems));
    for (Map<String, BigDecimal> printed :
        List.of(reference.printed().inDomain(), reference.printed().outOfDomain())) {
      if (!printed.keySet().equals(domains.keySet())) {
        problems.add("reference.printed: names " + printed.keySet() + "; name " + domains.keySet());
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      checkCounts("rows[" + i + "].right", rows.get(i).right(), problems);
      if (!domains.containsKey(rows.get(i).trainedOn())) {
        problems.add(
            "rows[%d].trainedOn: no domain '%s'; use one of %s"
                .formatted(i, rows.get(i).trainedOn(), domains.keySet()));
      }
    }
    Map<String, List<Integer>> labels = labels();
    for (int i = 0; i < comparisons.size(); i++) {
      for (String label : List.of(comparisons.get(i).first(), comparisons.get(i).second())) {
        if (!labels.containsKey(label)) {
          problems.add(
              "comparisons[%d]: no row '%s'; use one of %s".formatted(i, label, labels.keySet()));
        }
      }
    }
    for (int i = 0; i < substitutions.size(); i++) {
      String field = "substitutions[" + i + "].";
      checkCounts(field + "image", substitutions.get(i).image(), problems);
      checkCounts(field + "text", substitutions.get(i).text(), problems);
      checkCategories(field + "without", substitutions.get(i).without(), problems);
    }
    return problems;
  }

  private void checkCounts(String field, List<@Nullable Integer> counts, List<String> problems) {
    if (counts.size() != categories.size()) {
      problems.add(
          field
              + ": has "
              + counts.size()
              + " numbers; give one for each of "
              + categories.size()
              + " categories");
    }
    for (Integer count : counts) {
      if (count == null || count < 0 || count > itemsPerCategory) {
        problems.add(field + ": " + count + " is no count; give 0 to " + itemsPerCategory);
      }
    }
  }

  private void checkCategories(String field, List<String> names, List<String> problems) {
    for (String name : names) {
      if (!categories.contains(name)) {
        problems.add(field + ": no category '" + name + "'; use one of " + categories);
      }
    }
    if (names.size() >= categories.size()) {
      problems.add(field + ": names every category; leave one out");
    }
  }

  private Map<String, List<Integer>> labels() {
    Map<String, List<Integer>> labels = new LinkedHashMap<>();
    labels.put(reference.name(), reference.right());
    rows.forEach(row -> labels.put(row.label(), row.right()));
    return labels;
  }

  /** The cells of the row with a label. */
  List<Cell> cells(String label) {
    return Objects.requireNonNull(labels().get(label)).stream()
        .map(right -> new Cell(right, itemsPerCategory))
        .toList();
  }

  /** Mean percentage of the categories whose name is, or is not, in the list. */
  double mean(List<Integer> right, List<String> names, boolean in) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < categories.size(); i++) {
      if (names.contains(categories.get(i)) == in) {
        sum += right.get(i);
        count++;
      }
    }
    return 100 * sum / count / itemsPerCategory;
  }

  /** Mean percentage over all categories. */
  double average(List<Integer> right) {
    return mean(right, List.of(), false);
  }
}
