package dev.sightline.activity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PicturesTest {
  private static final DatasetPlan.ImageSize SMALL = new DatasetPlan.ImageSize(84, 56);
  private static final DatasetPlan.ImageSize LARGE = new DatasetPlan.ImageSize(168, 112);

  private final List<DatasetItem> items = Samples.DATASET.items(Split.TRAIN);
  private final List<String> drawn = new ArrayList<>();

  private byte[] ask(Pictures pictures, int item, DatasetPlan.ImageSize size, int bytes) {
    return pictures.of(
        items.get(item),
        size,
        () -> {
          drawn.add(item + "/" + size.width());
          return new byte[bytes];
        });
  }

  @Test
  void aPictureIsDrawnOnceForEachSize() {
    Pictures pictures = new Pictures(1000);
    byte[] first = ask(pictures, 0, SMALL, 10);
    assertThat(ask(pictures, 0, SMALL, 10)).isSameAs(first);
    ask(pictures, 0, LARGE, 10);
    ask(pictures, 1, SMALL, 10);
    assertThat(drawn).containsExactly("0/84", "0/168", "1/84");
  }

  @Test
  void whatWasAskedForLongestAgoGoesWhenTheLimitIsReached() {
    Pictures pictures = new Pictures(100);
    ask(pictures, 0, SMALL, 50);
    ask(pictures, 1, SMALL, 50);
    ask(pictures, 0, SMALL, 50);
    ask(pictures, 2, SMALL, 50);
    ask(pictures, 0, SMALL, 50);
    ask(pictures, 1, SMALL, 50);
    assertThat(drawn).containsExactly("0/84", "1/84", "2/84", "1/84");
  }

  @Test
  void whatIsLargerThanTheLimitIsNotKept() {
    Pictures pictures = new Pictures(100);
    ask(pictures, 0, SMALL, 101);
    ask(pictures, 1, SMALL, 50);
    ask(pictures, 0, SMALL, 101);
    ask(pictures, 1, SMALL, 50);
    assertThat(drawn).containsExactly("0/84", "1/84", "0/84");
  }

  @Test
  void aDataSetShowsTheBytesThatItsFamilyDraws() {
    DatasetItem item = items.getFirst();
    byte[] once = Samples.DATASET.image(item);
    assertThat(Samples.DATASET.image(item))
        .isEqualTo(once)
        .isEqualTo(item.image(Samples.DATASET.family(item), SMALL));
  }
}
