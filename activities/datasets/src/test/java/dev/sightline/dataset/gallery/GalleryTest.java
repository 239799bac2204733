package dev.sightline.dataset.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.generation.LocalGeneration;
import dev.sightline.dataset.generation.Plans;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GalleryTest {
  @TempDir private Path folder = Path.of("unset");

  private String page(ImageSize size, int perLevel) throws IOException {
    Path data = folder.resolve("data<1>");
    LocalGeneration.run(Plans.small(8, 4, size), data, 1, Progress.NONE);
    Path file = folder.resolve("gallery.html");

    int items = Gallery.write(DatasetFolder.open(data), perLevel, file);

    String page = Files.readString(file);
    assertThat(page.split("<article ", -1)).hasSize(items + 1);
    return page;
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    String page = page(new ImageSize(84, 84), 3);

    assertThat(page)
        .contains("data&lt;1&gt;", "data-family=\"clock\"", "data:image/png;base64,", "Level 3")
        .doesNotContain("http:", "https:", "<link", "src=\"/", "@import", "<1>");
  }

  /** A page that shows answers at once would be of no use for answering from the picture. */
  @Test
  void answersStandInClosedDetails() throws IOException {
    String page = page(new ImageSize(84, 84), 2);
    String open = page.replaceAll("(?s)<details>.*?</details>", "");

    assertThat(page).contains("class=\"answer\"", "class=\"twin\"").doesNotContain("<details open");
    assertThat(open).doesNotContain("class=\"answer\"", "class=\"twin\"", "Clock: hour");
  }

  @Test
  void textsHaveNoPictures() throws IOException {
    assertThat(page(ImageSize.NONE, 2)).doesNotContain("data:image").contains("class=\"question\"");
  }
}
