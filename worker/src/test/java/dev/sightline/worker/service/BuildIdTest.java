package dev.sightline.worker.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildIdTest {
  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    write("sightline-worker.jar", "worker");
    write("lib/sightline-spec.jar", "spec");
    write("lib/temporal-sdk-1.0.jar", "sdk");
    write("plugins/mine.jar", "mine");
  }

  @Test
  void theSameFilesElsewhereGiveTheSameId(@TempDir Path elsewhere) throws IOException {
    String here = id();
    write(elsewhere, "sightline-worker.jar", "worker");
    write(elsewhere, "lib/sightline-spec.jar", "spec");
    write(elsewhere, "lib/temporal-sdk-1.0.jar", "sdk");
    write(elsewhere, "plugins/mine.jar", "mine");

    assertThat(id(elsewhere)).isEqualTo(here).matches("[0-9a-f]{12}");
  }

  @Test
  void anyChangeOfOursOrOfAPlugInGivesAnother() throws IOException {
    String before = id();
    write("lib/sightline-spec.jar", "Spec");
    String changedSpec = id();
    write("plugins/mine.jar", "MINE");

    assertThat(changedSpec).isNotEqualTo(before);
    assertThat(id()).isNotEqualTo(changedSpec).isNotEqualTo(before);
  }

  @Test
  void anotherVersionOfALibraryGivesAnother() throws IOException {
    String before = id();
    Files.move(
        folder.resolve("lib/temporal-sdk-1.0.jar"), folder.resolve("lib/temporal-sdk-2.jar"));

    assertThat(id()).isNotEqualTo(before);
  }

  @Test
  void aFolderOfClassesCountsByContentAndAMissingEntryNotAtAll() throws IOException {
    write("classes/A.class", "a");
    String before = BuildId.of(folder.resolve("classes").toString(), ":");
    String withMissing = BuildId.of(folder.resolve("classes") + ":" + folder.resolve("no"), ":");
    write("classes/A.class", "b");

    assertThat(withMissing).isEqualTo(before);
    assertThat(BuildId.of(folder.resolve("classes").toString(), ":")).isNotEqualTo(before);
  }

  private String id() {
    return id(folder);
  }

  private static String id(Path folder) {
    return BuildId.of(
        folder.resolve("sightline-worker.jar") + ":" + folder.resolve("plugins/mine.jar"), ":");
  }

  private void write(String name, String text) throws IOException {
    write(folder, name, text);
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
