package dev.sightline.worker.cli.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

final class RewardCommandsTest {
  private static final String CLOCK =
      """
      "answer":"5:33","answerType":"time","family":"clock",\
      "question":{"kind":"in","params":{"hours":2,"minutes":8}},"scene":{"hour":"3","minute":"25"}\
      """;

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

  private List<JsonNode> score(String options, String... lines) throws IOException {
    Files.write(folder.resolve("in.jsonl"), List.of(lines));
    int status = run("reward score --in @/in.jsonl " + options);
    assertThat(status).as(commandLine.error()).isZero();
    List<JsonNode> results = new ArrayList<>();
    for (String line : commandLine.out().lines().toList()) {
      results.add(new JsonMapper().readTree(line));
    }
    return results;
  }

  private String refused(String options, String... lines) throws IOException {
    Files.write(folder.resolve("in.jsonl"), List.of(lines));
    assertThat(run("reward score --in @/in.jsonl " + options)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.out()).isEmpty();
    return commandLine.error();
  }

  private static String line(String id, String completion, String rest) {
    return "{\"id\":\"%s\",\"completion\":\"%s\",%s}".formatted(id, completion, rest);
  }

  @Test
  void scoresByTheMixtureOfThePaper() throws IOException {
    JsonNode result =
        score(
                "--design mixture",
                line(
                    "a",
                    "<image description>One. Two.</image description><think>So.</think>"
                        + "<rethink>Yes. Yes.</rethink><answer>8</answer>",
                    "\"answer\":7,\"answerType\":\"integer\""))
            .getFirst();
    assertThat(result.path("id").asText()).isEqualTo("a");
    assertThat(result.path("total").asDouble())
        .isCloseTo(0.06 * Math.tanh(2) + 0.06 * Math.tanh(1), within(1e-12));
    JsonNode think = result.path("terms").path("tag_sentences(think)");
    assertThat(think.path("raw").asDouble()).isCloseTo(Math.tanh(1), within(1e-12));
    assertThat(think.path("weight").asDouble()).isEqualTo(0.06);
    assertThat(result.path("A").asBoolean()).isFalse();
    for (String absent : List.of("D", "P", "Q", "S")) {
      assertThat(result.path(absent).isNull()).as(absent).isTrue();
      assertThat(result.path("reason").path(absent).asText()).as(absent).isNotEmpty();
    }
    assertThat(result.path("parsed").path("wellFormed").asBoolean()).isTrue();
    assertThat(result.path("parsed").path("strict").asText()).isEqualTo("8");
  }

  @Test
  void judgesDescriptionsOfKnownScenes() throws IOException {
    List<JsonNode> results =
        score(
            "--design perception_facts",
            line("1", "<description>hour: 3; minute: 25</description><answer>5:33</answer>", CLOCK),
            line(
                "2", "<description>hour: 9; minute: 25</description><answer>11:33</answer>", CLOCK),
            line("3", "<answer>5:33</answer>", CLOCK + ",\"mode\":\"text\""));
    assertThat(results.get(0).path("P").asBoolean()).isTrue();
    assertThat(results.get(0).path("total").asDouble()).isEqualTo(1);
    assertThat(results.get(1).path("D").asText()).isEqualTo("complete");
    assertThat(results.get(1).path("P").asBoolean()).isFalse();
    assertThat(results.get(1).path("S").asBoolean()).isTrue();
    assertThat(results.get(1).path("facts").asDouble()).isEqualTo(0.5);
    JsonNode facts = results.get(2).path("terms").path("perception_facts");
    assertThat(facts.path("raw").isNull()).isTrue();
    assertThat(facts.path("reason").asText()).contains("text twin");
    assertThat(results.get(2).path("A").asBoolean()).isTrue();
  }

  @Test
  void keepsOrderAndHalvesOfCharacters() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(
          line(
              "" + i,
              "<answer>\\ud83d" + i + "</answer>",
              "\"answer\":\"x\",\"answerType\":\"text\""));
    }
    List<JsonNode> results = score("--design only_accuracy", lines.toArray(String[]::new));
    for (int i = 0; i < 500; i++) {
      assertThat(results.get(i).path("id").asText()).isEqualTo("" + i);
      assertThat(results.get(i).path("parsed").path("strict").asText()).isEqualTo("\ud83d" + i);
    }
  }

  @Test
  void readsLenientlyWhereAsked() throws IOException {
    String rest = "\"answer\":\"7\",\"answerType\":\"integer\"";
    List<JsonNode> results =
        score(
            "--design only_accuracy --lenient",
            line("1", "So it is 7.", rest),
            line("2", "So it is 7.", rest + ",\"reader\":\"strict\""));
    assertThat(results.get(0).path("total").asDouble()).isEqualTo(1);
    assertThat(results.get(0).path("A").asBoolean()).isTrue();
    assertThat(results.get(1).path("total").asDouble()).isZero();
  }

  @Test
  void takesADesignOfOnesOwnAndWritesAFile() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        name: own
        template: answer
        terms:
          - {term: accuracy, weight: 2.0}
          - {term: length_only, weight: -1.0, settings: {limit: 100, unit: tokens}}
        """);
    String rest = "\"answer\":\"7\",\"answerType\":\"integer\"";
    Files.writeString(
        folder.resolve("in.jsonl"),
        line("1", "<answer>7</answer>", rest + ",\"tokens\":50") + "\n");
    assertThat(run("reward score --design @/own.yaml --in @/in.jsonl --out @/out.jsonl --json"))
        .as(commandLine.error())
        .isZero();
    assertThat(commandLine.json().path("meanReward").asDouble()).isEqualTo(1.5);
    assertThat(new JsonMapper().readTree(folder.resolve("out.jsonl").toFile()).path("total"))
        .hasToString("1.5");

    assertThat(refused("--design @/own.yaml --out @/none.jsonl", line("1", "", rest)))
        .contains("in.jsonl:1: tokens: is missing, and length_only of own needs it; ");
    assertThat(folder.resolve("none.jsonl")).doesNotExist();
    assertThat(folder.resolve("none.jsonl.making")).doesNotExist();
  }

  @Test
  void namesLineFieldAndFix() throws IOException {
    String rest = "\"answer\":\"7\",\"answerType\":\"integer\"";
    String good = line("1", "7", rest);
    assertThat(
            refused(
                "--design vanilla",
                good,
                "nonsense",
                "[1]",
                "{\"id\":\"2\"}",
                line("3", "", "\"answer\":\"four\",\"answerType\":\"integer\""),
                line("4", "", "\"answer\":\"4\",\"answerType\":\"number\""),
                line("5", "", rest + ",\"mode\":\"picture\""),
                line("6", "", rest + ",\"step\":-1"),
                line("7", "", rest + ",\"family\":\"chess\""),
                line("8", "", rest + ",\"scene\":{\"hour\":\"3\"}"),
                line("9", "", CLOCK.replace("\"25\"", "\"x\"")),
                line("10", "", CLOCK.replace("hours", "days"))))
        .contains("in.jsonl:2: is no JSON (")
        .contains("in.jsonl:3: is no JSON object; ")
        .contains("in.jsonl:4: completion: is missing; give a text")
        .contains("in.jsonl:5: answer: 'four' is no integer; ")
        .contains("in.jsonl:6: answerType: \"number\" is no use here; give text, integer or time")
        .contains("in.jsonl:7: mode: ")
        .contains("in.jsonl:8: step: -1 is no use here; give a whole number from 0")
        .contains("in.jsonl:9: family: \"chess\" is no use here; give one of ")
        .contains("in.jsonl:10: family: is missing beside scene; ")
        .contains("in.jsonl:11: scene: ")
        .contains("in.jsonl:12: question: question 'in' has no parameter hours; ");
    assertThat(refused("--design perception_facts", good))
        .contains("in.jsonl:1: scene: is missing, and perception_facts of perception_facts needs");
    assertThat(refused("--design nope", good))
        .contains("--design: there is no design 'nope'; use ");
    assertThat(refused("--design vanilla", "")).contains("in.jsonl: holds no line; ");
    Files.writeString(
        folder.resolve("bad.yaml"), "name: bad\nterms:\n  - {term: acuracy, weight: 1}\n");
    assertThat(refused("--design @/bad.yaml", good)).contains("bad.yaml:3: ").contains("acuracy");
    assertThat(run("reward score --design vanilla --in @/missing.jsonl"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("missing.jsonl: no such file; ");
    Files.write(folder.resolve("latin.jsonl"), new byte[] {'{', (byte) 0xfc, '}'});
    assertThat(run("reward score --design vanilla --in @/latin.jsonl"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(commandLine.error()).contains("latin.jsonl:1: is not UTF-8 text");
  }

  @Test
  void listsDesignsTermsAndTemplates() throws IOException {
    assertThat(run("reward list --json")).isZero();
    JsonNode list = commandLine.json();
    assertThat(list.path("designs").findValuesAsText("name"))
        .contains("vanilla", "mixture", "perception_curriculum", "tag_sentences(think)");
    assertThat(list.path("terms").findValuesAsText("name")).contains("accuracy", "overlong");
    assertThat(list.path("templates").toString()).contains("probe");
    assertThat(run("reward list")).isZero();
    assertThat(commandLine.out())
        .contains("= 0.1 tag_sentences(think) + 0.9 accuracy")
        .contains("asks for image_description, think, rethink, answer");
  }
}
