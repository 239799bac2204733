package dev.sightline.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;

  @TempDir private Path home = Path.of("unset");

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  @Test
  void anUnknownOptionIsOneLineAndStatusTwo() {
    int status = CommandLines.execute("up", "--frobnicate");

    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(error()).contains("--frobnicate").contains("sightline up --help").hasLineCount(1);
  }

  @Test
  void noCommandShowsTheHelpAndIsBadInput() {
    assertThat(CommandLines.execute()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(error()).contains("Examples:").contains("doctor").doesNotContain("supervise");
  }

  @Test
  void globalOptionsStandBeforeOrAfterTheCommand() {
    assertThat(CommandLines.execute("--home", home.toString(), "down")).isZero();
    assertThat(CommandLines.execute("down", "--home", home.toString(), "--json")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("nothing was running in " + home)
        .contains("\"ran\" : false");
  }

  @Test
  void aBadThreadCountNamesTheOption() {
    int status = CommandLines.execute("--home", home.toString(), "up", "--threads", "0");

    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(error()).contains("--threads: 0 is too few");
    assertThat(Files.exists(home.resolve("run"))).isFalse();
  }

  @Test
  void doctorSaysThatNothingRuns() {
    CommandLines.execute("--home", home.toString(), "doctor");

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("not running").contains("jdk");
  }

  @Test
  void badSpecsAreBadInputAndOtherFailuresAreNot() {
    assertThat(ExitStatus.of(FailureType.INVALID_SPEC)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ExitStatus.of(FailureType.SPACE_EXHAUSTED)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ExitStatus.of(FailureType.STAGE_FAILED)).isEqualTo(ExitStatus.FAILED);
  }

  private String error() {
    return error.toString(StandardCharsets.UTF_8);
  }
}
