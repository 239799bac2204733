package dev.sightline.worker.cli.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.statistics.Outcome;
import dev.sightline.statistics.PairedOutcomes;
import dev.sightline.statistics.UnpairedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads two files of {@code {"item","category","seed","correct"}} lines as pairs. */
final class OutcomeFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path file;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<List<Object>, Integer> lines = new HashMap<>();
  private int line;

  private OutcomeFile(Path file) {
    this.file = file;
  }

  /**
   * @throws BadInput with every unreadable line of both files, or else every missing or double pair
   */
  static PairedOutcomes pair(Path first, Path second) throws BadInput {
    OutcomeFile a = read(first);
    OutcomeFile b = read(second);
    List<String> problems = new ArrayList<>(a.problems);
    problems.addAll(b.problems);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    try {
      return PairedOutcomes.of(a.outcomes, b.outcomes);
    } catch (UnpairedException unpaired) {
      throw new BadInput(
          unpaired.problems().stream().map(problem -> named(problem, first, second)).toList());
    }
  }

  private static String named(String problem, Path first, Path second) {
    String fix = "; give every item with every seed once in both files";
    for (Map.Entry<String, Path> side :
        List.of(Map.entry(" on the first side", first), Map.entry(" on the second side", second))) {
      if (problem.endsWith(side.getKey())) {
        return side.getValue()
            + ": "
            + problem.substring(0, problem.length() - side.getKey().length())
            + fix;
      }
    }
    return first + " and " + second + ": " + problem + "; give it the same cluster everywhere";
  }

  private static OutcomeFile read(Path path) throws BadInput {
    OutcomeFile file = new OutcomeFile(path);
    for (String text : BadInput.text(path).split("\\R", -1)) {
      file.line++;
      if (!text.isBlank()) {
        file.add(text);
      }
    }
    if (file.outcomes.isEmpty() && file.problems.isEmpty()) {
      file.problems.add(
          path + ": holds no line; write {\"item\",\"category\",\"seed\",\"correct\"} a line");
    }
    return file;
  }

  private void add(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      problem("", "is no JSON (" + broken.getOriginalMessage() + "); write one object a line");
      return;
    }
    if (!node.isObject()) {
      problem("", "is no JSON object; write one object a line");
      return;
    }
    int before = problems.size();
    String item = name(node, "item");
    String category = name(node, "category");
    JsonNode seed = node.path("seed");
    if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
      problem("seed: ", found(seed) + "; give the run's seed as a whole number");
    }
    Double correct = correct(node.path("correct"));
    if (correct == null) {
      problem("correct: ", found(node.path("correct")) + "; give true or false (or 1 or 0)");
    }
    String cluster = node.has("cluster") ? name(node, "cluster") : item;
    if (correct == null || problems.size() > before) {
      return;
    }
    Integer earlier = lines.putIfAbsent(List.of(category, item, seed.asLong()), line);
    if (earlier != null) {
      problem(
          "item: ",
          "("
              + category
              + "/"
              + item
              + ", seed "
              + seed.asLong()
              + ") stands on line "
              + earlier
              + " too; keep one of them");
      return;
    }
    outcomes.add(new Outcome(item, cluster, category, seed.asLong(), correct));
  }

  private String name(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if ((value.isTextual() && !value.asText().isBlank()) || value.isIntegralNumber()) {
      return value.asText();
    }
    problem(field + ": ", found(value) + "; give a text");
    return "";
  }

  private static @Nullable Double correct(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? 1.0 : 0.0;
    }
    if (value.isNumber() && (value.asDouble() == 0 || value.asDouble() == 1)) {
      return value.asDouble();
    }
    return null;
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "is missing" : value + " is no use here";
  }

  private void problem(String field, String text) {
    problems.add(file + ":" + line + ": " + field + text);
  }
}
