package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SightlineException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void takesThePreferredPortsWhenTheyAreFree() {
    Ports ports = Ports.choose(Map.of(), port -> true);

    assertThat(ports.byName()).isEqualTo(Ports.preferred());
  }

  @Test
  void aBusyPortGivesTheNextFreeOneThatNoOtherPartWants() {
    Set<Integer> busy = Set.of(8000, 8233);

    Ports ports = Ports.choose(Map.of(), port -> !busy.contains(port));

    assertThat(ports.of("triton-http")).isEqualTo(8003);
    assertThat(ports.of("triton-grpc")).isEqualTo(8001);
    assertThat(ports.of("temporal-ui")).isEqualTo(8234);
    assertThat(new HashSet<>(ports.byName().values())).hasSize(Ports.preferred().size());
  }

  @Test
  void aRecordedPortIsKept() {
    Ports ports = Ports.choose(Map.of("postgres", 6000), port -> true);

    assertThat(ports.of("postgres")).isEqualTo(6000);
  }

  @Test
  void noFreePortIsOneSentence() {
    assertThatThrownBy(() -> Ports.choose(Map.of(), port -> false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("no free port for")
        .hasMessageContaining("stop what listens there");
  }

  @Test
  void seesWhetherSomethingListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(Ports.isFree(port)).isFalse();
    }
    assertThat(Ports.isFree(port)).isTrue();
  }
}
