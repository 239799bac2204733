package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 200 odd completions, whose parses and terms were written by hand from the definitions (src/test/
 * resources/odd/README.md). What a line leaves out is nothing: no answer, no description, 0.
 */
class OddCompletionsTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNode ITEMS = json(text("odd/items.json"));
  private static final List<String> PAPER =
      List.of("vanilla", "only_accuracy", "mixture", "continuous", "visual_fusion", "no_accuracy");

  static Stream<JsonNode> lines() {
    return text("odd/hand.jsonl").lines().map(OddCompletionsTest::json);
  }

  @Test
  void thereAreTwoHundred() {
    assertThat(lines().map(line -> line.path("id").asText()).distinct()).hasSize(200);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void readsTheParse(JsonNode line) {
    JsonNode wanted = line.path("expect");
    Attempt attempt = attempt(line);
    ScoredCompletion scored = scored("perception_facts", attempt);
    Judgement judged = scored.judgement();
    assertThat(judged.strictAnswer()).isEqualTo(wanted.path("say").asText(null));
    assertThat(judged.accurate()).isEqualTo(wanted.path("right").asBoolean());
    assertThat(judged.lenientAnswer()).isEqualTo(wanted.path("lenient").asText(null));
    assertThat(judged.accurateLenient()).isEqualTo(wanted.path("lenientRight").asBoolean());
    assertThat(judged.answerTags())
        .isEqualTo(wanted.path("answers").asInt(wanted.has("say") ? 1 : 0));
    TaggedText.Span description = scored.parse().description();
    assertThat(description == null ? null : description.of(attempt.text()))
        .isEqualTo(wanted.path("description").asText(null));
    for (String design : PAPER) {
      assertThat(scored(design, attempt).judgement().wellFormed())
          .as("format of " + design)
          .isEqualTo(wellFormed(design, wanted));
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void judgesTheDescription(JsonNode line) {
    JsonNode wanted = line.path("expect");
    Attempt attempt = attempt(line);
    Judgement judged = scored("perception_facts", attempt).judgement();
    if (attempt.item().shown() == null) {
      assertThat(judged.descriptionStatus()).isNull();
      assertThat(judged.perception()).isNull();
      assertThat(judged.selfConsistency()).isNull();
      return;
    }
    assertThat(judged.descriptionStatus()).isEqualTo(wanted.path("D").asText("missing"));
    assertThat(judged.perception()).isEqualTo(wanted.path("P").asBoolean());
    assertThat(judged.selfConsistency())
        .isEqualTo(wanted.has("S") ? (Boolean) wanted.path("S").asBoolean() : null);
    assertThat(Objects.requireNonNull(judged.facts()))
        .isCloseTo(fraction(wanted.path("facts"), 0), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void paysByThePaper(JsonNode line) {
    JsonNode wanted = line.path("expect");
    Map<String, Double> raw = new TreeMap<>();
    double right = wanted.path("right").asBoolean() ? 1 : 0;
    raw.put("accuracy", right);
    raw.put("graded_answer", fraction(wanted.path("graded"), right));
    raw.put("answer_tag", wanted.has("say") ? 1.0 : 0.0);
    raw.put("tag_sentences(image_description)", sentences(wanted.path("image")));
    for (String tag : List.of("think", "rethink", "visual")) {
      raw.put("tag_sentences(" + tag + ")", sentences(wanted.path(tag)));
    }
    for (String design : PAPER) {
      ScoredCompletion scored = scored(design, attempt(line));
      double total = 0;
      for (ScoredCompletion.TermScore term : scored.terms()) {
        double expected = Objects.requireNonNull(raw.get(term.name()));
        assertThat(Objects.requireNonNull(term.raw()))
            .as(design + " " + term.name())
            .isCloseTo(expected, within(1e-12));
        total += term.weight() * expected;
      }
      assertThat(scored.total()).as(design).isCloseTo(total, within(1e-12));
    }
  }

  /**
   * The shape names the whole elements without visual; visual stands inside think or not at all.
   */
  private static boolean wellFormed(String design, JsonNode wanted) {
    List<Tag> tags = RewardDesign.of(RewardDesigns.byName(design).orElseThrow()).template().tags();
    String asked =
        tags.stream()
            .filter(tag -> tag != Tag.VISUAL)
            .map(Tag::word)
            .collect(Collectors.joining(" "));
    return wanted.path("shape").asText("").equals(asked)
        && wanted.has("visual") == tags.contains(Tag.VISUAL);
  }

  private static ScoredCompletion scored(String design, Attempt attempt) {
    return RewardDesign.of(RewardDesigns.byName(design).orElseThrow()).score(attempt);
  }

  private static Attempt attempt(JsonNode line) {
    JsonNode item = ITEMS.path(line.path("item").asText());
    AnswerType type =
        switch (item.path("answerType").asText()) {
          case "integer" -> AnswerType.INTEGER;
          case "time" -> AnswerType.TIME;
          case "text" -> AnswerType.WORD;
          default -> throw new IllegalArgumentException(item.toString());
        };
    RewardItem.Shown shown = null;
    if (item.has("scene")) {
      ConfiguredFamily family = PuzzleFamilies.configure(item.path("family").asText(), Map.of());
      Map<String, Object> scene = new LinkedHashMap<>();
      item.path("scene").properties().forEach(e -> scene.put(e.getKey(), e.getValue().asText()));
      Map<String, String> parameters = new TreeMap<>();
      item.path("question")
          .path("params")
          .properties()
          .forEach(e -> parameters.put(e.getKey(), e.getValue().asText()));
      shown =
          new RewardItem.Shown(
              family,
              family.readScene(scene),
              new Question(item.path("question").path("kind").asText(), parameters));
    }
    return Attempt.of(
        new RewardItem(item.path("answer").asText(), type, shown),
        line.path("completion").asText());
  }

  /** tanh(U) - tanh(D) of {@code [U, D]}. */
  private static double sentences(JsonNode counts) {
    return Math.tanh(counts.path(0).asInt()) - Math.tanh(counts.path(1).asInt());
  }

  /** A number, or "39/40". */
  private static double fraction(JsonNode node, double byDefault) {
    if (!node.isTextual()) {
      return node.asDouble(byDefault);
    }
    String[] parts = node.asText().split("/", -1);
    return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = OddCompletionsTest.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }
}
