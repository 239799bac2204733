package dev.sightline.dataset.export;

import dev.sightline.puzzle.render.PalettePng;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Items with what breaks formats: tabs, quotes, line ends, letters beyond ASCII. */
final class ExportItems {
  static final int EDGE = 60;

  private ExportItems() {}

  static List<ExportItem> some(int train, int test, boolean pictures) {
    List<ExportItem> items = new ArrayList<>();
    for (int i = 0; i < train; i++) {
      items.add(item("train", i, pictures));
    }
    for (int i = 0; i < test; i++) {
      items.add(item("test", i, pictures));
    }
    return items;
  }

  private static ExportItem item(String split, int i, boolean pictures) {
    boolean choices = i % 2 == 0;
    return new ExportItem(
        "clock." + (1 + i % 2) + "/" + split + "-" + i,
        split,
        "clock",
        String.valueOf(1 + i % 5),
        "ago",
        "{\"kind\":\"ago\",\"parameters\":{}}",
        "Line one\nWhat \"time\"\tis it, née \u6642 " + i + "?",
        i + ":05",
        "TIME",
        choices ? List.of("1:15", i + ":05", "NA", "null") : List.of(),
        choices ? "B" : "",
        "Clock: hands: " + i,
        "hands: " + i,
        "Where is the hour hand?",
        String.valueOf(i),
        "INTEGER",
        "c" + i,
        "k" + i,
        "{\"hands\":\"" + i + "\"}",
        "{\"minutes\":" + i + "}",
        pictures ? Optional.of(picture(i)) : Optional.empty());
  }

  static byte[] picture(int i) {
    int[] pixels = new int[EDGE * EDGE];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = p % EDGE < i % EDGE ? 0x2040ff : 0xffffff;
    }
    return PalettePng.encode(pixels, EDGE, EDGE);
  }
}
