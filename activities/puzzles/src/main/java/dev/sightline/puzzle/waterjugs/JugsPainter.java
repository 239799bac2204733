package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Optional;

/**
 * Jugs as open vessels on a litre axis, in a centred square. Every litre has a line, which also
 * crosses the water.
 */
final class JugsPainter {
  private static final int DARK = 0x202020;
  private static final double LEAST_LITRE = 2;
  private static final List<String> WATERS = List.of("blue", "cyan", "green", "purple");

  /**
   * Where things lie, pixels, all whole numbers.
   *
   * @param base the line of 0 litres
   * @param litre height of a litre
   * @param labelStep litres from one number on the axis to the next
   */
  record Scale(
      double left, double right, double base, double litre, int top, int labelStep, double text) {
    double y(int litres) {
      return base - litres * litre;
    }

    /** The left wall of a jug. */
    double jugLeft(int jug, int jugs) {
      return Math.rint(left + (right - left) * (jug + 0.2) / jugs);
    }

    double jugRight(int jug, int jugs) {
      return Math.rint(left + (right - left) * (jug + 0.8) / jugs);
    }
  }

  private JugsPainter() {}

  static Optional<String> sizeProblem(int maximumCapacity, int width, int height) {
    int least =
        PictureSize.least(side -> scale(side, side, maximumCapacity).litre() >= LEAST_LITRE);
    return PictureSize.below(
        least, width, height, "give a litre less than %.0f pixels".formatted(LEAST_LITRE));
  }

  static Scale scale(int width, int height, int largest) {
    double side = Math.min(width, height);
    double x = Math.rint((width - side) / 2);
    double y = Math.rint((height - side) / 2);
    double litre = Math.floor(side * 0.84 / largest);
    double text = side * 0.026;
    return new Scale(
        x + Math.rint(side * 0.10),
        x + Math.rint(side * 0.98),
        y + Math.rint(side * 0.905),
        litre,
        largest,
        litre >= 1.55 * text ? 1 : 2,
        text);
  }

  static void paint(JugsScene scene, Canvas canvas, Rendering rendering) {
    if (rendering.noise() > 0) {
      Background.paint(canvas, rendering);
    }
    int largest = scene.capacities().stream().mapToInt(Integer::intValue).max().orElse(1);
    Scale scale = scale(canvas.width(), canvas.height(), largest);
    axis(scale, canvas, rendering);
    int water = rendering.palette().rgb(WATERS.get(rendering.style(WATERS.size())));
    double wall = Math.max(1, Math.rint(rendering.line(canvasSide(canvas) * 0.008)));
    for (int jug = 0; jug < scene.jugs(); jug++) {
      double left = scale.jugLeft(jug, scene.jugs());
      double right = scale.jugRight(jug, scene.jugs());
      double rim = scale.y(scene.capacities().get(jug));
      double level = scale.y(scene.amounts().get(jug));
      canvas.rectangle(left, level, right - left, scale.base() - level, water);
      int ripple = Colours.mix(water, 0x000000, 0.35);
      for (int litre = 1; litre < scene.amounts().get(jug); litre++) {
        canvas.rectangle(left, scale.y(litre), right - left, 1, ripple);
      }
      canvas.rectangle(left - wall, rim, wall, scale.base() - rim, DARK);
      canvas.rectangle(right, rim, wall, scale.base() - rim, DARK);
      canvas.rectangle(left - wall, scale.base(), right - left + 2 * wall, wall, DARK);
      canvas.text(
          String.valueOf((char) ('A' + jug)),
          (left + right) / 2,
          scale.base() + canvasSide(canvas) * 0.05,
          scale.text() * 1.2,
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
  }

  private static double canvasSide(Canvas canvas) {
    return Math.min(canvas.width(), canvas.height());
  }

  private static void axis(Scale scale, Canvas canvas, Rendering rendering) {
    double line = Math.max(1, Math.rint(rendering.line(canvasSide(canvas) * 0.003)));
    int tone = rendering.background().tone();
    for (int litre = 0; litre <= scale.top(); litre++) {
      int grey = Colours.mix(tone, 0x000000, litre % 5 == 0 ? 0.45 : 0.25);
      canvas.rectangle(scale.left(), scale.y(litre), scale.right() - scale.left(), line, grey);
      if (litre % scale.labelStep() == 0) {
        canvas.text(
            Integer.toString(litre),
            scale.left() - canvasSide(canvas) * 0.012,
            scale.y(litre),
            scale.text(),
            Anchor.RIGHT,
            rendering.font(),
            DARK);
      }
    }
    canvas.text(
        "litres",
        scale.left() - canvasSide(canvas) * 0.09,
        Math.max(scale.text(), scale.y(scale.top()) - scale.text() * 2),
        scale.text(),
        Anchor.LEFT,
        rendering.font(),
        DARK);
  }
}
