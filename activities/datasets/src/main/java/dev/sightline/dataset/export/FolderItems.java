package dev.sightline.dataset.export;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.ItemReader;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.puzzle.choice.Choices;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The items of a data set folder for export, with their pictures, one after another. */
public final class FolderItems implements Iterator<ExportItem>, AutoCloseable {
  private final DatasetFolder folder;
  private final Progress progress;
  private final Deque<Split> splits;
  private final long total;
  private @Nullable ItemReader open;
  private long done;

  /**
   * @param splits which to read; those without items give none
   */
  public FolderItems(DatasetFolder folder, Collection<Split> splits, Progress progress) {
    this.folder = folder;
    this.progress = progress;
    this.splits = new ArrayDeque<>(folder.splits().stream().filter(splits::contains).toList());
    this.total =
        this.splits.stream()
            .flatMap(
                split -> java.util.stream.Stream.ofNullable(folder.index().splits().get(split)))
            .mapToLong(file -> file.items())
            .sum();
  }

  @Override
  public boolean hasNext() {
    while (open == null || !open.hasNext()) {
      if (open != null) {
        open.close();
        open = null;
      }
      Split split = splits.poll();
      if (split == null) {
        return false;
      }
      open = folder.read(split);
    }
    return true;
  }

  @Override
  public ExportItem next() {
    if (!hasNext() || open == null) {
      throw new NoSuchElementException();
    }
    ExportItem item = of(folder, open.next());
    done++;
    progress.report("exporting", done, total);
    return item;
  }

  /** One item with its picture. */
  static ExportItem of(DatasetFolder folder, DatasetItem item) {
    Choices choices = item.choices();
    return new ExportItem(
        item.id(),
        item.split().wireName(),
        item.family(),
        String.valueOf(item.level()),
        item.asked().kind(),
        CanonicalJson.text(item.asked().toMap()),
        item.question(),
        item.answer(),
        item.answerType().name(),
        choices == null ? List.of() : choices.options(),
        choices == null ? "" : ExportItem.letter(choices.right()),
        item.textTwin(),
        item.description(),
        item.perceptionQuestion().text(),
        item.perceptionQuestion().answer(),
        item.perceptionQuestion().answerType().name(),
        item.canonicalKey().hex(),
        item.itemKey().hex(),
        CanonicalJson.text(item.scene()),
        CanonicalJson.text(item.difficulty().measures()),
        folder.picture(item));
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
