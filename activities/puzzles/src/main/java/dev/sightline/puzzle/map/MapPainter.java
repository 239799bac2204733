package dev.sightline.puzzle.map;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Filled regions, dark borders, numbers on white discs. */
final class MapPainter {
  static final int LEAST = 160;
  private static final int INK = 0x101010;
  private static final int PAPER = 0xffffff;
  private static final int[] LINES = {0x202020, 0x3a2a1a, 0x1a2a4a};
  private static final double MARGIN = 0.03;
  private static final double TEXT = 1 / 33.0;

  private MapPainter() {}

  static int fill(String colour, Rendering rendering) {
    return colour.equals(MapScene.WHITE)
        ? PAPER
        : Colours.mix(rendering.palette().rgb(colour), PAPER, 0.12);
  }

  static void paint(MapScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    double whole = Math.min(canvas.width(), canvas.height());
    double side = whole * (1 - 2 * MARGIN);
    double left = (canvas.width() - side) / 2;
    double top = (canvas.height() - side) / 2;
    if (scene.patches().isEmpty()) {
      graph(scene, canvas, rendering, left, top, side);
      return;
    }
    List<double[]> outlines = new ArrayList<>();
    for (MapScene.Patch patch : scene.patches()) {
      double[] outline = new double[patch.corners().size()];
      for (int i = 0; i < outline.length; i++) {
        outline[i] = (i % 2 == 0 ? left : top) + patch.corners().get(i) * side / 1000;
      }
      outlines.add(outline);
      int colour = fill(scene.colours().get(patch.region() - 1), rendering);
      canvas.polygon(outline, colour);
      // Closes the hairline between patches of one region; borders are drawn over it.
      canvas.polygonOutline(outline, 1.5, colour);
    }
    double line = Math.max(1.2, rendering.line(side / 170));
    int ink = LINES[rendering.style(LINES.length)];
    for (int i = 0; i < outlines.size(); i++) {
      borders(scene, i, outlines.get(i), canvas, line, ink);
    }
    double height = whole * TEXT;
    for (int region = 1; region <= scene.regions(); region++) {
      double[] place = middle(scene, region);
      label(
          canvas,
          region,
          left + place[0] * side / 1000,
          top + place[1] * side / 1000,
          height,
          rendering);
    }
  }

  /** Draws the runs of a patch's edges that no other patch of its region has. */
  private static void borders(
      MapScene scene, int index, double[] outline, Canvas canvas, double line, int ink) {
    MapScene.Patch patch = scene.patches().get(index);
    Set<List<Integer>> inside = new HashSet<>();
    for (int other = 0; other < scene.patches().size(); other++) {
      MapScene.Patch beside = scene.patches().get(other);
      if (other != index && beside.region() == patch.region()) {
        for (int corner = 0; corner < beside.corners().size() / 2; corner++) {
          inside.add(edge(beside.corners(), corner + 1, corner));
        }
      }
    }
    if (inside.isEmpty()) {
      canvas.polygonOutline(outline, line, ink);
      return;
    }
    int corners = outline.length / 2;
    List<Double> run = new ArrayList<>();
    for (int corner = 0; corner <= corners; corner++) {
      boolean border =
          corner < corners && !inside.contains(edge(patch.corners(), corner, corner + 1));
      if (border || !run.isEmpty()) {
        run.add(outline[2 * (corner % corners)]);
        run.add(outline[2 * (corner % corners) + 1]);
      }
      if (!border && !run.isEmpty()) {
        if (run.size() >= 4) {
          canvas.polyline(run.stream().mapToDouble(Double::doubleValue).toArray(), line, ink);
        }
        run.clear();
      }
    }
  }

  private static List<Integer> edge(List<Integer> corners, int from, int to) {
    int count = corners.size() / 2;
    int one = from % count;
    int other = to % count;
    return List.of(
        corners.get(2 * one),
        corners.get(2 * one + 1),
        corners.get(2 * other),
        corners.get(2 * other + 1));
  }

  private static void label(
      Canvas canvas, int region, double x, double y, double height, Rendering rendering) {
    canvas.circle(x, y, height * 1.12, PAPER);
    canvas.text(Integer.toString(region), x, y, height, Anchor.CENTER, rendering.font(), INK);
  }

  /** The centre of gravity of a region's largest patch. */
  static double[] middle(MapScene scene, int region) {
    double[] best = {500, 500};
    double most = -1;
    for (MapScene.Patch patch : scene.patches()) {
      if (patch.region() != region) {
        continue;
      }
      double area = 0;
      double x = 0;
      double y = 0;
      List<Integer> corners = patch.corners();
      for (int corner = 0; corner < corners.size() / 2; corner++) {
        List<Integer> edge = edge(corners, corner, corner + 1);
        double cross = (double) edge.get(0) * edge.get(3) - (double) edge.get(2) * edge.get(1);
        area += cross / 2;
        x += (edge.get(0) + edge.get(2)) * cross / 6;
        y += (edge.get(1) + edge.get(3)) * cross / 6;
      }
      if (Math.abs(area) > most) {
        most = Math.abs(area);
        best = new double[] {x / area, y / area};
      }
    }
    return best;
  }

  /** A map of unknown shapes: regions as discs on a circle, borders as lines between them. */
  private static void graph(
      MapScene scene, Canvas canvas, Rendering rendering, double left, double top, double side) {
    double[] x = new double[scene.regions()];
    double[] y = new double[scene.regions()];
    for (int region = 0; region < x.length; region++) {
      double degrees = 270 + 360.0 * region / x.length;
      x[region] = Polar.x(left + side / 2, side * 0.43, degrees);
      y[region] = Polar.y(top + side / 2, side * 0.43, degrees);
    }
    double line = Math.max(1, rendering.line(side / 250));
    for (MapScene.Border border : scene.borders()) {
      int one = border.one() - 1;
      int other = border.other() - 1;
      canvas.line(x[one], y[one], x[other], y[other], line, INK);
    }
    for (int region = 0; region < x.length; region++) {
      canvas.circle(x[region], y[region], side * 0.055, INK);
      canvas.circle(
          x[region], y[region], side * 0.055 - line, fill(scene.colours().get(region), rendering));
      label(canvas, region + 1, x[region], y[region], side / 35, rendering);
    }
  }
}
