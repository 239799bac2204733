package dev.sightline.puzzle.foreign;

import dev.sightline.puzzle.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and checks parsed items of foreign files; a reader never sees what it may not. */
public final class ForeignItems {
  private ForeignItems() {}

  /**
   * What our solvers say to a published item.
   *
   * @param theirs their answer in our form
   * @param ours empty where there is none or more than one
   * @param reference the second solver's
   */
  public record Checked(
      ForeignPuzzle puzzle, String theirs, Optional<String> ours, Optional<String> reference) {
    public boolean agrees() {
      return ours.equals(Optional.of(theirs)) && reference.equals(Optional.of(theirs));
    }
  }

  /**
   * @param item the parsed JSON object of one line
   * @throws IllegalArgumentException naming the field that is missing or odd
   */
  public static ForeignPuzzle read(ForeignFormat format, ForeignReader reader, Map<?, ?> item) {
    Map<?, ?> source =
        switch (format) {
          case ALGOPUZZLEVQA -> Fields.map(item, "solution");
          case PUZZLEVQA -> item;
        };
    return reader.read(Fields.text(item, "question"), only(source, reader.inputs(), ""));
  }

  /** Solves an item with both solvers and compares with its published answer. */
  public static Checked check(ForeignFormat format, ForeignReader reader, Map<?, ?> item) {
    ForeignPuzzle read = read(format, reader, item);
    return new Checked(
        read,
        reader.answer(String.valueOf(item.get("answer"))),
        read.family().answer(read.puzzle()),
        read.family().referenceAnswer(read.puzzle()));
  }

  private static Map<String, Object> only(Map<?, ?> map, Set<String> paths, String prefix) {
    Map<String, Object> kept = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          String path = prefix + key;
          if (value != null && paths.contains(path)) {
            kept.put(String.valueOf(key), value);
          } else if (value instanceof Map<?, ?> inner
              && paths.stream().anyMatch(wanted -> wanted.startsWith(path + "."))) {
            kept.put(String.valueOf(key), only(inner, paths, path + "."));
          }
        });
    return kept;
  }
}
