package dev.sightline.report;

import dev.sightline.report.Report.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Inline SVG. Colours come from the style sheet's classes, so that light and dark both work. */
final class Charts {
  private static final int WIDTH = 460;
  private static final int CURVE_WIDTH = 340;
  private static final int COLOURS = 8;
  private static final String[] DASHES = {"", "7 4", "2 4", "9 3 2 3"};

  private Charts() {}

  /** A policy's rates, one for each seed, in the colour of its place. */
  record Dots(String name, int colour, List<Rate> rates) {}

  /** One run's line. */
  record Line(String name, int colour, SortedMap<Integer, Double> points) {}

  /**
   * Rates with their intervals on one axis from 0 to 100 %.
   *
   * @param start drawn as a dashed line; null for none
   * @param blind what a policy that sees nothing reaches, drawn dotted; null for none
   */
  static String intervals(
      String label, List<Dots> policies, @Nullable Double start, @Nullable Double blind) {
    int left = 16;
    int right = WIDTH - 16;
    int top = 8;
    StringBuilder body = new StringBuilder();
    List<String> said = new ArrayList<>();
    int y = top;
    StringBuilder marks = new StringBuilder();
    for (Dots policy : policies) {
      y += 16;
      marks.append(text("name", left, y, "start", policy.name()));
      double mean = policy.rates().stream().mapToDouble(Rate::value).average().orElse(Double.NaN);
      String value = Double.isNaN(mean) ? "no result" : Format.percent((Double) mean) + " %";
      marks.append(text("value", right, y, "end", value));
      said.add(policy.name() + " " + value);
      y += 12;
      for (Rate rate : policy.rates()) {
        double from = x(rate.interval().low(), left, right);
        double to = x(rate.interval().high(), left, right);
        marks.append(
            "<line class=\"whisker k%d\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(policy.colour() % COLOURS, n(from), n(to), y, y));
        marks.append(
            "<circle class=\"f%d\" cx=\"%s\" cy=\"%d\" r=\"%s\"/>"
                .formatted(
                    policy.colour() % COLOURS,
                    n(x(rate.value(), left, right)),
                    y,
                    policy.rates().size() == 1 ? "5" : "3.5"));
        y += 9;
      }
      y += 6;
    }
    int bottom = y + 4;
    for (int tick = 0; tick <= 100; tick += 25) {
      double at = x(tick / 100.0, left, right);
      body.append(line("axis", at, top, at, bottom));
      String anchor = tick == 0 ? "start" : tick == 100 ? "end" : "middle";
      body.append(text("", at, bottom + 16, anchor, tick + (tick == 100 ? " %" : "")));
    }
    if (start != null) {
      double at = x(start, left, right);
      body.append(line("ref", at, top, at, bottom));
    }
    if (blind != null) {
      double at = x(blind, left, right);
      body.append(line("blind", at, top, at, bottom));
    }
    body.append(marks);
    return svg(label + ": " + String.join(", ", said), WIDTH, bottom + 24, body.toString());
  }

  /**
   * Lines over optimizer steps.
   *
   * @param fraction true when the axis is a rate from 0 to 1
   */
  static String curves(String label, List<Line> lines, boolean fraction) {
    int left = 46;
    int right = CURVE_WIDTH - 10;
    int top = 10;
    int bottom = 150;
    TreeSet<Integer> steps = new TreeSet<>();
    double low = fraction ? 0 : Double.MAX_VALUE;
    double high = fraction ? 1 : -Double.MAX_VALUE;
    for (Line line : lines) {
      steps.addAll(line.points().keySet());
      for (double value : line.points().values()) {
        low = fraction ? low : Math.min(low, value);
        high = fraction ? high : Math.max(high, value);
      }
    }
    if (high - low < 1e-9) {
      low -= 0.5;
      high += 0.5;
    }
    int first = steps.first();
    int last = Math.max(steps.last(), first + 1);
    StringBuilder body = new StringBuilder();
    for (int tick = 0; tick <= 4; tick++) {
      double value = low + (high - low) * tick / 4;
      double y = bottom - (bottom - top) * tick / 4.0;
      body.append(line("axis", left, y, right, y));
      body.append(text("", left - 6, y + 4, "end", fraction ? percent(value) : axis(value)));
    }
    body.append(text("", left, bottom + 17, "start", "step " + first));
    body.append(text("", right, bottom + 17, "end", Integer.toString(last)));
    List<String> said = new ArrayList<>();
    for (Line line : lines) {
      StringBuilder points = new StringBuilder();
      for (var point : line.points().entrySet()) {
        double x = left + (double) (right - left) * (point.getKey() - first) / (last - first);
        double y = bottom - (bottom - top) * (point.getValue() - low) / (high - low);
        points.append(n(x)).append(',').append(n(y)).append(' ');
      }
      body.append(
          "<polyline class=\"curve k%d\" stroke-dasharray=\"%s\" points=\"%s\"/>"
              .formatted(line.colour() % COLOURS, dash(line.colour()), points.toString().strip()));
      if (line.points().size() == 1) {
        String[] at = points.toString().strip().split(",", 2);
        body.append(
            "<circle class=\"f%d\" cx=\"%s\" cy=\"%s\" r=\"4\"/>"
                .formatted(line.colour() % COLOURS, at[0], at[1]));
      }
      said.add(
          line.name()
              + " from "
              + axis(line.points().firstEntry().getValue())
              + " to "
              + axis(line.points().lastEntry().getValue()));
    }
    return svg(label + ": " + String.join(", ", said), CURVE_WIDTH, bottom + 26, body.toString());
  }

  /** A short piece of a policy's line, for the legend. */
  static String swatch(int colour) {
    return ("<svg viewBox=\"0 0 28 10\" aria-hidden=\"true\"><line class=\"curve k%d\""
            + " stroke-dasharray=\"%s\" x1=\"2\" x2=\"26\" y1=\"5\" y2=\"5\"/></svg>")
        .formatted(colour % COLOURS, dash(colour));
  }

  private static String dash(int colour) {
    return DASHES[Math.floorMod(colour - 1, DASHES.length)];
  }

  private static double x(double rate, int left, int right) {
    return left + rate * (right - left);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.0f", 100 * value);
  }

  private static String axis(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  static String line(String kind, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(kind, n(x1), n(y1), n(x2), n(y2));
  }

  static String text(String kind, double x, double y, String anchor, String words) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(kind, n(x), n(y), anchor, Html.escape(words));
  }

  static String svg(String label, int width, int height, String body) {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
        .formatted(width, height, Html.escape(label), body);
  }

  private static String n(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
