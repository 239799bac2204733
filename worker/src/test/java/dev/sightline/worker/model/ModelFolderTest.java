package dev.sightline.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFolderTest {
  @TempDir private Path home;

  /** The counts that the model cards and safetensors indexes of the three models state. */
  @ParameterizedTest
  @CsvSource({
    "2048, 11008, 36, 16, 2, 151936, true, 3420, 3754622976",
    "3584, 18944, 28, 28, 4, 152064, false, 3420, 8292166656",
    "8192, 29568, 80, 64, 8, 152064, false, 3456, 73410777344"
  })
  void publishedModelsHaveTheirPublishedParameters(
      int hidden,
      int inner,
      int layers,
      int heads,
      int keyValueHeads,
      int vocabulary,
      boolean tied,
      int visionInner,
      long published)
      throws Exception {
    JsonNode config =
        WrittenFolder.published(
            hidden, inner, layers, heads, keyValueHeads, vocabulary, tied, visionInner);

    ModelFolder folder =
        ModelFolder.read(WrittenFolder.write(home.resolve("model"), config, "BF16", 2, 5));

    assertThat(folder.parameters()).isEqualTo(published);
    assertThat(folder.types()).containsExactly("BF16");
    assertThat(folder.weightBytes()).isGreaterThan(2 * published);
  }

  @Test
  void eachMissingPartIsNamed() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 3);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.delete(folder.resolve("tokenizer_config.json"));
    Files.delete(folder.resolve("model-00002-of-00003.safetensors"));

    assertThatThrownBy(() -> ModelFolder.read(folder))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_REQUEST))
        .hasMessageContaining("lacks tokenizer.json")
        .hasMessageContaining("lacks a chat template")
        .hasMessageContaining("lacks model-00002-of-00003.safetensors")
        .hasMessageContaining("give a complete folder");
  }

  @Test
  void aFileThatWasCutIsNamedWithItsBytes() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 1);
    Path weights = folder.resolve("model.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(file.length() - 1);
    }

    assertThatThrownBy(() -> ModelFolder.read(folder))
        .hasMessageContaining("model.safetensors has")
        .hasMessageContaining("bytes where its header speaks of");
  }

  @Test
  void weightsThatDoNotFitTheConfigurationAreNamed() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 1);
    ObjectNode other = (ObjectNode) WrittenFolder.small();
    Files.writeString(
        folder.resolve("config.json"),
        other.put("num_hidden_layers", 3).put("vocab_size", 501).toString());

    assertThatThrownBy(() -> ModelFolder.read(folder))
        .hasMessageContaining("lacks 12 weights: model.language_model.layers.2.")
        .hasMessageContaining(
            "1 weights do not fit config.json: model.language_model.embed_tokens.weight is"
                + " [500, 64], not [501, 64]");
  }

  @Test
  void anotherArchitectureIsNamed() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 1);
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llava\"}");

    assertThatThrownBy(() -> ModelFolder.read(folder)).hasMessageContaining("of type llava");
  }

  @Test
  void noSafetensorsFileIsNoCrash() throws Exception {
    Path folder = WrittenFolder.write(home.resolve("m"), WrittenFolder.small(), "F32", 4, 1);
    Files.writeString(folder.resolve("model.safetensors"), "version https://git-lfs.example/spec");
    assertThatThrownBy(() -> ModelFolder.read(folder))
        .hasMessageContaining("model.safetensors is not a safetensors file");
    WrittenFolder.file(
        folder.resolve("model.safetensors"),
        new TreeMap<>(java.util.Map.of("x", List.of(1L))),
        "F4",
        1);
    assertThatThrownBy(() -> ModelFolder.read(folder)).hasMessageContaining("type 'F4'");
  }
}
