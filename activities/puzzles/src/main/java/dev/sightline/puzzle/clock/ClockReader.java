package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's clocks: the time shown and the shift are fields. They write twelve as 0. */
final class ClockReader implements ForeignReader {
  private final ClockFamily family;

  ClockReader(ClockFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "clock";
  }

  @Override
  public Set<String> inputs() {
    return Set.of(
        "current_hour",
        "current_minute",
        "add_hour",
        "add_minute",
        "subtract_hour",
        "subtract_minute");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    int hour = Math.floorMod(Fields.integer(inputs, "current_hour") - 1, 12) + 1;
    ClockScene scene = new ClockScene(hour, Fields.integer(inputs, "current_minute"));
    boolean later = inputs.containsKey("add_hour") || inputs.containsKey("add_minute");
    boolean earlier = inputs.containsKey("subtract_hour") || inputs.containsKey("subtract_minute");
    Question asked;
    if (later) {
      asked = shift(ClockFamily.IN, inputs, "add_");
    } else if (earlier) {
      asked = shift(ClockFamily.AGO, inputs, "subtract_");
    } else {
      asked = Question.of(ClockFamily.NOW);
    }
    return new ForeignPuzzle(family.configure(Map.of()), new Puzzle(scene, asked));
  }

  private static Question shift(String kind, Map<String, ?> inputs, String prefix) {
    return Question.of(kind)
        .with("hours", optional(inputs, prefix + "hour"))
        .with("minutes", optional(inputs, prefix + "minute"));
  }

  private static int optional(Map<String, ?> inputs, String field) {
    return inputs.containsKey(field) ? Fields.integer(inputs, field) : 0;
  }

  @Override
  public String answer(String theirs) {
    String time = theirs.strip();
    return time.startsWith("0:") ? "12" + time.substring(1) : time;
  }
}
