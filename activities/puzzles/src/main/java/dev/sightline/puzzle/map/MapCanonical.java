package dev.sightline.puzzle.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest form of a map under renumbering of regions and renaming of colours, by refinement
 * and individualisation (McKay 1981): colours are nodes beside the regions, so that both kinds of
 * names are found at once.
 */
final class MapCanonical {
  /** Maps drawn have few symmetries; one made up of many alike regions is not searched through. */
  private static final int MOST_LEAVES = 2000;

  private final MapScene scene;
  private final int nodes;
  private final List<List<Integer>> neighbours = new ArrayList<>();
  private int leaves;
  private @Nullable MapScene best;
  private String bestText = "";

  private MapCanonical(MapScene scene) {
    this.scene = scene;
    this.nodes = scene.regions() + MapColour.values().length;
    for (int node = 0; node < nodes; node++) {
      neighbours.add(new ArrayList<>());
    }
    for (MapScene.Border border : scene.borders()) {
      join(border.one() - 1, border.other() - 1);
    }
    for (int region = 0; region < scene.regions(); region++) {
      int node = region;
      MapColour.byWord(scene.colours().get(region))
          .ifPresent(colour -> join(node, scene.regions() + colour.ordinal()));
    }
  }

  private void join(int one, int other) {
    neighbours.get(one).add(other);
    neighbours.get(other).add(one);
  }

  static MapScene of(MapScene scene) {
    MapCanonical canonical = new MapCanonical(scene);
    int[] classes = new int[canonical.nodes];
    for (int node = 0; node < classes.length; node++) {
      boolean region = node < scene.regions();
      classes[node] = !region ? 2 : scene.colours().get(node).equals(MapScene.WHITE) ? 0 : 1;
    }
    canonical.search(classes);
    return canonical.best == null ? scene : canonical.best;
  }

  private void search(int[] classes) {
    int[] refined = refine(classes);
    int[] size = new int[nodes + 1];
    for (int one : refined) {
      size[one]++;
    }
    int split = 0;
    while (split < size.length && size[split] < 2) {
      split++;
    }
    if (split == size.length) {
      leaf(refined);
      return;
    }
    for (int node = 0; node < nodes && leaves < MOST_LEAVES; node++) {
      if (refined[node] == split) {
        int[] next = new int[nodes];
        for (int other = 0; other < nodes; other++) {
          next[other] = 2 * refined[other] + (other == node || refined[other] != split ? 0 : 1);
        }
        search(next);
      }
    }
  }

  /** Ranks by class and the classes of neighbours until nothing changes; ranks count from 0. */
  private int[] refine(int[] classes) {
    int[] current = classes;
    int before = -1;
    while (true) {
      int[][] keys = new int[nodes][];
      for (int node = 0; node < nodes; node++) {
        int[] around = new int[neighbours.get(node).size() + 1];
        for (int i = 1; i < around.length; i++) {
          around[i] = current[neighbours.get(node).get(i - 1)];
        }
        Arrays.sort(around, 1, around.length);
        around[0] = current[node];
        keys[node] = around;
      }
      Integer[] order = new Integer[nodes];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparing(node -> keys[node], Arrays::compare));
      int[] ranks = new int[nodes];
      int rank = 0;
      for (int i = 0; i < nodes; i++) {
        boolean alike = i > 0 && Arrays.equals(keys[order[i]], keys[order[i - 1]]);
        rank += i > 0 && !alike ? 1 : 0;
        ranks[order[i]] = rank;
      }
      if (rank == before) {
        return ranks;
      }
      before = rank;
      current = ranks;
    }
  }

  /** Every node has a rank of its own: regions are numbered and colours named by rank. */
  private void leaf(int[] ranks) {
    leaves++;
    String[] colours = new String[scene.regions()];
    int[] number = new int[scene.regions()];
    for (int region = 0; region < number.length; region++) {
      number[region] = ranks[region] + 1;
    }
    List<MapScene.Border> borders = new ArrayList<>();
    for (MapScene.Border border : scene.borders()) {
      int one = number[border.one() - 1];
      int other = number[border.other() - 1];
      borders.add(new MapScene.Border(Math.min(one, other), Math.max(one, other)));
    }
    for (int region = 0; region < number.length; region++) {
      String word = scene.colours().get(region);
      colours[number[region] - 1] =
          MapColour.byWord(word)
              .map(
                  colour ->
                      MapColour.words()
                          .get(ranks[scene.regions() + colour.ordinal()] - scene.regions()))
              .orElse(word);
    }
    MapScene candidate = new MapScene(Arrays.asList(colours), borders, List.of());
    String text = candidate.colours() + " " + candidate.borders();
    if (best == null || text.compareTo(bestText) < 0) {
      best = candidate;
      bestText = text;
    }
  }
}
