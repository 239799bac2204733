package dev.sightline.worker.cli.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.activity.Catalog;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.generation.PlanReader;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.DatasetPlan.Part;
import dev.sightline.puzzle.dataset.DatasetPresets;
import dev.sightline.worker.cli.experiment.SpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Option;

/** What a data set is to hold: a file, or options. */
final class PlanOptions {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})(?:x([0-9]{1,4}))?");

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description =
          "YAML: seed, imageSize, and parts with family, config, levels, counts; or an experiment"
              + " file, whose data set is made.")
  private @Nullable Path spec;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "A data set that has a name: clock-3k, diverse-8k, gold-9x100.")
  private @Nullable String preset;

  @Option(names = "--family", split = ",", paramLabel = "F", description = "Families, or \"all\".")
  private List<String> families = List.of();

  @Option(
      names = "--level",
      split = ",",
      paramLabel = "L",
      description = "Levels, 1 to 5; counts are spread over them (default: as they fall).")
  private List<Integer> levels = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Training items of each family (with --split: items of all splits).")
  private @Nullable Integer count;

  @Option(
      names = "--split",
      paramLabel = "TRAIN/DEV/TEST",
      description = "Items of each split and family, such as 800/100/100.")
  private @Nullable String split;

  @Option(names = "--seed", paramLabel = "S", description = "Default: 0.")
  private @Nullable Long seed;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "SIDE or WIDTHxHEIGHT (default: 448).")
  private @Nullable String imageSize;

  @Option(
      names = "--config",
      paramLabel = "KEY=VALUE",
      description = "A key of the family's configuration; again for more.")
  private Map<String, String> config = Map.of();

  @Option(
      names = "--rendering",
      paramLabel = "HOW",
      description = "plain or varied (palette, lines, fonts, ground vary by item).")
  private @Nullable String rendering;

  @Option(names = "--text-only", description = "Draw no pictures.")
  private boolean textOnly;

  @Option(
      names = "--avoid",
      paramLabel = "DIR",
      description = "No training or dev item shows a scene of this data set (an imported one).")
  private List<Path> avoid = List.of();

  /**
   * The plan that the options mean.
   *
   * @throws SightlineException INVALID_REQUEST naming option, problem and fix
   */
  DatasetPlan plan() {
    DatasetPlan plan = spec == null ? ofOptions() : ofFile(spec);
    if (textOnly) {
      plan = new DatasetPlan(plan.parts(), ImageSize.NONE, plan.seed(), plan.avoid());
    }
    if (avoid.isEmpty()) {
      return plan;
    }
    SortedSet<Digest> keys = new TreeSet<>();
    for (Path folder : avoid) {
      DatasetFolder.open(folder).forEach(item -> keys.add(item.canonicalKey()));
    }
    return plan.avoiding(keys);
  }

  private DatasetPlan ofOptions() {
    ImageSize size = imageSize(imageSize == null ? "448" : imageSize);
    if (preset != null) {
      return new DatasetPlan(ofPreset(preset), size, seed == null ? 0 : seed);
    }
    if (families.isEmpty()) {
      throw bad("--family: is missing; name one or more, a --preset, or a file by --spec");
    }
    List<String> named =
        families.equals(List.of("all")) ? dev.sightline.puzzle.PuzzleFamilies.names() : families;
    Map<String, Object> shared = new TreeMap<>();
    config.forEach((key, value) -> shared.put(key, value(value)));
    if (rendering != null) {
      shared.put("rendering", rendering);
    }
    Counts counts = counts();
    List<Part> parts = new ArrayList<>();
    for (String family : named) {
      try {
        parts.add(new Part(family, shared, levels, counts));
      } catch (IllegalArgumentException e) {
        throw bad("--level: " + e.getMessage());
      }
    }
    return new DatasetPlan(parts, size, seed == null ? 0 : seed);
  }

  private List<Part> ofPreset(String name) {
    if (!families.isEmpty()
        || !levels.isEmpty()
        || count != null
        || split != null
        || !config.isEmpty()
        || rendering != null) {
      throw bad("--preset: it says what is in it; leave out all but --seed and --image-size");
    }
    return DatasetPresets.byName(name)
        .orElseThrow(
            () -> bad("--preset: no preset '" + name + "'; use one of " + DatasetPresets.names()));
  }

  private Counts counts() {
    if (split == null) {
      if (count == null || count < 1) {
        throw bad("--count: is missing or below 1; say how many items, or --split 800/100/100");
      }
      return new Counts(count, 0, 0);
    }
    Matcher numbers = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})/([0-9]{1,9})").matcher(split);
    if (!numbers.matches()) {
      throw bad("--split: '" + split + "' is not TRAIN/DEV/TEST; write such as 800/100/100");
    }
    Counts counts =
        new Counts(
            Integer.parseInt(numbers.group(1)),
            Integer.parseInt(numbers.group(2)),
            Integer.parseInt(numbers.group(3)));
    if (count != null && count != counts.total()) {
      throw bad(
          "--count: " + count + " items, but --split gives " + counts.total() + "; leave one out");
    }
    return counts;
  }

  private DatasetPlan ofFile(Path file) {
    if (preset != null
        || !families.isEmpty()
        || !levels.isEmpty()
        || count != null
        || split != null
        || seed != null
        || imageSize != null
        || !config.isEmpty()
        || rendering != null) {
      throw bad("--spec: the file says all; leave the other options out, or the file");
    }
    Map<?, ?> map = yaml(file);
    if (map.containsKey("arms") && map.containsKey("dataset")) {
      return switch (SpecFile.read(file)) {
        case SpecFile.Valid valid -> Catalog.datasetPlan(valid.spec());
        case SpecFile.Wrong wrong -> throw bad(String.join("\n", wrong.lines()));
      };
    }
    try {
      return PlanReader.read(map);
    } catch (IllegalArgumentException e) {
      throw bad(file + ": " + e.getMessage());
    }
  }

  private static Map<?, ?> yaml(Path file) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      if (tree instanceof Map<?, ?> map) {
        return map;
      }
      throw bad(file + ": holds no fields; write family, counts and seed");
    } catch (YAMLException e) {
      throw bad(file + ": is not YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    } catch (IOException e) {
      throw bad(file + ": cannot be read; name a YAML file");
    }
  }

  /** JSON where it is JSON, else text: 4, true, [3, 8], one-or-more. */
  private static Object value(String text) {
    try {
      Object value = JsonMapper.builder().build().readValue(text, Object.class);
      return value == null ? text : value;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  static ImageSize imageSize(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw bad("--image-size: '" + text + "' is not a size; write 448 or 448x336");
    }
    int width = Integer.parseInt(size.group(1));
    return new ImageSize(width, size.group(2) == null ? width : Integer.parseInt(size.group(2)));
  }

  private static SightlineException bad(String message) {
    return new SightlineException(FailureType.INVALID_REQUEST, message);
  }
}
