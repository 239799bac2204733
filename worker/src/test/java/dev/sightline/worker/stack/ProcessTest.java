package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void readsAStatLineWhoseCommandHoldsSpacesAndParentheses() {
    String line =
        "4242 (tmux: (a) b) S 1 4242 77 0 -1 4194304 900 0 0 0 1 2 3 4 20 0 1 0 987654 1000 200";

    assertThat(ProcessTable.parse(line)).isEqualTo(new ProcessTable.Stat(4242, 'S', 77, 987654));
  }

  @Test
  void aLivingProcessIsAliveAndAKilledOneIsNot() throws Exception {
    Process process = start("sleep", "1000");
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
    assertThat(identity.isAlive()).isTrue();

    Signals.send("KILL", identity.pid());

    assertThat(Signals.awaitEnd(identity, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void anotherStartTimeOrBootIsAnotherProcess() throws Exception {
    ProcessIdentity real = ProcessIdentity.of(start("sleep", "1000").pid()).orElseThrow();

    assertThat(new ProcessIdentity(real.pid(), real.startTicks() - 1, real.bootId()).isAlive())
        .isFalse();
    assertThat(new ProcessIdentity(real.pid(), real.startTicks(), "another-boot").isAlive())
        .isFalse();
  }

  @Test
  void aRecycledProcessIdIsNeverSignalled() throws Exception {
    Process bystander = start("setsid", "sleep", "1000");
    ProcessIdentity real = awaitSession(bystander.pid());
    ProcessIdentity recorded =
        new ProcessIdentity(real.pid(), real.startTicks() - 5, real.bootId());

    Signals.end(recorded, "KILL", Duration.ofSeconds(1));

    assertThat(real.isAlive()).isTrue();
  }

  @Test
  void whatADeadLeaderLeftInItsSessionIsEnded(@TempDir Path folder) throws Exception {
    Path childFile = folder.resolve("child");
    Process leader =
        start("setsid", "sh", "-c", "sleep 1000 & echo $! > " + childFile + "; sleep 1000");
    ProcessIdentity identity = awaitSession(leader.pid());
    while (!Files.exists(childFile) || Files.size(childFile) == 0) {
      Thread.onSpinWait();
    }
    ProcessIdentity child =
        ProcessIdentity.of(Long.parseLong(Files.readString(childFile).strip())).orElseThrow();
    Signals.send("KILL", identity.pid());
    assertThat(Signals.awaitEnd(identity, Duration.ofSeconds(10))).isTrue();
    assertThat(child.isAlive()).isTrue();

    Signals.endSession(identity);

    assertThat(Signals.awaitEnd(child, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aProcessThatIgnoresTheFirstSignalIsKilled(@TempDir Path folder) throws Exception {
    Path ready = folder.resolve("ready");
    Process stubborn =
        start(
            "setsid",
            "sh",
            "-c",
            "trap '' TERM; touch " + ready + "; while true; do sleep 1; done");
    ProcessIdentity identity = awaitSession(stubborn.pid());
    while (!Files.exists(ready)) {
      Thread.onSpinWait();
    }

    assertThat(Signals.end(identity, "TERM", Duration.ofMillis(300))).isTrue();
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  /** `setsid` needs a moment to open the session; the start time stays the same through exec. */
  private static ProcessIdentity awaitSession(long pid) {
    while (ProcessTable.session(pid).isEmpty()) {
      Thread.onSpinWait();
    }
    return ProcessIdentity.of(pid).orElseThrow();
  }
}
