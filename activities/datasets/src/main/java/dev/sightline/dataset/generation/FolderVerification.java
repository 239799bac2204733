package dev.sightline.dataset.generation;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.dataset.folder.ItemReader;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetVerifier;
import dev.sightline.puzzle.dataset.ManifestBuilder;
import dev.sightline.puzzle.dataset.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a data set folder, trusting none of what made it: solves every item again by both solvers,
 * reads texts back, draws pictures again, looks for leaks, and compares files with their digests.
 */
public final class FolderVerification {
  private final DatasetFolder folder;
  private final List<String> problems = new ArrayList<>();
  private final Set<Path> pictures = new HashSet<>();

  private FolderVerification(DatasetFolder folder) {
    this.folder = folder;
  }

  /** Every problem, one line each; empty for a sound data set. */
  public static List<String> verify(DatasetFolder folder, int threads, Progress progress) {
    return new FolderVerification(folder).run(threads, progress);
  }

  private List<String> run(int threads, Progress progress) {
    long total = folder.index().items();
    ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, threads));
    try (Items items = new Items()) {
      Optional<DatasetManifest> manifest = folder.manifest();
      if (manifest.isPresent()) {
        DatasetManifest known = manifest.get();
        ManifestBuilder statistics = new ManifestBuilder(known.plan());
        items.seen = statistics::add;
        problems.addAll(
            DatasetVerifier.verify(
                known.plan(),
                known.rules(),
                items,
                workers,
                done -> progress.report("verifying", done, total)));
        problems.addAll(statistics.differences(known));
      } else {
        long done = 0;
        while (items.hasNext()) {
          DatasetItem item = items.next();
          imported(item).ifPresent(problem -> problems.add(item.id() + ": " + problem));
          progress.report("verifying", ++done, total);
        }
      }
    } catch (SightlineException e) {
      // What lies behind a broken file cannot be read; what was found before it stands.
      problems.add(String.valueOf(e.getMessage()));
      return List.copyOf(problems);
    } finally {
      workers.shutdownNow();
    }
    strays();
    return List.copyOf(problems);
  }

  /** All items in their order; looks at digests and pictures on the way. */
  private final class Items implements Iterator<DatasetItem>, AutoCloseable {
    private final Iterator<Split> splits = folder.splits().iterator();
    private Optional<ItemReader> open = Optional.empty();
    private Consumer<DatasetItem> seen = item -> {};

    @Override
    public boolean hasNext() {
      while (open.isEmpty() || !open.get().hasNext()) {
        close();
        if (!splits.hasNext()) {
          return false;
        }
        open = Optional.of(folder.read(splits.next()));
      }
      return true;
    }

    @Override
    public DatasetItem next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      DatasetItem item = open.orElseThrow().next();
      seen.accept(item);
      if (folder.index().pictures()) {
        pictures.add(FolderFiles.picture(item.imageDigest()));
        try {
          folder.picture(item);
        } catch (SightlineException e) {
          problems.add(item.id() + ": " + e.getMessage());
        }
      }
      return item;
    }

    @Override
    public void close() {
      open.ifPresent(ItemReader::close);
      open = Optional.empty();
    }
  }

  private Optional<String> imported(DatasetItem item) {
    ConfiguredFamily family = folder.family(item);
    if (item.familyVersion() != family.family().version()) {
      return Optional.of(
          "is of %s version %d, this build has version %d; import it again"
              .formatted(item.family(), item.familyVersion(), family.family().version()));
    }
    Scene scene;
    try {
      scene = family.readScene(item.scene());
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    Puzzle puzzle = new Puzzle(scene, item.asked());
    Optional<String> answer = Optional.of(item.answer());
    if (!family.answer(puzzle).equals(answer) || !family.referenceAnswer(puzzle).equals(answer)) {
      return Optional.of(
          "the answer is %s, but the solvers say %s and %s"
              .formatted(
                  item.answer(),
                  family.answer(puzzle).orElse("none"),
                  family.referenceAnswer(puzzle).orElse("none")));
    }
    if (!family.readDescription(item.description()).equals(new DescriptionReading.Complete(scene))
        || !item.textTwin().equals(family.textTwin(scene))) {
      return Optional.of("the texts do not read back as the scene");
    }
    return item.sceneKey().equals(family.sceneKey(scene))
        ? Optional.empty()
        : Optional.of("the keys do not belong to the scene");
  }

  private void strays() {
    Path images = folder.root().resolve("images");
    if (!Files.isDirectory(images)) {
      return;
    }
    try (Stream<Path> all = Files.walk(images)) {
      all.filter(Files::isRegularFile)
          .map(file -> folder.root().relativize(file))
          .filter(file -> !pictures.contains(file))
          .sorted()
          .forEach(file -> problems.add(file + ": belongs to no item; remove it"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
