package dev.sightline.dataset.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What data sets can be written as. */
public enum ExportFormat {
  /** A folder a split with {@code metadata.jsonl} and PNG files; Hugging Face's imagefolder. */
  JSONL,
  /** Parquet files in Hugging Face's image layout. */
  PARQUET,
  /** TSV files of VLMEvalKit, pictures in base64. */
  VLMEVAL,
  /** Tar shards of {@code id.png} and {@code id.json}. */
  WEBDATASET,
  /** A task folder of lmms-eval over Parquet files. */
  LMMS_EVAL;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ExportFormat> byName(String name) {
    return Arrays.stream(values()).filter(format -> format.wireName().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(ExportFormat::wireName).toList();
  }
}
