package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.reward.Advantages.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Our advantages against the formulas of TRL and verl (src/test/python/trainers), which live.py
 * holds against the trainers' own code.
 */
class AdvantageGoldenTest {
  private final JsonNode golden = read();

  private static JsonNode read() {
    try (InputStream stream = AdvantageGoldenTest.class.getResourceAsStream("advantages.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int g = 0; g < matrix.length; g++) {
      matrix[g] = new double[rows.get(g).size()];
      for (int i = 0; i < matrix[g].length; i++) {
        matrix[g][i] = rows.get(g).get(i).asDouble();
      }
    }
    return matrix;
  }

  private static StepRewards rewards(JsonNode one) {
    TestRewards.Term[] terms = new TestRewards.Term[one.path("terms").size()];
    for (int t = 0; t < terms.length; t++) {
      JsonNode term = one.path("terms").get(t);
      terms[t] =
          new TestRewards.Term(
              term.path("name").asText(),
              term.path("weight").asDouble(),
              matrix(term.path("values")));
    }
    return TestRewards.of(terms);
  }

  private static double[][] ours(AdvantageKind kind, JsonNode trainer, JsonNode one) {
    return Advantages.of(
        new Rule(kind, trainer.path("epsilon").asDouble(), trainer.path("ddof").asInt()),
        rewards(one));
  }

  private static void same(String what, double[][] ours, double[][] theirs, double factor) {
    assertThat(ours.length).isEqualTo(theirs.length).isPositive();
    for (int g = 0; g < ours.length; g++) {
      for (int i = 0; i < ours[g].length; i++) {
        assertThat(ours[g][i])
            .as("%s, group %d, completion %d", what, g, i)
            .isCloseTo(theirs[g][i] * factor, within(1e-9 * Math.max(1, Math.abs(theirs[g][i]))));
      }
    }
  }

  @Test
  void trl() {
    assertThat(golden.path("cases").size()).isEqualTo(7);
    for (JsonNode one : golden.path("cases")) {
      for (AdvantageKind kind : AdvantageKind.values()) {
        if (kind != AdvantageKind.RLOO) { // TRL has it in another trainer, with other rewards.
          same(
              one.path("name").asText() + ", " + kind.wireName(),
              ours(kind, golden.path("trl"), one),
              matrix(one.path("trl").path(kind.wireName())),
              1);
        }
      }
    }
  }

  @Test
  void verl() {
    for (JsonNode one : golden.path("cases")) {
      for (AdvantageKind kind : AdvantageKind.values()) {
        if (kind != AdvantageKind.BATCH_NORMALISED) { // verl has none of this form.
          same(
              one.path("name").asText() + ", " + kind.wireName(),
              ours(kind, golden.path("verl"), one),
              matrix(one.path("verl").path(kind.wireName())),
              kind == AdvantageKind.GDPO ? insideTheRoot(one) : 1);
        }
      }
    }
  }

  /** verl whitens by sqrt(variance + 1e-8), we by deviation + epsilon: one factor for the step. */
  private double insideTheRoot(JsonNode one) {
    double deviation = one.path("verlDeviation").asDouble();
    double theirs =
        Math.sqrt(deviation * deviation + golden.path("verl").path("whiteningEpsilon").asDouble());
    return theirs / (deviation + golden.path("verl").path("epsilon").asDouble());
  }

  @Test
  void theVersionsAreRecorded() {
    assertThat(golden.path("trl").path("version").asText()).isEqualTo("1.16.0");
    assertThat(golden.path("verl").path("version").asText()).isEqualTo("0.9.1");
  }
}
