package dev.sightline.worker.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.triton.TritonEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyPoolTest {
  @Test
  void withoutAListTheOneAddressIsThePool() {
    assertThat(PolicyPool.members(" ", "127.0.0.1:8001"))
        .containsExactlyEntriesOf(
            java.util.Map.of(
                "local", new PolicyPool.Member(new TritonEndpoint("127.0.0.1", 8001), 1)));
  }

  @Test
  void aListNamesEachServerAndItsPlaces() {
    assertThat(PolicyPool.members("gpu2=b.example:8001*3, gpu1=10.0.0.5:9000", "unused:1"))
        .containsOnlyKeys("gpu1", "gpu2")
        .containsEntry("gpu1", new PolicyPool.Member(new TritonEndpoint("10.0.0.5", 9000), 1))
        .containsEntry("gpu2", new PolicyPool.Member(new TritonEndpoint("b.example", 8001), 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpu1",
        "gpu1=host",
        "gpu1=host:0",
        "=host:1",
        "GPU=host:1",
        "a=h:1*0",
        "a=h:1,,b=h:2"
      })
  void whatIsNoServerIsNamed(String list) {
    assertThatThrownBy(() -> PolicyPool.members(list, "unused:1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameStandsForOneServer() {
    assertThatThrownBy(() -> PolicyPool.members("a=h:1,a=h:2", "unused:1"))
        .hasMessageContaining("names a twice");
  }
}
