package dev.sightline.puzzle.numberslide;

import java.util.Arrays;
import java.util.List;

/** The kinds of question. */
enum NumberSlideKind {
  /** How many different boards exactly {@code moves} moves can give. */
  POSITIONS("positions"),
  /** The least sum of the {@code line} that exactly {@code moves} moves can give. */
  LEAST_SUM("least-sum"),
  /** The greatest such sum. */
  GREATEST_SUM("greatest-sum"),
  /** After the moves of {@code path}: sum, greatest or least number beside the open place. */
  AFTER_MOVES("after-moves");

  private final String wireName;

  NumberSlideKind(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(NumberSlideKind::wireName).toList();
  }

  static NumberSlideKind of(String name) {
    for (NumberSlideKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("number_slide asks " + names() + ", not " + name);
  }
}
