package dev.sightline.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A complete folder of a model that the policy server can load.
 *
 * @param types safetensors' types of the stored weights
 * @param weightBytes size of the weights' files
 * @param textParameters elements of all tensors outside the vision tower, a tied output layer once
 * @param visionParameters elements of the vision tower, its projection into the text tower included
 */
public record ModelFolder(
    Path path,
    ModelConfig config,
    SortedSet<String> types,
    long weightBytes,
    long textParameters,
    long visionParameters) {
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final List<String> NEEDED = List.of("tokenizer.json", "preprocessor_config.json");
  private static final int SHOWN = 3;

  public ModelFolder {
    types = new TreeSet<>(types);
  }

  public long parameters() {
    return textParameters + visionParameters;
  }

  /**
   * Reads a folder's configuration and the headers of its weights.
   *
   * @throws SightlineException INVALID_REQUEST that names all that is missing or does not fit
   */
  public static ModelFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw refused(folder, "is not a folder");
    }
    List<String> problems = new ArrayList<>();
    for (String name : NEEDED) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        problems.add("lacks " + name);
      }
    }
    if (!hasTemplate(folder)) {
      problems.add(
          "lacks a chat template (chat_template.jinja, or chat_template in tokenizer_config.json)");
    }
    Weights weights = Weights.read(folder, problems);
    JsonNode json;
    ModelConfig config;
    try {
      json = JsonFile.read(folder.resolve("config.json"));
      String architecture = json.path("model_type").asText("none");
      if (!architecture.equals(ModelConfig.ARCHITECTURE)) {
        throw refused(
            folder,
            "holds a model of type "
                + architecture
                + ", and the plan knows "
                + ModelConfig.ARCHITECTURE
                + " only");
      }
      config = ModelConfig.read(json);
    } catch (IncompleteFolderException e) {
      problems.addFirst(
          Files.exists(folder.resolve("config.json")) ? e.getMessage() : "lacks config.json");
      throw refused(folder, String.join("; ", problems));
    }
    problems.addAll(weights.compare(QwenTensors.expected(config)));
    if (!problems.isEmpty()) {
      throw refused(folder, String.join("; ", problems));
    }
    return weights.folder(folder, config);
  }

  private static boolean hasTemplate(Path folder) {
    if (Files.isRegularFile(folder.resolve("chat_template.jinja"))
        || Files.isRegularFile(folder.resolve("chat_template.json"))) {
      return true;
    }
    try {
      return JsonFile.read(folder.resolve("tokenizer_config.json")).hasNonNull("chat_template");
    } catch (IncompleteFolderException e) {
      return false;
    }
  }

  private static SightlineException refused(Path folder, String why) {
    return new SightlineException(
        FailureType.INVALID_REQUEST,
        "%s %s; give a complete folder in Hugging Face's layout".formatted(folder, why));
  }

  /**
   * The tensors of all weight files by their present names.
   *
   * @param whole that no file is missing or broken
   */
  private record Weights(
      SortedMap<String, SafetensorsHeader.Tensor> tensors, long bytes, boolean whole) {
    static Weights read(Path folder, List<String> problems) {
      int before = problems.size();
      SortedMap<String, SafetensorsHeader.Tensor> tensors = new TreeMap<>();
      long bytes = 0;
      try {
        for (Map.Entry<String, List<String>> shard : shards(folder).entrySet()) {
          Path file = folder.resolve(shard.getKey());
          if (!Files.isRegularFile(file)) {
            problems.add("lacks " + shard.getKey());
            continue;
          }
          try {
            SafetensorsHeader header = SafetensorsHeader.read(file);
            List<String> absent = new ArrayList<>(shard.getValue());
            absent.removeAll(header.tensors().keySet());
            if (!absent.isEmpty()) {
              problems.add(shard.getKey() + " lacks " + some(absent) + ", which the index names");
            }
            header
                .tensors()
                .forEach((name, tensor) -> tensors.put(QwenTensors.present(name), tensor));
            bytes += file.toFile().length();
          } catch (IncompleteFolderException e) {
            problems.add(e.getMessage());
          }
        }
      } catch (IncompleteFolderException e) {
        problems.add(e.getMessage());
      }
      return new Weights(tensors, bytes, problems.size() == before);
    }

    /** Files, and the tensors that the index says they hold. */
    private static SortedMap<String, List<String>> shards(Path folder)
        throws IncompleteFolderException {
      SortedMap<String, List<String>> shards = new TreeMap<>();
      if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
        shards.put(WEIGHTS, List.of());
        return shards;
      }
      if (!Files.isRegularFile(folder.resolve(INDEX))) {
        throw new IncompleteFolderException("lacks " + WEIGHTS + " (or " + INDEX + ")");
      }
      JsonNode map = JsonFile.read(folder.resolve(INDEX)).path("weight_map");
      for (Map.Entry<String, JsonNode> field : map.properties()) {
        String file = field.getValue().asText();
        if (file.isEmpty() || file.contains("/")) {
          throw new IncompleteFolderException(
              INDEX + " names '" + file + "', not a file beside it");
        }
        shards.computeIfAbsent(file, _ -> new ArrayList<>()).add(field.getKey());
      }
      if (shards.isEmpty()) {
        throw new IncompleteFolderException(INDEX + " has no weight_map");
      }
      return shards;
    }

    List<String> compare(SortedMap<String, List<Long>> expected) {
      if (!whole) {
        return List.of();
      }
      List<String> problems = new ArrayList<>();
      List<String> absent = new ArrayList<>();
      List<String> wrong = new ArrayList<>();
      expected.forEach(
          (name, shape) -> {
            SafetensorsHeader.Tensor tensor = tensors.get(name);
            if (tensor == null) {
              absent.add(name);
            } else if (!tensor.shape().equals(shape)) {
              wrong.add("%s is %s, not %s".formatted(name, tensor.shape(), shape));
            }
          });
      if (!absent.isEmpty()) {
        problems.add("lacks " + absent.size() + " weights: " + some(absent));
      }
      if (!wrong.isEmpty()) {
        problems.add(wrong.size() + " weights do not fit config.json: " + some(wrong));
      }
      return problems;
    }

    ModelFolder folder(Path path, ModelConfig config) {
      SortedSet<String> types = new TreeSet<>();
      long text = 0;
      long vision = 0;
      for (String name : QwenTensors.expected(config).keySet()) {
        SafetensorsHeader.Tensor tensor = tensors.get(name);
        if (tensor == null) {
          continue;
        }
        types.add(tensor.type());
        if (QwenTensors.isVision(name)) {
          vision += tensor.elements();
        } else {
          text += tensor.elements();
        }
      }
      return new ModelFolder(path, config, types, bytes, text, vision);
    }

    private static String some(List<String> names) {
      String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
      return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
  }
}
