package dev.sightline.puzzle.colourhue;

import java.util.ArrayList;
import java.util.List;

/** Turns and mirrors both boards together: the same swaps put them right. */
final class ColourHueSymmetry {
  private ColourHueSymmetry() {}

  /** The smallest of the images with at most as many rows as columns. */
  static ColourHueScene canonical(ColourHueScene scene) {
    List<Integer> least = List.of();
    for (int symmetry = 0; symmetry < 8; symmetry++) {
      boolean transposed = (symmetry & 4) != 0;
      if (transposed ? scene.columns() > scene.rows() : scene.rows() > scene.columns()) {
        continue;
      }
      List<Integer> image = image(scene, symmetry);
      if (least.isEmpty() || compare(image, least) < 0) {
        least = image;
      }
    }
    return new ColourHueScene(
        Math.min(scene.rows(), scene.columns()), Math.max(scene.rows(), scene.columns()), least);
  }

  private static List<Integer> image(ColourHueScene scene, int symmetry) {
    int size = scene.tiles().size();
    int[] to = new int[size];
    for (int place = 0; place < size; place++) {
      int row = place / scene.columns();
      int column = place % scene.columns();
      row = (symmetry & 1) != 0 ? scene.rows() - 1 - row : row;
      column = (symmetry & 2) != 0 ? scene.columns() - 1 - column : column;
      to[place] =
          (symmetry & 4) != 0 ? column * scene.rows() + row : row * scene.columns() + column;
    }
    Integer[] image = new Integer[size];
    for (int place = 0; place < size; place++) {
      image[to[place]] = to[scene.tiles().get(place)];
    }
    return new ArrayList<>(List.of(image));
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return Integer.compare(one.get(i), other.get(i));
      }
    }
    return 0;
  }
}
