package dev.sightline.puzzle.kiwi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rotations and reflections that keep the board's shape: eight of a square, four of a rectangle.
 */
final class KiwiSymmetry {
  private KiwiSymmetry() {}

  /** Distinct images of the board, itself first. */
  static List<KiwiScene> orbit(KiwiScene scene) {
    Set<KiwiScene> images = new LinkedHashSet<>();
    boolean square = scene.rows() == scene.columns();
    for (int symmetry = 0; symmetry < (square ? 8 : 4); symmetry++) {
      images.add(image(scene, (symmetry & 1) != 0, (symmetry & 2) != 0, (symmetry & 4) != 0));
    }
    return new ArrayList<>(images);
  }

  /** The image whose cells come first in text order. */
  static KiwiScene canonical(KiwiScene scene) {
    KiwiScene first = scene;
    for (KiwiScene image : orbit(scene)) {
      if (image.cells().compareTo(first.cells()) < 0) {
        first = image;
      }
    }
    return first;
  }

  private static KiwiScene image(
      KiwiScene scene, boolean flipRows, boolean flipColumns, boolean transpose) {
    char[] cells = new char[scene.cells().length()];
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        int fromRow = flipRows ? scene.rows() - 1 - row : row;
        int fromColumn = flipColumns ? scene.columns() - 1 - column : column;
        cells[row * scene.columns() + column] =
            transpose ? scene.at(fromColumn, fromRow) : scene.at(fromRow, fromColumn);
      }
    }
    return new KiwiScene(scene.rows(), scene.columns(), new String(cells));
  }
}
