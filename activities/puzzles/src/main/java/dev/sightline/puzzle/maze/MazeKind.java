package dev.sightline.puzzle.maze;

import java.util.Arrays;
import java.util.List;

/** What is asked about the best path. */
enum MazeKind {
  /** Cells visited, entry and exit included. */
  CELLS("cells"),
  LEFT_TURNS("left-turns"),
  RIGHT_TURNS("right-turns"),
  /** Left and right turns together. */
  TURNS("turns");

  private final String wireName;

  MazeKind(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(MazeKind::wireName).toList();
  }

  static MazeKind of(String name) {
    for (MazeKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("maze asks " + names() + ", not " + name);
  }
}
