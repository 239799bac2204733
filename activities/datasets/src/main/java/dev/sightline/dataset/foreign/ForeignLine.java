package dev.sightline.dataset.foreign;

import dev.sightline.puzzle.foreign.ForeignReader;
import java.nio.file.Path;
import java.util.Map;

/**
 * One item of a foreign file.
 *
 * @param id their image's name without its ending, else file name and line
 * @param line counted from 1
 * @param family ours
 * @param item as parsed
 */
public record ForeignLine(
    String id, Path file, int line, String family, ForeignReader reader, Map<String, Object> item) {
  /** File and line, as messages name them. */
  public String place() {
    return file + ":" + line;
  }
}
