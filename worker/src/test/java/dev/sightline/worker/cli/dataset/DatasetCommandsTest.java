package dev.sightline.worker.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.worker.cli.CapturedCommandLine;
import dev.sightline.worker.cli.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatasetCommandsTest {
  @RegisterExtension private final CapturedCommandLine commandLine = new CapturedCommandLine();

  @TempDir private Path folder = Path.of("unset");

  /** Runs a line; {@code @} stands for the temporary folder. */
  private int run(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      words.add(word.replace("@", folder.toString()));
    }
    return commandLine.run(words.toArray(String[]::new));
  }

  private JsonNode json(String line) throws IOException {
    assertThat(run(line + " --json")).as(commandLine.error()).isZero();
    return commandLine.json();
  }

  @Test
  void aDataSetFromItsMakingToItsExport() throws IOException {
    JsonNode made =
        json(
            "dataset generate --family rotting_kiwi --config rows=3 --config columns=3 --split"
                + " 8/2/4 --image-size 84 --seed 5 --out @/kiwi");
    assertThat(made.get("items").asInt()).isEqualTo(14);
    assertThat(made.get("verified").asBoolean()).isTrue();

    assertThat(json("dataset verify @/kiwi").get("valid").asBoolean()).isTrue();
    JsonNode shown = json("dataset show @/kiwi rotting_kiwi/test-0 --out @/kiwi.png");
    assertThat(shown.get("answer").asText()).isNotEmpty();
    assertThat(folder.resolve("kiwi.png")).isNotEmptyFile();
    assertThat(json("dataset gallery @/kiwi --out @/kiwi.html").get("items").asInt()).isPositive();
    assertThat(json("dataset export @/kiwi --format parquet --out @/parquet").get("items").asInt())
        .isEqualTo(14);
    assertThat(folder.resolve("parquet/data/test-00000-of-00001.parquet")).isNotEmptyFile();

    assertThat(run("dataset show @/kiwi rotting_kiwi/test-0")).isZero();
    assertThat(commandLine.out()).contains("question:", "answer:", "text twin:", "picture: ");
    assertThat(run("dataset show @/kiwi clock/test-0")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("no item 'clock/test-0'; ids stand in")
        .hasLineCount(1);

    Files.writeString(folder.resolve("kiwi/items-dev.jsonl"), "{}\n");
    assertThat(run("dataset verify @/kiwi")).isEqualTo(ExitStatus.FAILED);
    assertThat(commandLine.error()).contains("items-dev.jsonl:1: field 'id' must be a text");
    assertThat(run("dataset export @/kiwi --format jsonl --out @/jsonl"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(commandLine.error()).contains("items-dev.jsonl:1: ").hasLineCount(1);
    assertThat(folder.resolve("jsonl")).doesNotExist();
  }

  @Test
  void aFileSaysWhatIsWanted() throws IOException {
    Files.writeString(
        folder.resolve("spec.yaml"),
        """
        seed: 3
        imageSize: none
        parts:
          - { family: clock, levels: [1, 3], counts: { train: 6, dev: 2, test: 2 } }
        """);

    assertThat(json("dataset generate --spec @/spec.yaml --out @/clocks").get("items").asInt())
        .isEqualTo(10);
    assertThat(run("dataset generate --spec @/spec.yaml --out @/clocks")).isZero();
    assertThat(commandLine.out()).contains("was finished already");
    assertThat(run("dataset show @/clocks clock.1/test-0 --out @/x.png"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("is a data set of texts; it has no picture");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate --family clock --out @/x | --count: is missing",
        "generate --count 5 --out @/x | --family: is missing",
        "generate --family clok --count 5 --out @/x | family: unknown family 'clok'; use one of",
        "generate --family clock --count 5 --config hands=3 --out @/x | config.hands: unknown field",
        "generate --family clock --level 9 --count 5 --out @/x | level",
        "generate --family clock --split 5/5 --out @/x | --split: '5/5' is not TRAIN/DEV/TEST",
        "generate --family clock --count 5 --split 5/5/5 --out @/x | but --split gives 15",
        "generate --family clock --count 5 --image-size big --out @/x | --image-size: 'big' is not",
        "generate --family clock --count 5 --image-size 20 --out @/x | imageSize: 20 x 20 pixels",
        "generate --family clock --count 5 --threads 0 --out @/x | --threads: 0; use 1 to 1024",
        "generate --preset clock-9k --out @/x | no preset 'clock-9k'; use one of",
        "generate --preset clock-3k --count 5 --out @/x | --preset: it says what is in it",
        "generate --spec @/none.yaml --out @/x | none.yaml: cannot be read",
        "generate --family rotting_kiwi --config rows=2 --config columns=2 --count 90000 --out @/x | use at most",
        "generate --family clock --count 5 | Missing required option: '--out=DIR'",
        "verify @/none | holds no data set; name a folder with folder.json",
        "gallery @/none --out @/g.html | holds no data set",
        "gallery @/none --per-level 0 --out @/g.html | --per-level: 0 is too few",
        "export @/none --format csv --out @/x | --format: no format 'csv'; use one of [jsonl,",
        "export @/none --format jsonl --split all --out @/x | --split: no split 'all'",
        "solve --format vqa @/none.json | --format: no format 'vqa'; use one of [algopuzzlevqa,",
        "solve --format algopuzzlevqa @/none.json | no such file",
        "import --format algopuzzlevqa @/none --out @/x | no such file",
        "families clok | no family 'clok'; use one of",
      })
  void badInputIsOneLineAndStatusTwo(String line, String message) {
    assertThat(run("dataset " + line)).as(commandLine.error()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains(message).hasLineCount(1);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void theBenchmarkPrintsItsNumbers() throws IOException {
    JsonNode rates =
        json("bench puzzles clock --level 1,2 --seconds 0.05 --image-size 112").get("rates");

    assertThat(rates).hasSize(2);
    assertThat(rates.get(0).get("itemsPerSecond").asDouble()).isPositive();
    assertThat(rates.get(0).get("peer").get("itemsPerSecond").asDouble()).isEqualTo(17.3);
    assertThat(run("bench puzzles nothing")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("no family 'nothing'");
    assertThat(run("bench puzzles --level 7")).isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void theStepIsMeasuredAgainstKnownTrainersOnly() {
    assertThat(run("bench step --against verl")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("--against: verl is no known trainer; use trl");
    assertThat(run("bench step --against trl --steps 0")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("--steps: 0; use 1 or more");
    assertThat(run("bench step")).isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void familiesAreListed() throws IOException {
    assertThat(json("dataset families").get("families").size()).isPositive();
    assertThat(run("dataset families rotting_kiwi")).isZero();
    assertThat(commandLine.out()).contains("rotting_kiwi, version", "config", "forms");
  }

  @Test
  void solvingPrintsTheCountsOnOneLine() throws IOException {
    Files.writeString(folder.resolve("odd.json"), "{}\n");

    assertThat(run("dataset solve --format algopuzzlevqa @/odd.json")).isEqualTo(ExitStatus.FAILED);
    assertThat(commandLine.out().strip())
        .isEqualTo("{\"checked\":1,\"agree\":0,\"disagree\":[\"odd.json:1\"]}");
    assertThat(commandLine.error())
        .contains("odd.json:1: neither image nor file name tells the family");
  }

  @Test
  void groupsAskForACommand() {
    assertThat(run("dataset")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run("bench")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("puzzles");
  }

  @Test
  void theProgressBarIsDrawnInPlaceAndOnlyForPeople() {
    assertThat(ProgressBar.line("making items", 1200, 4000, 4))
        .isEqualTo(
            "making items [=========                     ] 1,200 of 4,000  300/s  about 9 s left");
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    try (ProgressBar bar = new ProgressBar(new PrintStream(drawn, true), false)) {
      bar.report("making items", 1, 2);
    }
    assertThat(drawn.size()).isZero();
    try (ProgressBar bar = new ProgressBar(new PrintStream(drawn, true), true)) {
      bar.report("making items", 1, 2);
    }
    assertThat(drawn.toString(StandardCharsets.UTF_8))
        .startsWith("\rmaking items [")
        .endsWith("\r");
  }

  /** The commands must start fast. */
  @Test
  void theyLoadNeitherMicronautNorTemporal() throws Exception {
    Process families =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sightline.worker.Main",
                "dataset",
                "generate",
                "--family",
                "clock",
                "--count",
                "2",
                "--out",
                folder.resolve("d").toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(families.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(families.waitFor())
        .as(text.lines().skip(Math.max(0, text.lines().count() - 5)).toList().toString())
        .isZero();
    assertThat(text)
        .doesNotContain(" io.micronaut.", " com.zaxxer.hikari.", " io.temporal.", " io.grpc.");
  }
}
