package dev.sightline.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.FreshHome;
import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandsTest {
  @RegisterExtension private final CapturedCommandLine commandLine = new CapturedCommandLine();

  private static final Path HELP = Path.of("src/test/resources/help");

  @TempDir private Path home = Path.of("unset");

  private int run(String line) {
    String[] words = ("--home " + home + " " + line).split(" ");
    return commandLine.run(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan experiment.yaml --json",
        "submit experiment.yaml --wait",
        "submit experiment.yaml --name nightly-20260101",
        "status",
        "status demo-0123456789ab --json",
        "status --limit 3",
        "watch demo-0123456789ab",
        "report demo-0123456789ab --out here",
        "export run/demo-0123456789ab/a/1 --to here --layout peft --json",
        "pause demo-0123456789ab",
        "resume demo-0123456789ab train/a/1",
        "retry demo-0123456789ab --reason again",
        "extend demo-0123456789ab train/a/1 --attempts 5",
        "skip demo-0123456789ab train/a/1 --reason diverged",
        "reset run/demo-0123456789ab/a/1 --round 2 --dry-run",
        "reset ablation/demo-0123456789ab --stage train/a/1",
        "abort run/demo-0123456789ab/a/1",
        "artifacts verify demo-0123456789ab --rebuild --json",
        "quickstart --exit --fresh --file experiment.yaml --threads 2 --home /nowhere",
      })
  void everyFormIsUnderstood(String line) {
    CommandLine.ParseResult parsed =
        CommandLines.commands(new SightlineCommand()).parseArgs(line.split(" "));

    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(line.split(" ")[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "submit",
        "watch",
        "report",
        "pause",
        "skip --reason x",
        "reset --round 1"
      })
  void whatIsMissingIsNamed(String line) {
    assertThat(run(line)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("Missing required parameter").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit ../deploy/experiments/smoke.yaml",
        "status",
        "watch demo",
        "report demo",
        "pause demo",
        "resume demo",
        "retry demo",
        "extend demo --attempts 2",
        "skip demo",
        "reset run/demo/a/1 --round 1",
        "abort demo",
        "artifacts verify demo"
      })
  void withoutAStackTheFixIsNamed(String line) {
    assertThat(run(line)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("no stack runs in " + home + "; run `deploy/sightline up` first")
        .hasLineCount(1);
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpuSeconds=0 | gpuSeconds=0; take one of gpuSeconds, wallSeconds",
        "gpu=5 | gpu=5; take one of gpuSeconds",
        "tokens=5 --budget gpuSeconds=5 | raise one at a time",
      })
  void aWrongBudgetIsOneLine(String budget, String words) {
    assertThat(run("extend demo --budget " + budget)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("--budget: ", words).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan none.yaml", "submit none.yaml", "quickstart --file none.yaml"})
  void aMissingFileIsOneLineAndStartsNothing(String line) {
    assertThat(run(line)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("none.yaml: no such file; ").hasLineCount(1);
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "submit", "quickstart --file"})
  void aWrongFileGivesEveryProblemAndStartsNothing(String command) throws IOException {
    Path file = Files.createTempFile("wrong", ".yaml");
    Files.writeString(file, "name: demo\nseeds: none\nnonsense: 1\n");

    assertThat(run(command + " " + file)).isEqualTo(ExitStatus.BAD_INPUT);

    assertThat(commandLine.error().lines())
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.startsWith(file + ":") && line.contains("; "));
    assertThat(home).isEmptyDirectory();
    Files.delete(file);
  }

  @Test
  void aPlanAsJsonIsOneDocument() {
    assertThat(run("plan ../deploy/experiments/smoke.yaml --json")).isZero();

    assertThat(commandLine.out())
        .startsWith("{")
        .contains("\"minimumDetectableEffect\"", "\"experiment\" : \"smoke-");
    assertThat(commandLine.error()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "perception"})
  void whatThisVersionCannotTrainIsPlannedAndNotSubmitted(String name) {
    String file = "../deploy/experiments/" + name + ".yaml";
    assertThat(run("plan " + file)).isZero();
    assertThat(commandLine.out())
        .contains("GPU hours", "Cannot be submitted yet", "Warning: a difference of 5.56 points")
        .contains("a sign-flip test over 5 seeds can give no p below 0.0625");

    assertThat(run("submit " + file)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("qwen2.5-vl-7b needs its weights; name their folder in policy.folder.path")
        .hasLineCount(1);
    assertThat(home).isEmptyDirectory();
  }

  /** After a wanted change: {@code -Dtest.arguments=-Dsightline.golden.write=true}. */
  @Test
  void theHelpIsAsCommitted() throws IOException {
    CommandLine root = CommandLines.commands(new SightlineCommand());
    Map<String, CommandLine> commands = new TreeMap<>(root.getSubcommands());
    root.getSubcommands()
        .forEach(
            (group, command) ->
                command
                    .getSubcommands()
                    .forEach((name, inner) -> commands.put(group + "-" + name, inner)));
    commands.put("sightline", root);
    commands.values().removeIf(command -> command.getCommandSpec().usageMessage().hidden());
    for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
      Path file = HELP.resolve(command.getKey() + ".txt");
      String help = command.getValue().getUsageMessage(CommandLine.Help.Ansi.OFF);
      if (Boolean.getBoolean("sightline.golden.write")) {
        Files.createDirectories(HELP);
        Files.writeString(file, help);
      }
      assertThat(help).isEqualTo(Files.readString(file)).contains("Example");
      assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }
  }

  @Test
  void helpLoadsNeitherMicronautNorThePoolNorTemporal() throws Exception {
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sightline.worker.Main",
                "--help")
            .redirectErrorStream(true)
            .start();
    String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(help.waitFor()).isZero();
    assertThat(text).contains("dev.sightline.worker.cli.PlanCommand ", "Usage: sightline");
    assertThat(text)
        .doesNotContain(" io.micronaut.", " com.zaxxer.hikari.", " io.temporal.", " io.grpc.");
  }

  @Test
  void anExperimentsIdStandsForItsAblation() {
    assertThat(Ablations.workflowId("demo-1")).isEqualTo("ablation/demo-1");
    assertThat(Ablations.workflowId("run/demo-1/a/1")).isEqualTo("run/demo-1/a/1");
    assertThat(Ablations.experimentId("ablation/demo-1")).isEqualTo("demo-1");
  }

  @Test
  void aFreshHomeLosesOnlyWhatSightlineMade() throws IOException {
    List<String> ours = List.of("run", "data/postgres", "artifacts/ab", "reports", "logs");
    for (String name : ours) {
      Files.createDirectories(home.resolve(name));
      Files.writeString(home.resolve(name).resolve("file"), "x");
    }
    Files.writeString(home.resolve("notes.txt"), "mine");
    Files.createDirectories(home.resolve("thesis"));

    boolean cleared =
        FreshHome.clear(
            new LocalStack(new StackHome(home)), new Output(System.out, System.err, false), false);

    assertThat(cleared).isTrue();
    assertThat(home.toFile().list()).containsExactlyInAnyOrder("notes.txt", "thesis");
  }
}
