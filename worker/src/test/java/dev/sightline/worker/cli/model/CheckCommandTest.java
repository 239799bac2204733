package dev.sightline.worker.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.worker.cli.CapturedCommandLine;
import dev.sightline.worker.model.WrittenFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @RegisterExtension private final CapturedCommandLine commands = new CapturedCommandLine();

  @TempDir private Path home;

  @Test
  void aSmallModelFits() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 2);

    assertThat(commands.run("model", "check", folder.toString())).isZero();

    assertThat(commands.out()).contains("is complete").contains("It fits");
  }

  @Test
  void aLargeModelDoesNotAndTheSettingsThatDoAreListed() throws Exception {
    JsonNode config = WrittenFolder.published(3584, 18944, 28, 28, 4, 152064, false, 3420);
    Path folder = WrittenFolder.write(home.resolve("m"), config, "BF16", 2, 5);
    String experiment = Path.of("..", "deploy", "experiments", "paper.yaml").toString();

    int status = commands.run("model", "check", folder.toString(), "--spec", experiment, "--json");

    assertThat(status).isEqualTo(1);
    JsonNode answer = commands.json();
    assertThat(answer.path("parameters").path("total").asLong()).isEqualTo(8_292_166_656L);
    assertThat(answer.path("plan").path("fits").asBoolean()).isFalse();
    assertThat(answer.path("savings"))
        .anySatisfy(saving -> assertThat(saving.path("options").asText()).contains("--ranks 4"));

    // Without the experiment's long completions, whose keys and values are most of it.
    int adapter =
        commands.run(
            "model", "check", folder.toString(), "--lora", "16", "--gradient-checkpointing");
    assertThat(adapter).isZero();
  }

  @Test
  void theExperimentsAdapterIsPlannedUnlessAnotherRankIsGiven() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 2);
    String smoke = Files.readString(Path.of("..", "deploy", "experiments", "smoke.yaml"));
    Path experiment = home.resolve("adapter.yaml");
    Files.writeString(experiment, smoke.replaceFirst("(?m)^policy:", "policy:\n  lora: {rank: 3}"));

    assertThat(options(folder, "--spec", experiment.toString())).contains("--lora 3");
    assertThat(options(folder, "--spec", experiment.toString(), "--lora", "5"))
        .contains("--lora 5");
    assertThat(options(folder, "--spec", experiment.toString(), "--lora", "0"))
        .doesNotContain("--lora");
  }

  private String options(Path folder, String... more) throws Exception {
    String[] first = {"model", "check", folder.toString(), "--json"};
    commands.run(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
    return commands.json().path("plan").path("options").asText();
  }

  @Test
  void anIncompleteFolderAndWrongOptionsAreBadInputInOneLine() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 2);
    assertThat(commands.run("model", "check", folder.toString(), "--gpu-memory", "much"))
        .isEqualTo(2);
    assertThat(commands.error()).contains("no size such as 80GiB");
    assertThat(commands.run("model", "check", folder.toString(), "--ranks", "0")).isEqualTo(2);
    assertThat(commands.error()).contains("give a number of GPUs above 0");

    Files.delete(folder.resolve("preprocessor_config.json"));
    assertThat(commands.run("model", "check", folder.toString())).isEqualTo(2);
    assertThat(commands.error().lines()).hasSize(1);
    assertThat(commands.error()).contains("lacks preprocessor_config.json");
  }
}
