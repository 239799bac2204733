package dev.sightline.puzzle.pattern;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** The layout of bars side by side, which grow from one ground line by equal steps. */
final class Bars {
  static final int LONGEST = 6;
  static final int MOST = 15;

  private Bars() {}

  static String place(Place place) {
    return "bar %d from the left".formatted(place.column() + 1);
  }

  /**
   * @param fill colour by place from the left
   * @param marks what is written on the bars
   */
  static void paint(List<String> lengths, Brush brush, IntUnaryOperator fill, List<String> marks) {
    int count = lengths.size();
    int longest = 1;
    for (String length : lengths) {
      longest = Math.max(longest, Integer.parseInt(length));
    }
    double room = 1.0 / count;
    for (int i = 0; i < count; i++) {
      double height = Double.parseDouble(lengths.get(i)) / longest * 0.96;
      double width = Math.min(0.8 * room, 0.16);
      double u = (i + 0.5) * room;
      brush.box(u - width / 2, 0.98 - height, width, height, fill.applyAsInt(i));
      brush.textWithin(
          marks.get(i),
          u,
          0.98 - Math.min(height, 0.16) / 2,
          Math.min(0.06, height * 0.6),
          width * 0.8);
    }
    brush.line(0, 0.98, 1, 0.98);
  }
}
