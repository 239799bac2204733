package dev.sightline.puzzle.thinkdot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The discs in the order of {@link ThinkDotScene#faces}. */
enum Disc {
  TOP_LEFT("top left", true),
  TOP_CENTRE("top centre", false),
  TOP_RIGHT("top right", true),
  MIDDLE_LEFT("middle left", false),
  MIDDLE_RIGHT("middle right", false),
  BOTTOM_LEFT("bottom left", true),
  BOTTOM_CENTRE("bottom centre", false),
  BOTTOM_RIGHT("bottom right", true);

  /** Those below the top row: what they show depends on where balls are sent. */
  static final List<Disc> LOWER = List.of(values()).subList(3, 8);

  private final String words;
  private final boolean outer;

  Disc(String words, boolean outer) {
    this.words = words;
    this.outer = outer;
  }

  String words() {
    return words;
  }

  /** Where a ball goes: outer discs send right when blue, the others left when blue. */
  boolean sendsLeft(boolean blue) {
    return outer != blue;
  }

  /** The disc that a ball meets next, or null where it leaves the toy. */
  @Nullable Disc next(boolean left) {
    return switch (this) {
      case TOP_LEFT -> left ? BOTTOM_LEFT : MIDDLE_LEFT;
      case TOP_CENTRE -> left ? MIDDLE_LEFT : MIDDLE_RIGHT;
      case TOP_RIGHT -> left ? MIDDLE_RIGHT : BOTTOM_RIGHT;
      case MIDDLE_LEFT -> left ? BOTTOM_LEFT : BOTTOM_CENTRE;
      case MIDDLE_RIGHT -> left ? BOTTOM_CENTRE : BOTTOM_RIGHT;
      case BOTTOM_LEFT, BOTTOM_CENTRE, BOTTOM_RIGHT -> null;
    };
  }
}
