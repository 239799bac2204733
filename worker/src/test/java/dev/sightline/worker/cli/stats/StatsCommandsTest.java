package dev.sightline.worker.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.worker.cli.CapturedCommandLine;
import dev.sightline.worker.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatsCommandsTest {
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
    int status = run(line + " --json");
    assertThat(status).as(commandLine.error()).isZero();
    return commandLine.json();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  private static String line(String item, String category, long seed, boolean correct) {
    return "{\"item\":\"%s\",\"category\":\"%s\",\"seed\":%d,\"correct\":%s}"
        .formatted(item, category, seed, correct);
  }

  /** Two categories of 20; A alone is right on 6 of the first, B alone on 1 of the second. */
  private void writeArms(int seeds) throws IOException {
    List<String> a = new ArrayList<>();
    List<String> b = new ArrayList<>();
    for (long seed = 0; seed < seeds; seed++) {
      for (int i = 0; i < 20; i++) {
        a.add(line("i" + i, "clock", seed, i < 10));
        b.add(line("i" + i, "clock", seed, i < 4));
        a.add(line("i" + i, "maze", seed, i < 5 + seed % 2));
        b.add(line("i" + i, "maze", seed, i < 6));
      }
    }
    Files.write(folder.resolve("a.jsonl"), a);
    Files.write(folder.resolve("b.jsonl"), b);
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }

  @Test
  void oneSeedIsComparedByMcNemar() throws IOException {
    writeArms(1);
    JsonNode compared = json("stats compare --a @/a.jsonl --b @/b.jsonl");

    assertThat(compared.get("n").asInt()).isEqualTo(40);
    assertThat(compared.get("accuracyA").asDouble()).isCloseTo(0.375, within(1e-12));
    assertThat(compared.get("accuracyB").asDouble()).isCloseTo(0.25, within(1e-12));
    assertThat(compared.get("difference").asDouble()).isCloseTo(0.125, within(1e-12));
    // scipy: binomtest(15, 40).proportion_ci(method="wilson")
    assertThat(doubles(compared.get("wilsonA")).getFirst()).isCloseTo(0.2422298, within(1e-6));
    assertThat(doubles(compared.get("wilsonA")).getLast()).isCloseTo(0.5296756, within(1e-6));
    assertThat(compared.get("mcnemar").get("b").asInt()).isEqualTo(6);
    assertThat(compared.get("mcnemar").get("c").asInt()).isEqualTo(1);
    assertThat(compared.get("mcnemar").get("p").asDouble()).isCloseTo(0.125, within(1e-12));
    JsonNode clock = compared.get("byCategory").get("clock");
    assertThat(clock.get("difference").asDouble()).isCloseTo(0.3, within(1e-12));
    assertThat(clock.get("mcnemar").get("p").asDouble()).isCloseTo(0.03125, within(1e-12));
    assertThat(compared.get("holm").get("clock").asDouble()).isCloseTo(0.0625, within(1e-12));
    assertThat(compared.get("holm").get("maze").asDouble()).isEqualTo(1);
    assertThat(doubles(compared.get("differenceInterval"))).hasSize(2);
    assertThat(compared.get("verdict").asText()).contains("1 seed, conditional on this run");
  }

  @Test
  void severalSeedsHaveNoMcNemar() throws IOException {
    writeArms(3);
    JsonNode compared = json("stats compare --a @/a.jsonl --b @/b.jsonl");

    assertThat(compared.get("mcnemar").isNull()).isTrue();
    assertThat(compared.get("mcnemarReason").asText()).contains("3 seeds");
    assertThat(compared.get("mcnemarBySeed")).hasSize(3);
    assertThat(compared.get("mcnemarBySeed").get(1).get("seed").asInt()).isEqualTo(1);
    assertThat(compared.get("mcnemarBySeed").get(1).get("c").asInt()).isZero();
    // Seven items with sums 3 (six) and -2 (one): only all six the same way come as far.
    assertThat(compared.get("itemSignFlip").asDouble()).isCloseTo(4.0 / 128, within(1e-12));
    assertThat(doubles(compared.get("differenceBySeed"))).hasSize(3);
    assertThat(compared.get("seedTest").asDouble()).isPositive();
    assertThat(compared.get("intervalMethod").asText()).isEqualTo("t over seeds");
    assertThat(compared.get("verdict").asText()).contains("3 seeds, fewer than 5");
  }

  @Test
  void fiveSeedsHaveAVerdictUnlessSomeAreMissing() throws IOException {
    writeArms(5);
    assertThat(json("stats compare --a @/a.jsonl --b @/b.jsonl").get("verdict").asText())
        .isEqualTo("better");
    assertThat(json("stats compare --a @/b.jsonl --b @/a.jsonl").get("verdict").asText())
        .isEqualTo("worse");
    assertThat(
            json("stats compare --a @/a.jsonl --b @/b.jsonl --delta 0.5").get("verdict").asText())
        .isEqualTo("equivalent");
    assertThat(
            json("stats compare --a @/a.jsonl --b @/b.jsonl --planned-seeds 6")
                .get("verdict")
                .asText())
        .isEqualTo("no verdict: incomplete, 5 of 6 planned seeds");
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl --planned-seeds 4"))
        .isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void equivalenceIsTestedWhereADeltaIsNamed() throws IOException {
    writeArms(5);
    JsonNode compared = json("stats compare --a @/a.jsonl --b @/b.jsonl --delta 0.5");
    assertThat(compared.get("equivalence").get("p").asDouble()).isBetween(0.0, 0.001);
    assertThat(json("stats compare --a @/a.jsonl --b @/b.jsonl").has("equivalence")).isFalse();
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl --delta 0.01")).isZero();
    assertThat(commandLine.out()).contains("equivalence (two one-sided");
  }

  /** Ten items of one scene are one draw: the interval is wider than that of ten scenes. */
  @Test
  void itemsOfOneClusterAreDrawnTogether() throws IOException {
    List<String> apart = new ArrayList<>();
    List<String> together = new ArrayList<>();
    List<String> none = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String row = line("i" + i, "x", 0, i < 50);
      apart.add(row);
      together.add(row.replace("}", ",\"cluster\":\"c" + i / 10 + "\"}"));
      none.add(line("i" + i, "x", 0, false).replace("}", ",\"cluster\":\"c" + i / 10 + "\"}"));
    }
    Files.write(folder.resolve("together.jsonl"), together);
    Files.write(folder.resolve("none.jsonl"), none);
    JsonNode wide = json("stats compare --a @/together.jsonl --b @/none.jsonl");
    assertThat(doubles(wide.get("differenceInterval")).getFirst()).isBetween(0.15, 0.25);

    Files.write(folder.resolve("apart.jsonl"), apart);
    assertThat(run("stats compare --a @/apart.jsonl --b @/none.jsonl"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("is in clusters i0 and c0; give it the same cluster everywhere");
  }

  @Test
  void unequalCategoriesWeighEqually() throws IOException {
    write(
        "a.jsonl",
        line("1", "x", 0, true),
        line("2", "x", 0, true),
        line("3", "x", 0, true),
        line("1", "y", 0, false));
    write(
        "b.jsonl",
        line("1", "x", 0, false),
        line("2", "x", 0, false),
        line("3", "x", 0, false),
        line("1", "y", 0, false));
    JsonNode compared = json("stats compare --a @/a.jsonl --b @/b.jsonl");

    assertThat(compared.get("difference").asDouble()).isEqualTo(0.5);
    assertThat(compared.get("byCategory").get("y").get("differenceInterval").isNull()).isTrue();
    assertThat(compared.get("notes").get(0).asText()).contains("weigh categories equally");
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl")).isZero();
    assertThat(commandLine.out()).contains("verdict: no verdict on designs");
  }

  @Test
  void missingAndDoublePairsAreListed() throws IOException {
    write("a.jsonl", line("1", "x", 0, true), line("2", "x", 0, true));
    write("b.jsonl", line("1", "x", 0, true), line("3", "x", 0, true));
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("b.jsonl: (x/2, seed 0) is missing; give every item with every seed once")
        .contains("a.jsonl: (x/3, seed 0) is missing; give")
        .hasLineCount(2);

    write("b.jsonl", line("1", "x", 0, true), line("2", "x", 0, true), line("1", "x", 0, false));
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl --json"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error())
        .contains("b.jsonl:3: item: (x/1, seed 0) stands on line 1 too; keep one of them")
        .hasLineCount(1);
    assertThat(commandLine.out()).contains("\"valid\" : false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"item\":\"1\" | 2: is no JSON",
        "[1] | 2: is no JSON object",
        "{\"category\":\"x\",\"seed\":0,\"correct\":true} | 2: item: is missing; give a text",
        "{\"item\":\"2\",\"category\":\" \",\"seed\":0,\"correct\":true} | 2: category: \" \" is no use",
        "{\"item\":\"2\",\"category\":\"x\",\"seed\":\"a\",\"correct\":true} | 2: seed: \"a\" is no use here",
        "{\"item\":\"2\",\"category\":\"x\",\"seed\":0,\"correct\":0.5} | 2: correct: 0.5 is no use here; give true or false",
      })
  void aBadLineIsNamed(String bad, String message) throws IOException {
    write("a.jsonl", line("1", "x", 0, true), bad);
    write("b.jsonl", line("1", "x", 0, true), "");
    assertThat(run("stats compare --a @/a.jsonl --b @/b.jsonl")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("a.jsonl:" + message).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare --a @/none --b @/none | none: no such file",
        "compare --a @/none | Missing required option: '--b=FILE'",
        "compare --a @/none --b @/none --confidence 95 | --confidence: 95.0 is no use; give a rate",
        "compare --a @/none --b @/none --resamples 5 | --resamples: 5 is no use; give 100 to",
        "power --items 0 | --items: 0 is no use; give 1 to 1000000",
        "power --difference 5.56 | --difference: 5.56 is no use; give a rate between 0 and 1 (0.0556",
        "power --power 0.01 | --power: 0.01 is no use; give more than the level",
        "tables @/none | none: no such file",
      })
  void badInputIsOneLineAndStatusTwo(String line, String message) {
    assertThat(run("stats " + line)).as(commandLine.error()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains(message).hasLineCount(1);
  }

  @Test
  void powerSaysWhatADifferenceNeeds() throws IOException {
    JsonNode power = json("stats power --items 900 --seeds 5 --difference 0.0556");
    assertThat(power.get("smallestSignFlip").asDouble()).isEqualTo(0.0625);
    assertThat(power.get("byItems")).hasSize(3);
    JsonNode row = power.get("byItems").get(1);
    assertThat(row.get("discordance").asDouble()).isEqualTo(0.2);
    assertThat(row.get("smallestDifference").asDouble()).isCloseTo(0.0417, within(0.0001));
    assertThat(row.get("itemsForDifference").asInt()).isEqualTo(506);
    assertThat(power.get("bySeeds").get(2).get("seedsForDifference").asInt()).isEqualTo(7);

    JsonNode small =
        json("stats power --items 10 --seeds 1 --discordance 0.05 --seed-sd 0.03 --difference 0.1");
    assertThat(small.get("byItems").get(0).get("smallestDifference").isNull()).isTrue();
    assertThat(small.get("byItems").get(0).get("itemsForDifference").isNull()).isTrue();
    assertThat(small.get("bySeeds").get(0).get("powerOfDifference").isNull()).isTrue();
    assertThat(run("stats power")).isZero();
  }

  @Test
  void groupsAskForACommand() {
    assertThat(run("stats")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("compare", "power", "tables");
  }
}
