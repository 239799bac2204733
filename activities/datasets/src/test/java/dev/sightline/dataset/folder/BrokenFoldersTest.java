package dev.sightline.dataset.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.generation.FolderVerification;
import dev.sightline.dataset.generation.LocalGeneration;
import dev.sightline.dataset.generation.Plans;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a data set can be broken is one message that names the file. */
final class BrokenFoldersTest {
  @TempDir private Path folder = Path.of("unset");

  @BeforeEach
  void make() {
    LocalGeneration.run(Plans.small(6, 3, new ImageSize(84, 84)), folder, 1, Progress.NONE);
  }

  private void broken(Path file, String problem) {
    assertThatThrownBy(() -> DatasetFolder.open(folder).forEach(item -> {}))
        .isInstanceOfSatisfying(
            SightlineException.class,
            failure -> assertThat(failure.type()).isEqualTo(FailureType.DATASET_INVALID))
        .hasMessageStartingWith(file + "")
        .hasMessageContaining(problem)
        .hasMessageContaining("; make the data set again");
    assertThat(problems()).anyMatch(text -> text.contains(file.getFileName().toString()));
  }

  /** What verification says, also where the folder does not open. */
  private List<String> problems() {
    try {
      return FolderVerification.verify(DatasetFolder.open(folder), 1, Progress.NONE);
    } catch (SightlineException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private Path train() {
    return folder.resolve("items-train.jsonl");
  }

  private void change(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  @Test
  void aCorruptLine() throws IOException {
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(train()));
    lines.set(2, lines.get(2).substring(0, 40));
    Files.write(train(), lines);

    broken(Path.of(train() + ":3"), "is not a JSON object (line 1, column");
  }

  @Test
  void aLineWithoutAField() throws IOException {
    change(train(), "\"answerType\"", "\"answerKind\"");

    broken(Path.of(train() + ":1"), "field 'answerType' must be a text");
  }

  @Test
  void aFileThatWasCut() throws IOException {
    List<String> lines = Files.readAllLines(train());
    Files.write(train(), lines.subList(0, lines.size() - 2));

    broken(train(), "holds 10 items instead of 12");
  }

  @Test
  void aChangedAnswer() throws IOException {
    change(train(), "\"level\":1", "\"level\":2");

    broken(train(), "was changed: its SHA-256 is not the one in folder.json");
  }

  @Test
  void anItemOfAnotherSplit() throws IOException {
    change(train(), "\"split\":\"train\"", "\"split\":\"test\"");

    broken(Path.of(train() + ":1"), "is an item of test");
  }

  @Test
  void mixedVersions() throws IOException {
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(train()));
    lines.set(1, lines.get(1).replaceFirst("\"familyVersion\":[0-9]+", "\"familyVersion\":99"));
    Files.write(train(), lines);

    broken(Path.of(train() + ":2"), "is of rotting_kiwi version 99, lines before it of version");
  }

  @Test
  void missingFiles() throws IOException {
    Files.delete(train());
    broken(train(), "is missing");
    Files.delete(folder.resolve("manifest.json"));
    broken(folder.resolve("manifest.json"), "is missing");
  }

  @Test
  void aChangedManifest() throws IOException {
    change(folder.resolve("manifest.json"), "\"seed\":\"7\"", "\"seed\":\"8\"");

    broken(folder.resolve("manifest.json"), "was changed");
  }

  @Test
  void anotherVersionOfTheFormat() throws IOException {
    change(folder.resolve("folder.json"), "sightline-folder/1", "sightline-folder/9");

    broken(
        folder.resolve("folder.json"),
        "is of format 'sightline-folder/9', this version reads sightline-folder/1");
  }

  @Test
  void filesOfTwoDataSets() throws IOException {
    Path other = folder.resolveSibling(folder.getFileName() + "-other");
    LocalGeneration.run(Plans.small(5, 3, new ImageSize(84, 84)), other, 1, Progress.NONE);
    byte[] manifest = Files.readAllBytes(other.resolve("manifest.json"));
    Files.write(folder.resolve("manifest.json"), manifest);
    Map<String, Object> index =
        new TreeMap<>(
            dev.sightline.dataset.Json.object(Files.readString(folder.resolve("folder.json"))));
    index.put("manifest", Digest.of(manifest).hex());
    Files.write(folder.resolve("folder.json"), CanonicalJson.bytes(index));
    FolderFiles.remove(other);

    broken(folder.resolve("manifest.json"), "says 10 train items, folder.json says 12");
  }

  @Test
  void aCorruptAndAMissingPicture() throws IOException {
    DatasetFolder opened = DatasetFolder.open(folder);
    List<Path> pictures = new java.util.ArrayList<>();
    opened.forEach(item -> pictures.add(folder.resolve(FolderFiles.picture(item.imageDigest()))));
    Files.writeString(pictures.get(0), "no picture");
    Files.delete(pictures.get(1));

    assertThat(FolderVerification.verify(opened, 1, Progress.NONE))
        .anyMatch(text -> text.contains(pictures.get(0) + ": is corrupt"))
        .anyMatch(text -> text.contains(pictures.get(1) + ": is missing"));
  }

  @Test
  void noDataSetAtAll() {
    assertThatThrownBy(() -> DatasetFolder.open(folder.resolve("nowhere")))
        .isInstanceOf(SightlineException.class)
        .hasMessage(
            folder.resolve("nowhere") + ": holds no data set; name a folder with folder.json");
  }
}
