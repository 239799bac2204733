package dev.sightline.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExportsTest {
  @TempDir private Path folder = Path.of("unset");

  private Path write(ExportFormat format, String name, boolean pictures) {
    Path out = folder.resolve(name);
    List<ExportItem> items = ExportItems.some(25, 10, pictures);

    assertThat(Exports.write(format, items.iterator(), pictures, out, "My Clocks!")).isEqualTo(35);

    return out;
  }

  private static TreeMap<String, Digest> digests(Path out) throws IOException {
    TreeMap<String, Digest> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(out.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void equalItemsGiveEqualBytes(ExportFormat format) throws IOException {
    Path one = write(format, "one", true);
    TreeMap<String, Digest> first = digests(one);
    Files.move(one, folder.resolve("before"));

    assertThat(digests(write(format, "one", true))).isEqualTo(first).isNotEmpty();
    assertThat(folder.resolve("one.part")).doesNotExist();
  }

  @Test
  void whatLiesThereIsNotTouched() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "x");

    assertThatThrownBy(
            () ->
                Exports.write(
                    ExportFormat.JSONL, ExportItems.some(1, 0, true).iterator(), true, folder, "n"))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining(folder + ": is not empty; name a folder");
    assertThatThrownBy(
            () ->
                Exports.write(
                    ExportFormat.JSONL,
                    ExportItems.some(1, 0, true).iterator(),
                    true,
                    folder.resolve("mine.txt"),
                    "n"))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("is a file; name a folder");
    assertThat(folder.resolve("mine.txt")).hasContent("x");
  }

  @Test
  void aBrokenExportLeavesNoFolder() {
    List<ExportItem> items = ExportItems.some(2, 0, false);

    assertThatThrownBy(
            () ->
                Exports.write(
                    ExportFormat.PARQUET, items.iterator(), true, folder.resolve("out"), "n"))
        .hasMessageContaining("has no picture");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** By datasets, pyarrow, pandas, webdataset and lmms-eval, in one process. */
  @Test
  void theRealReadersReadAllOfThem() throws Exception {
    Path groups = folder.resolve("groups");
    try (ParquetWriter writer =
        new ParquetWriter(groups, true, new ParquetWriter.Bounds(4800, 1900))) {
      for (ExportItem item : ExportItems.some(25, 10, true)) {
        writer.add(item);
      }
    }
    assertThat(groups.resolve("data/train-00001-of-00003.parquet")).isRegularFile();
    Path tables = write(ExportFormat.VLMEVAL, "vlmeval", true);

    assertThat(
            Readers.read(
                "parquet " + write(ExportFormat.PARQUET, "parquet", true),
                "parquet " + write(ExportFormat.PARQUET, "text", false),
                "groups " + groups,
                "jsonl " + write(ExportFormat.JSONL, "jsonl", true),
                "vlmeval " + tables.resolve("my_clocks_MCQ.tsv"),
                "vlmeval " + tables.resolve("my_clocks_VQA.tsv"),
                "webdataset " + write(ExportFormat.WEBDATASET, "tar", true),
                "lmms-eval " + write(ExportFormat.LMMS_EVAL, "task", true) + " my_clocks"))
        .containsExactly(
            "test 10 train 25 image=PngImageFile 60x60 blue=3"
                + " options=['1:15', '2:05', 'NA', 'null'] [] id=clock.1/train-2",
            "test 10 train 25 options=['1:15', '2:05', 'NA', 'null'] [] id=clock.1/train-2",
            "25 rows in 3 files, 5 groups",
            "test 10 train 25 image=PngImageFile 60x60 id=clock.1/train-2 question=ok",
            "18 rows, columns A B C D, png 60x60, answers B, question=ok",
            "35 rows, columns , png 60x60, answers 0:05, question=ok",
            "25 samples, png 60x60, id=clock.1/train-2 key=clock_1-train-2 question=ok",
            "my_clocks_test 10 docs 1.0 0.0; my_clocks_test_options 5 docs 1.0 0.0;"
                + " visual 60x60 RGB");
  }

  @Test
  void shardsAreBounded() throws IOException {
    try (WebDatasetWriter writer = new WebDatasetWriter(folder, 6000)) {
      for (ExportItem item : ExportItems.some(25, 10, true)) {
        writer.add(item);
      }
    }

    try (Stream<Path> shards = Files.list(folder)) {
      List<Path> files = shards.sorted().toList();
      assertThat(files).hasSizeGreaterThan(5);
      assertThat(files.getFirst()).hasFileName("test-000000.tar");
      assertThat(files).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(10_000));
    }
  }
}
