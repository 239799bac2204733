package dev.sightline.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.workflow.client.SightlineConverter;
import dev.sightline.workflow.client.SightlineConverter.Oversize;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OversizeTest {
  private static final DataConverter STRICT = SightlineConverter.dataConverter(Oversize.REFUSED);

  /** Its JSON has two brackets and two quotes more. */
  private static List<String> message(int bytes) {
    return List.of("x".repeat(bytes - 4));
  }

  @Test
  void aMessageAtTheLimitPassesAndOneByteMoreIsRefusedInTests() {
    assertThat(STRICT.toPayload(message(SightlineConverter.MOST_BYTES))).isPresent();
    assertThatThrownBy(() -> STRICT.toPayload(message(SightlineConverter.MOST_BYTES + 1)))
        .isInstanceOf(DataConverterException.class)
        .hasMessageContaining("a message of 262145 bytes")
        .hasMessageContaining("artifact");
  }

  @Test
  void productionTellsAndGoesOn() {
    assertThat(
            SightlineConverter.dataConverter()
                .toPayload(message(SightlineConverter.MOST_BYTES + 1)))
        .isPresent();
  }
}
