package dev.sightline.triton.policy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An exported folder on the server's machine.
 *
 * @param files SHA-256 by path inside the folder
 */
public record ExportResult(String directory, SortedMap<String, String> files) {
  public ExportResult {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Reads a job's result bytes. */
  public static ExportResult read(byte[] json) {
    JsonFields root = JsonFields.parse(json, "export result");
    Map<String, String> files = root.texts("files");
    return new ExportResult(root.text("directory"), new TreeMap<>(files));
  }
}
