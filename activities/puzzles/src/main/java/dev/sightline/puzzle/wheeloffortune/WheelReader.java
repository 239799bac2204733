package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AlgoPuzzleVQA's wheels: their angles go counterclockwise from the right; the spin stands in the
 * text only.
 */
final class WheelReader implements ForeignReader {
  private static final Pattern DEGREES =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*degrees", Pattern.CASE_INSENSITIVE);
  private static final Pattern TURNS =
      Pattern.compile(
          "(\\d+(?:\\.\\d+)?)\\s*(?:full |complete )?(?:rotation|turn|revolution)s?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COUNTERCLOCKWISE =
      Pattern.compile("counter[- ]?clockwise|anti[- ]?clockwise", Pattern.CASE_INSENSITIVE);

  private final WheelOfFortuneFamily family;

  WheelReader(WheelOfFortuneFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "wheel_of_fortune";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("angles", "arrow_at", "original_boundaries", "original_prizes", "direction");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    List<Integer> widths = degrees(inputs, "angles");
    List<Integer> boundaries = degrees(inputs, "original_boundaries");
    if (!(inputs.get("original_prizes") instanceof List<?> prizes)
        || prizes.size() != widths.size()
        || boundaries.size() != widths.size()) {
      throw new IllegalArgumentException(
          "field 'original_prizes' must have a prize for each of the angles and boundaries");
    }
    List<Integer> edges = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      edges.add(Math.floorMod(90 - boundaries.get(i) - widths.get(i), 360));
      names.add(String.valueOf(prizes.get(i)));
    }
    // Counterclockwise there, clockwise here.
    Collections.reverse(edges);
    Collections.reverse(names);
    WheelScene scene =
        new WheelScene(edges, names, Math.floorMod(90 - Fields.integer(inputs, "arrow_at"), 360));
    boolean turns = !DEGREES.matcher(question).find();
    int spin = spin(question, turns);
    String direction =
        inputs.get("direction") instanceof String said && !said.isBlank() ? said : question;
    boolean back = COUNTERCLOCKWISE.matcher(direction.toLowerCase(Locale.ROOT)).find();
    return new ForeignPuzzle(
        family.configure(Map.of()),
        new Puzzle(
            scene,
            new Spins(List.of(back ? -spin : spin))
                .question(turns ? WheelOfFortuneFamily.TURNS : WheelOfFortuneFamily.DEGREES)));
  }

  private static int spin(String question, boolean turns) {
    Matcher matcher = (turns ? TURNS : DEGREES).matcher(question);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "the question names neither degrees nor rotations: " + question);
    }
    BigDecimal amount = new BigDecimal(matcher.group(1));
    return (turns ? amount.multiply(BigDecimal.valueOf(360)) : amount)
        .setScale(0, RoundingMode.HALF_UP)
        .intValueExact();
  }

  private static List<Integer> degrees(Map<String, ?> inputs, String field) {
    if (!(inputs.get(field) instanceof List<?> list)) {
      throw new IllegalArgumentException("field '" + field + "' must be a list of degrees");
    }
    List<Integer> out = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Number number)) {
        throw new IllegalArgumentException("field '" + field + "' must be a list of degrees");
      }
      out.add((int) Math.round(number.doubleValue()));
    }
    return out;
  }
}
