package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers of scipy and of brute force, written by src/test/python/golden.py. */
class GoldenTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private final JsonNode golden = read();

  private static JsonNode read() {
    try (InputStream stream = GoldenTest.class.getResourceAsStream("golden.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode cases(String name) {
    JsonNode cases = golden.path(name);
    assertThat(cases.size()).as(name).isPositive();
    return cases;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  @Test
  void wilson() {
    for (JsonNode c : cases("wilson")) {
      Interval interval =
          Intervals.wilson(
              c.path("k").asInt(), c.path("n").asInt(), c.path("confidence").asDouble());
      assertThat(interval.low()).isCloseTo(c.path("low").asDouble(), CLOSE);
      assertThat(interval.high()).isCloseTo(c.path("high").asDouble(), CLOSE);
    }
  }

  @Test
  void mcNemar() {
    for (JsonNode c : cases("mcnemar")) {
      assertThat(PairedTests.mcNemar(c.path("b").asInt(), c.path("c").asInt()))
          .isCloseTo(c.path("p").asDouble(), CLOSE);
    }
  }

  @Test
  void studentT() {
    for (JsonNode c : cases("t")) {
      double[] values = doubles(c.path("values"));
      Interval interval = Intervals.studentT(values, c.path("confidence").asDouble());
      assertThat(interval.low()).isCloseTo(c.path("low").asDouble(), CLOSE);
      assertThat(interval.high()).isCloseTo(c.path("high").asDouble(), CLOSE);
      assertThat(PairedTests.studentT(values)).isCloseTo(c.path("p").asDouble(), CLOSE);
    }
  }

  @Test
  void signFlip() {
    for (JsonNode c : cases("signFlip")) {
      assertThat(PairedTests.signFlip(doubles(c.path("values"))))
          .isCloseTo(c.path("p").asDouble(), CLOSE);
    }
  }

  @Test
  void power() {
    for (JsonNode c : cases("power")) {
      assertThat(Power.studentPower(c.path("effect").asDouble(), c.path("n").asInt(), 0.05))
          .isCloseTo(c.path("power").asDouble(), within(1e-5));
    }
  }

  @Test
  void passAtK() {
    for (JsonNode c : cases("passAtK")) {
      assertThat(PassAtK.estimate(c.path("n").asInt(), c.path("c").asInt(), c.path("k").asInt()))
          .isCloseTo(c.path("value").asDouble(), CLOSE);
    }
  }

  @Test
  void adjustments() {
    for (JsonNode c : cases("adjusted")) {
      double[] p = doubles(c.path("p"));
      assertThat(MultipleTests.holm(p, p.length)).containsExactly(doubles(c.path("holm")), CLOSE);
      assertThat(MultipleTests.benjaminiHochberg(p, p.length))
          .containsExactly(doubles(c.path("benjaminiHochberg")), CLOSE);
    }
  }
}
