package dev.sightline.puzzle.map;

import dev.sightline.puzzle.Scene;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A map of numbered regions. Which regions touch and how they are coloured is what the map says;
 * their shapes are only how it is drawn, so that two maps are equal whatever their shapes.
 *
 * @param colours of regions 1, 2, 3 ...: a {@link MapColour}'s word, or "white" for none yet
 * @param borders pairs of regions that share a line, sorted
 * @param patches the shapes; a region has one or more. Empty where nothing is known of them
 */
public record MapScene(List<String> colours, List<Border> borders, List<Patch> patches)
    implements Scene {
  static final int MOST_REGIONS = 24;
  static final String WHITE = "white";

  /**
   * Two regions that share a line.
   *
   * @param one the lower number, from 1
   */
  public record Border(int one, int other) implements Comparable<Border> {
    public Border {
      if (one < 1 || one >= other) {
        throw new IllegalArgumentException(
            "a border is two rising numbers, not " + one + ", " + other);
      }
    }

    @Override
    public int compareTo(Border border) {
      return one == border.one
          ? Integer.compare(other, border.other)
          : Integer.compare(one, border.one);
    }
  }

  /**
   * A polygon of a region.
   *
   * @param corners x, y, x, y ... in thousandths of the map's side, from the upper left
   */
  public record Patch(int region, List<Integer> corners) {
    public Patch {
      corners = List.copyOf(corners);
      if (corners.size() < 6 || corners.size() % 2 != 0) {
        throw new IllegalArgumentException("a patch has three or more corners, not " + corners);
      }
    }
  }

  public MapScene {
    colours = List.copyOf(colours);
    borders = List.copyOf(new TreeSet<>(borders));
    patches = List.copyOf(patches);
    if (colours.isEmpty() || colours.size() > MOST_REGIONS) {
      throw new IllegalArgumentException(
          "a map has 1 to " + MOST_REGIONS + " regions, not " + colours.size());
    }
    for (String colour : colours) {
      if (!colour.equals(WHITE) && MapColour.byWord(colour).isEmpty()) {
        throw new IllegalArgumentException(
            "a region is red, green, blue, yellow or white, not " + colour);
      }
    }
    for (Border border : borders) {
      if (border.other() > colours.size()) {
        throw new IllegalArgumentException("no region " + border.other() + " on this map");
      }
    }
    for (Patch patch : patches) {
      if (patch.region() < 1 || patch.region() > colours.size()) {
        throw new IllegalArgumentException(
            "a patch of region " + patch.region() + ", which is none");
      }
    }
  }

  public int regions() {
    return colours.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapScene map
        && map.colours.equals(colours)
        && map.borders.equals(borders);
  }

  @Override
  public int hashCode() {
    return Objects.hash(colours, borders);
  }
}
