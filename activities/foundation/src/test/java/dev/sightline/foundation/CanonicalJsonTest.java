package dev.sightline.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonTest {
  private static final Path GOLDEN = Path.of("../../deploy/triton/golden");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same vectors as the Python side's, so that both name the same bytes. */
  static Stream<JsonNode> vectors() throws IOException {
    List<JsonNode> all =
        JSON.readTree(GOLDEN.resolve("canonical.json").toFile())
            .path("values")
            .valueStream()
            .toList();
    assertThat(all).hasSizeGreaterThan(20);
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void writesWhatPythonWrites(JsonNode vector) {
    Object input = JSON.convertValue(vector.get("input"), Object.class);
    assertThat(CanonicalJson.text(input)).isEqualTo(vector.get("canonical").asText());
    assertThat(Digest.ofCanonical(input).hex()).isEqualTo(vector.get("sha256").asText());
  }

  @Test
  void sortsKeysByUtf16UnitsAndDropsWhiteSpace() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, 2.5, "x"));
    map.put("\u20ac", null);
    map.put("a", true);
    assertThat(CanonicalJson.text(map))
        .isEqualTo("{\"a\":true,\"b\":[1,2.5,\"x\"],\"\u20ac\":null}");
  }

  @Test
  void refusesWhatHasNoExactNumber() {
    assertThatThrownBy(() -> CanonicalJson.text(Double.NaN)).hasMessageContaining("no JSON form");
    assertThatThrownBy(() -> CanonicalJson.text((1L << 53) + 1))
        .hasMessageContaining("as a string");
  }

  @Property
  void everyDoubleReadsBack(@ForAll double value) {
    assertThat(Double.parseDouble(CanonicalJson.text(value)) == value).isTrue();
  }
}
