package dev.sightline.puzzle.map;

import dev.sightline.puzzle.Question;
import java.util.Optional;

/** Counts colourings by backtracking, always at the region with the fewest colours left. */
final class MapSolver {
  /** Maps with more colourings are not counted: no question asks for them. */
  static final int MOST = 10_000;

  private static final int ALL = (1 << MapColour.values().length) - 1;

  private final int[][] neighbours;

  /** The one bit of a coloured region; 0 for a white one. */
  private final int[] colour;

  private final int watched;
  private int found;

  /** The colours that the watched region had, as bits. */
  private int watchedColours;

  private MapSolver(MapScene scene, int watched) {
    this.colour = new int[scene.regions()];
    this.watched = watched;
    for (int region = 0; region < colour.length; region++) {
      colour[region] =
          MapColour.byWord(scene.colours().get(region)).map(one -> 1 << one.ordinal()).orElse(0);
    }
    int[] degree = new int[colour.length];
    for (MapScene.Border border : scene.borders()) {
      degree[border.one() - 1]++;
      degree[border.other() - 1]++;
    }
    neighbours = new int[colour.length][];
    for (int region = 0; region < colour.length; region++) {
      neighbours[region] = new int[degree[region]];
    }
    for (MapScene.Border border : scene.borders()) {
      neighbours[border.one() - 1][--degree[border.one() - 1]] = border.other() - 1;
      neighbours[border.other() - 1][--degree[border.other() - 1]] = border.one() - 1;
    }
  }

  static Optional<String> answer(MapScene scene, Question question) {
    boolean forced = question.kind().equals(MapFamily.FORCED);
    if (!forced && !question.kind().equals(MapFamily.COUNT)) {
      return Optional.empty();
    }
    int region = forced ? question.integer("region") - 1 : -1;
    if (region >= scene.regions()) {
      return Optional.empty();
    }
    MapSolver solver = new MapSolver(scene, region);
    if (solver.contradictory()) {
      return Optional.empty();
    }
    solver.search();
    if (solver.found == 0 || solver.found > MOST) {
      return Optional.empty();
    }
    if (!forced) {
      return Optional.of(Integer.toString(solver.found));
    }
    return Integer.bitCount(solver.watchedColours) == 1
        ? Optional.of(
            MapColour.values()[Integer.numberOfTrailingZeros(solver.watchedColours)].word())
        : Optional.empty();
  }

  private boolean contradictory() {
    for (int region = 0; region < colour.length; region++) {
      for (int neighbour : neighbours[region]) {
        if (colour[region] != 0 && colour[region] == colour[neighbour]) {
          return true;
        }
      }
    }
    return false;
  }

  private void search() {
    int narrowest = -1;
    int least = ALL + 1;
    int choices = 0;
    for (int region = 0; region < colour.length; region++) {
      if (colour[region] == 0) {
        int free = free(region);
        if (Integer.bitCount(free) < least) {
          narrowest = region;
          least = Integer.bitCount(free);
          choices = free;
        }
      }
    }
    if (narrowest < 0) {
      found++;
      watchedColours |= watched >= 0 ? colour[watched] : 0;
      return;
    }
    for (int rest = choices; rest != 0 && found <= MOST; rest &= rest - 1) {
      colour[narrowest] = rest & -rest;
      search();
    }
    colour[narrowest] = 0;
  }

  private int free(int region) {
    int taken = 0;
    for (int neighbour : neighbours[region]) {
      taken |= colour[neighbour];
    }
    return ALL & ~taken;
  }
}
