package dev.sightline.report;

import dev.sightline.report.Decomposition.ErrorSplit;
import dev.sightline.report.Decomposition.ModeRate;
import dev.sightline.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pictures of the decomposition, as inline SVG with the style sheet's classes. */
final class DecompositionCharts {
  private static final int WIDTH = 460;
  private static final int LEFT = 16;
  private static final int RIGHT = WIDTH - 16;
  private static final int BAR = 16;
  private static final int COLOURS = 8;

  private DecompositionCharts() {}

  /**
   * For each policy one bar of all items: right, wrong by perception, wrong by reasoning. A
   * negative half is drawn back from where the other one ends, so that both always end at 100 %.
   *
   * @return empty without any split
   */
  static String errors(String label, List<Decomposition> decompositions) {
    StringBuilder body = new StringBuilder();
    List<String> said = new ArrayList<>();
    int y = 4;
    double top = 1;
    for (Decomposition decomposition : decompositions) {
      ErrorSplit error = decomposition.overall().error();
      if (error != null) {
        top = Math.max(top, error.none().value() + error.perception().value());
        top = Math.max(top, error.none().value() + error.reasoning().value());
      }
    }
    for (Decomposition decomposition : decompositions) {
      ErrorSplit error = decomposition.overall().error();
      if (error == null) {
        continue;
      }
      String name = DecompositionTables.policy(decomposition);
      List<String> numbers =
          List.of(
              percent(error.none().value()),
              percent(error.perception().value()),
              percent(error.reasoning().value()));
      body.append(Charts.text("name", LEFT, y + 12, "start", name));
      body.append(Charts.text("value", RIGHT, y + 12, "end", String.join(" · ", numbers)));
      said.add(name + " %s right, %s perception, %s reasoning".formatted(numbers.toArray()));
      y += 18;
      double right = error.none().value();
      double middle = right + Math.max(error.perception().value(), error.reasoning().value());
      boolean harm = error.perception().value() < 0;
      double seen = right + error.perception().value();
      body.append(bar("right", 0, right, y, BAR, top));
      if (error.perception().value() >= 0 && error.reasoning().value() >= 0) {
        body.append(bar("perception", right, seen, y, BAR, top));
        body.append(bar("reasoning", seen, 1, y, BAR, top));
      } else {
        // The positive half overshoots; the negative one is the thin bar back to 100 %.
        body.append(bar(harm ? "reasoning" : "perception", right, middle, y, BAR, top));
        body.append(bar(harm ? "perception" : "reasoning", 1, middle, y + BAR - 5, 5, top));
      }
      y += BAR + 12;
    }
    if (said.isEmpty()) {
      return "";
    }
    for (int tick = 0; tick <= 100; tick += 25) {
      double at = x(tick / 100.0, top);
      String anchor = tick == 0 ? "start" : tick == 100 ? "end" : "middle";
      body.append(Charts.text("", at, y + 10, anchor, tick + (tick == 100 ? " %" : "")));
    }
    y += 22;
    legend(body, "right", "right", y);
    legend(body, "perception", "wrong by perception", y + 20);
    legend(body, "reasoning", "wrong by reasoning", y + 40);
    return Charts.svg(label + ": " + String.join("; ", said), WIDTH, y + 58, body.toString());
  }

  private static void legend(StringBuilder body, String kind, String words, int y) {
    body.append(
        "<rect class=\"part %s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>"
            .formatted(kind, LEFT, y));
    body.append(Charts.text("", LEFT + 18, y + 10, "start", words));
  }

  private static String bar(String kind, double from, double to, int y, int height, double top) {
    double start = x(Math.min(from, to), top);
    double width = Math.max(0, x(Math.max(from, to), top) - start);
    return String.format(
        Locale.ROOT,
        "<rect class=\"part %s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
        kind,
        start,
        y,
        width,
        height);
  }

  private static double x(double share, double top) {
    return LEFT + share / top * (RIGHT - LEFT);
  }

  /**
   * Accuracy by what is shown: one group of lines for each mode, one line for each policy in its
   * colour.
   *
   * @return empty with fewer than two modes
   */
  static String modes(String label, List<Decomposition> decompositions, List<String> policies) {
    Set<String> modes = new LinkedHashSet<>();
    decompositions.forEach(d -> d.overall().modes().forEach(mode -> modes.add(mode.mode())));
    // Their A is judged against two scenes; they have tables of their own.
    modes.remove(Decompositions.EDITED_DESCRIPTION);
    modes.remove(Decompositions.SWAPPED);
    if (modes.size() < 2) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    List<String> said = new ArrayList<>();
    int left = 128;
    int y = 8;
    for (String mode : modes) {
      int first = y;
      List<String> rates = new ArrayList<>();
      for (Decomposition decomposition : decompositions) {
        ModeRate rate = DecompositionTables.find(decomposition.overall(), mode);
        y += 11;
        if (rate == null) {
          continue;
        }
        String name = DecompositionTables.policy(decomposition);
        int colour = Math.max(0, policies.indexOf(name)) % COLOURS;
        marks.append(mark(rate.accuracy().value(), rate.accuracy().interval(), colour, y, left));
        rates.add(name + " " + percent(rate.accuracy().value()));
      }
      body.append(Charts.text("name", LEFT, (first + 11 + y) / 2.0 + 4, "start", mode));
      said.add(mode + ": " + String.join(", ", rates));
      y += 12;
    }
    StringBuilder axis = new StringBuilder();
    for (int tick = 0; tick <= 100; tick += 25) {
      double at = left + tick / 100.0 * (RIGHT - left);
      axis.append(Charts.line("axis", at, 4, at, y));
      String anchor = tick == 100 ? "end" : "middle";
      axis.append(Charts.text("", at, y + 16, anchor, tick + (tick == 100 ? " %" : "")));
    }
    return Charts.svg(
        label + ": " + String.join("; ", said), WIDTH, y + 24, axis.toString() + body + marks);
  }

  private static String mark(
      double value, @Nullable Interval interval, int colour, int y, int left) {
    String whisker =
        interval == null
            ? ""
            : String.format(
                Locale.ROOT,
                "<line class=\"whisker k%d\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                colour,
                at(interval.low(), left),
                at(interval.high(), left),
                y,
                y);
    return whisker
        + String.format(
            Locale.ROOT,
            "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%d\" r=\"4\"/>",
            colour,
            at(value, left),
            y);
  }

  private static double at(double value, int left) {
    return left + value * (RIGHT - left);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", 100 * value).replace('-', '−');
  }
}
