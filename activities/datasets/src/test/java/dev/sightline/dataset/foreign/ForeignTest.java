package dev.sightline.dataset.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.Origin;
import dev.sightline.dataset.generation.FolderVerification;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.render.PalettePng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items written by hand in the published form. */
final class ForeignTest {
  private static final String KIWI =
      "{\"image\":\"images/rotting_kiwi/rotting_kiwi_%04d.jpg\",\"question\":\"A 3 x 3 grid\","
          + "\"options\":[\"3\",\"6\",\"2\",\"1\"],\"answer\":\"%s\",\"solution\":{\"ids\":{},"
          + "\"timestep\":{\"minute_0\":[[2,1,1],[0,0,1],[0,0,0]],\"minute_1\":\"secret\"}}}";

  @TempDir private Path folder = Path.of("unset");

  private Path file(String name, String... lines) throws IOException {
    Path file = folder.resolve("theirs").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    return file;
  }

  @Test
  void bothSolversSolveAndDisagreementsAreNamed() throws IOException {
    Path file =
        file(
            "mixed.jsonl",
            KIWI.formatted(1, "3"),
            "",
            KIWI.formatted(2, "2"),
            "{\"image\": 3",
            "{}");

    ForeignSolving.Outcome outcome =
        ForeignSolving.solve(ForeignFormat.ALGOPUZZLEVQA, List.of(file));

    assertThat(outcome.toMap())
        .containsExactly(
            java.util.Map.entry("checked", 4),
            java.util.Map.entry("agree", 1),
            java.util.Map.entry(
                "disagree", List.of("rotting_kiwi_0002", "mixed.jsonl:4", "mixed.jsonl:5")));
    assertThat(outcome.disagreeing().getFirst().problem())
        .contains("theirs is 2, our solvers say 3 and 3");
    assertThat(outcome.disagreeing().get(1).place()).isEqualTo(file + ":4");
  }

  @Test
  void anItemThatLacksAFieldIsNoEndOfTheOthers() throws IOException {
    String lame = KIWI.formatted(1, "3").replace("minute_0", "minute_9");
    Path file = file("rotting_kiwi.json", lame, KIWI.formatted(2, "3"));

    ForeignSolving.Outcome outcome =
        ForeignSolving.solve(ForeignFormat.ALGOPUZZLEVQA, List.of(file));

    assertThat(outcome.disagreeing()).hasSize(1);
    assertThat(outcome.disagreeing().getFirst().problem().orElseThrow())
        .startsWith("cannot be read: ");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(
            () -> ForeignSolving.solve(ForeignFormat.PUZZLEVQA, List.of(folder.resolve("no.json"))))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("no.json: no such file; name JSON Lines files or a folder");
    assertThatThrownBy(() -> ForeignSolving.solve(ForeignFormat.PUZZLEVQA, List.of(empty)))
        .hasMessageContaining("holds no .json or .jsonl file");
    Path binary = folder.resolve("binary.json");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> ForeignSolving.solve(ForeignFormat.PUZZLEVQA, List.of(binary)))
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void theirItemsBecomeOurs() throws IOException {
    file(
        "data/rotting_kiwi.json",
        KIWI.formatted(1, "3"),
        KIWI.formatted(2, "2"),
        KIWI.formatted(3, "3").replace("[2,1,1]", "[1,1,2]").replace("[0,0,1]", "[1,0,0]"));
    byte[] picture = PalettePng.encode(new int[] {1, 2, 3, 4}, 2, 2);
    Path image = folder.resolve("theirs/images/rotting_kiwi/rotting_kiwi_0001.jpg");
    Files.createDirectories(image.getParent());
    Files.write(image, picture);
    Path out = folder.resolve("ours");

    ForeignImport.Outcome outcome =
        ForeignImport.run(
            ForeignFormat.ALGOPUZZLEVQA,
            folder.resolve("theirs"),
            out,
            new ImageSize(84, 84),
            Progress.NONE);

    assertThat(outcome.items()).isEqualTo(2);
    assertThat(outcome.pictures()).isEqualTo(1);
    assertThat(outcome.left()).hasSize(1);
    assertThat(outcome.left().getFirst().reason()).contains("their answer is 2");
    DatasetFolder opened = DatasetFolder.open(out);
    assertThat(FolderVerification.verify(opened, 1, Progress.NONE)).isEmpty();
    List<DatasetItem> items = new ArrayList<>();
    opened.forEach(items::add);
    assertThat(items)
        .extracting(DatasetItem::id)
        .containsExactly(
            "rotting_kiwi/algopuzzlevqa-rotting_kiwi_0001",
            "rotting_kiwi/algopuzzlevqa-rotting_kiwi_0003");
    DatasetItem first = items.getFirst();
    assertThat(first.textTwin()).contains("RFF");
    assertThat(first.answer()).isEqualTo("3");
    assertThat(first.choices()).isNotNull();
    Origin origin = opened.origin(first).orElseThrow();
    assertThat(origin.question()).isEqualTo("A 3 x 3 grid");
    assertThat(origin.original().orElseThrow().ending()).isEqualTo(".png");
    assertThat(opened.original(origin)).contains(picture);
    assertThat(opened.picture(first).orElseThrow()).isNotEqualTo(picture);
  }

  @Test
  void nothingIsNotImported() throws IOException {
    file("other.json", "{\"image\":\"images/sudoku/sudoku_1.jpg\"}");

    assertThatThrownBy(
            () ->
                ForeignImport.run(
                    ForeignFormat.ALGOPUZZLEVQA,
                    folder.resolve("theirs"),
                    folder.resolve("ours"),
                    new ImageSize(84, 84),
                    Progress.NONE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("none of 1 items came in")
        .hasMessageContaining("neither image nor file name tells the family");
    assertThat(folder.resolve("ours")).doesNotExist();
  }
}
