package dev.sightline.dataset.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalGenerationTest {
  private static final ImageSize SIZE = new ImageSize(84, 84);

  @TempDir private Path folder = Path.of("unset");

  private static TreeMap<String, Digest> files(Path root) throws IOException {
    TreeMap<String, Digest> digests = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        digests.put(root.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  @Test
  void threadsChangeNoByte() throws IOException {
    DatasetPlan plan = Plans.small(30, 10, SIZE);
    LocalGeneration.run(plan, folder.resolve("one"), 1, Progress.NONE);
    LocalGeneration.run(plan, folder.resolve("three"), 3, Progress.NONE);

    TreeMap<String, Digest> one = files(folder.resolve("one"));
    assertThat(files(folder.resolve("three"))).isEqualTo(one);
    assertThat(one).containsKeys("folder.json", "manifest.json", "items-train.jsonl");
    assertThat(folder.resolve("one").resolve(FolderFiles.MAKING)).doesNotExist();
  }

  @Test
  void whatIsMadeIsWhatThePlanSaysAndVerifies() {
    DatasetPlan plan = Plans.small(30, 10, SIZE);
    LocalGeneration.Made made = LocalGeneration.run(plan, folder, 2, Progress.NONE);
    DatasetFolder opened = DatasetFolder.open(folder);

    assertThat(opened.splits()).containsExactly(Split.TEST, Split.TRAIN);
    assertThat(opened.index().items()).isEqualTo(80);
    assertThat(opened.manifest()).contains(made.manifest());
    assertThat(FolderVerification.verify(opened, 2, Progress.NONE)).isEmpty();
    opened.forEach(
        item ->
            assertThat(Digest.of(opened.picture(item).orElseThrow()))
                .isEqualTo(item.imageDigest()));
  }

  /** The process dies when half of the shards are there; another one ends the work. */
  @Test
  void anInterruptedRunGoesOnToTheSameBytes() throws IOException {
    DatasetPlan plan = Plans.small(30, 10, SIZE);
    LocalGeneration.run(plan, folder.resolve("whole"), 1, Progress.NONE);
    Path broken = folder.resolve("broken");
    IllegalStateException death = new IllegalStateException("killed");
    assertThatThrownBy(
            () ->
                LocalGeneration.run(
                    plan,
                    broken,
                    1,
                    (stage, done, total) -> {
                      if (done == 60) {
                        throw death;
                      }
                    }))
        .isSameAs(death);
    assertThatThrownBy(() -> DatasetFolder.open(broken))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("holds an unfinished data set; run the same command again");

    LocalGeneration.Made made = LocalGeneration.run(plan, broken, 1, Progress.NONE);

    assertThat(made.shardsMade()).isPositive().isLessThan(made.shards());
    assertThat(files(broken)).isEqualTo(files(folder.resolve("whole")));
  }

  @Test
  void aShardThatDoesNotReadIsMadeAgain() throws IOException {
    DatasetPlan plan = Plans.small(30, 10, SIZE);
    LocalGeneration.run(plan, folder.resolve("whole"), 1, Progress.NONE);
    Path broken = folder.resolve("broken");
    assertThatThrownBy(
            () ->
                LocalGeneration.run(
                    plan,
                    broken,
                    1,
                    (stage, done, total) -> {
                      if (stage.equals("writing items")) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    Path shard = broken.resolve(FolderFiles.MAKING).resolve("shards/shard-1.json");
    Files.writeString(shard, Files.readString(shard).substring(0, 1000));

    LocalGeneration.run(plan, broken, 1, Progress.NONE);

    assertThat(files(broken)).isEqualTo(files(folder.resolve("whole")));
  }

  @Test
  void aFinishedDataSetIsFoundAgainAndAnotherIsNotOverwritten() {
    DatasetPlan plan = Plans.small(10, 0, SIZE);
    LocalGeneration.run(plan, folder, 1, Progress.NONE);

    assertThat(LocalGeneration.run(plan, folder, 1, Progress.NONE).shardsMade()).isZero();
    assertThatThrownBy(
            () -> LocalGeneration.run(Plans.small(11, 0, SIZE), folder, 1, Progress.NONE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("holds another data set; name a new folder");
  }

  @Test
  void aForeignFolderIsNotTouched() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "mine");

    assertThatThrownBy(
            () -> LocalGeneration.run(Plans.small(10, 0, SIZE), folder, 1, Progress.NONE))
        .isInstanceOfSatisfying(
            SightlineException.class,
            refused -> assertThat(refused.type()).isEqualTo(FailureType.INVALID_REQUEST))
        .hasMessageContaining("is not empty and holds no data set of ours");
    assertThat(folder.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void aWrongPlanSaysWhatIsWrong() {
    DatasetPlan plan =
        new DatasetPlan(
            "clock", java.util.Map.of("hands", 3), SIZE, new DatasetPlan.Counts(10, 0, 0), 1);

    assertThatThrownBy(() -> LocalGeneration.run(plan, folder.resolve("x"), 1, Progress.NONE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("data set: config.hands: unknown field");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void textsNeedNoPictures() {
    LocalGeneration.run(Plans.small(20, 5, ImageSize.NONE), folder, 1, Progress.NONE);
    DatasetFolder opened = DatasetFolder.open(folder);

    assertThat(folder.resolve("images")).doesNotExist();
    assertThat(opened.index().pictures()).isFalse();
    assertThat(FolderVerification.verify(opened, 1, Progress.NONE)).isEmpty();
    opened.forEach(item -> assertThat(opened.picture(item)).isEmpty());
  }

  @Test
  void theVerifierFindsAStrayPicture() throws IOException {
    LocalGeneration.run(Plans.small(20, 5, SIZE), folder, 1, Progress.NONE);
    Files.createDirectories(folder.resolve("images/00"));
    Files.writeString(folder.resolve("images/00/stray.png"), "x");

    assertThat(FolderVerification.verify(DatasetFolder.open(folder), 1, Progress.NONE))
        .containsExactly("images/00/stray.png: belongs to no item; remove it");
  }

  /** A forger who puts all digests of the folder right is still found by the solvers. */
  @Test
  void theVerifierFindsAForgedAnswer() throws IOException {
    LocalGeneration.run(Plans.small(20, 5, ImageSize.NONE), folder, 1, Progress.NONE);
    Path items = folder.resolve("items-test.jsonl");
    String before = Files.readString(items);
    String after = before.replaceFirst("\"answer\":\"[0-9]+\"", "\"answer\":\"77\"");
    assertThat(after).isNotEqualTo(before);
    Files.writeString(items, after);
    Path index = folder.resolve("folder.json");
    Files.writeString(
        index,
        Files.readString(index).replace(Digest.ofText(before).hex(), Digest.ofText(after).hex()));

    assertThat(FolderVerification.verify(DatasetFolder.open(folder), 1, Progress.NONE))
        .anyMatch(text -> text.contains("the answer is 77, but the solvers say"))
        .contains("test: the items are not those of the manifest");
  }
}
