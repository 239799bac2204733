package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Data sets that have a name; the resource {@code presets.txt} lists their parts. */
public final class DatasetPresets {
  private static final Map<String, List<Part>> PRESETS = read();

  private DatasetPresets() {}

  public static List<String> names() {
    return List.copyOf(PRESETS.keySet());
  }

  /** The parts of a preset. */
  public static Optional<List<Part>> byName(String name) {
    return Optional.ofNullable(PRESETS.get(name));
  }

  private static Map<String, List<Part>> read() {
    Map<String, List<Part>> presets = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DatasetPresets.class.getResourceAsStream("presets.txt")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.strip().split(" +")))
          .forEach(
              words ->
                  presets
                      .computeIfAbsent(words.getFirst(), absent -> new ArrayList<>())
                      .add(part(words)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return presets;
  }

  private static Part part(List<String> words) {
    Map<String, Object> config = new TreeMap<>();
    for (String pair : words.subList(5, words.size())) {
      int equals = pair.indexOf('=');
      config.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Part(
        words.get(1),
        config,
        new Counts(
            Integer.parseInt(words.get(2)),
            Integer.parseInt(words.get(3)),
            Integer.parseInt(words.get(4))));
  }
}
