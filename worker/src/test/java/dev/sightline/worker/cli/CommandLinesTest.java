package dev.sightline.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class CommandLinesTest {
  @RegisterExtension private final CapturedCommandLine commandLine = new CapturedCommandLine();

  @TempDir private Path home = Path.of("unset");

  @Test
  void anUnknownOptionIsOneLineAndStatusTwo() {
    int status = commandLine.run("up", "--frobnicate");

    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("--frobnicate")
        .contains("sightline up --help")
        .hasLineCount(1);
  }

  @Test
  void noCommandShowsTheHelpAndIsBadInput() {
    assertThat(commandLine.run()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("Examples:")
        .contains("doctor")
        .doesNotContain("supervise");
  }

  @Test
  void globalOptionsStandBeforeOrAfterTheCommand() {
    assertThat(commandLine.run("--home", home.toString(), "down")).isZero();
    assertThat(commandLine.out()).contains("nothing was running in " + home);
    assertThat(commandLine.run("down", "--home", home.toString(), "--json")).isZero();
    assertThat(commandLine.out()).contains("\"ran\" : false");
  }

  @Test
  void aBadThreadCountNamesTheOption() {
    int status = commandLine.run("--home", home.toString(), "up", "--threads", "0");

    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("--threads: 0 is too few");
    assertThat(Files.exists(home.resolve("run"))).isFalse();
  }

  @Test
  void doctorSaysThatNothingRuns() {
    commandLine.run("--home", home.toString(), "doctor");

    assertThat(commandLine.out()).contains("not running").contains("jdk");
  }

  @Test
  void badSpecsAreBadInputAndOtherFailuresAreNot() {
    assertThat(ExitStatus.of(FailureType.INVALID_SPEC)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ExitStatus.of(FailureType.SPACE_EXHAUSTED)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ExitStatus.of(FailureType.STAGE_FAILED)).isEqualTo(ExitStatus.FAILED);
  }
}
