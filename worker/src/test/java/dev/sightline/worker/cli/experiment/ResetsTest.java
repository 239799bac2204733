package dev.sightline.worker.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResetsTest {
  private final Resets.Point point = new Resets.Point("run/demo-0123/a/1", "5e1f", 22, "round 3");

  @Test
  void theSameResetIsWrittenForTemporalAndForTctl() {
    assertThat(point.temporal("too far"))
        .isEqualTo(
            "temporal workflow reset --workflow-id 'run/demo-0123/a/1' --run-id 5e1f --event-id 22"
                + " --reapply-exclude All --reason 'too far'");
    assertThat(point.tctl("too far"))
        .isEqualTo(
            "tctl workflow reset --workflow_id 'run/demo-0123/a/1' --run_id 5e1f --event_id 22"
                + " --reset_reapply_type None --reason 'too far'");
  }

  @Test
  void aReasonIsOneWordToTheShell() {
    assertThat(point.temporal("it's; rm -rf")).endsWith("--reason 'it'\\''s; rm -rf'");
  }
}
