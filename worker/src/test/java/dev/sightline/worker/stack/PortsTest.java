package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SightlineException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aPortThatALivingSupervisorClaimsIsNotOffered(@TempDir Path folder) throws Exception {
    Process other = new ProcessBuilder("sleep", "1000").start();
    try {
      PortClaims.Claim living =
          new PortClaims.Claim(ProcessIdentity.of(other.pid()).orElseThrow(), List.of(7233));
      PortClaims.Claim dead =
          new PortClaims.Claim(new ProcessIdentity(other.pid(), 1, "boot"), List.of(5433));
      RunFiles.write(
          folder.resolve("port-claims.json"), new PortClaims.Claims(List.of(living, dead)));

      Ports ports =
          PortClaims.choose(folder, claimed -> Ports.choose(Map.of(), port -> !claimed.test(port)));

      assertThat(ports.of("temporal")).isEqualTo(7234);
      assertThat(ports.of("postgres")).isEqualTo(5433);
      assertThat(RunFiles.read(folder.resolve("port-claims.json"), PortClaims.Claims.class))
          .hasValueSatisfying(
              claims ->
                  assertThat(claims.claims())
                      .extracting(PortClaims.Claim::supervisor)
                      .containsExactly(living.supervisor(), ProcessIdentity.ofCurrent()));
    } finally {
      other.destroyForcibly();
    }
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
