package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The spins of a question, one after the other.
 *
 * @param degrees clockwise where positive, counterclockwise where negative; never 0
 */
record Spins(List<Integer> degrees) {
  Spins {
    degrees = List.copyOf(degrees);
    if (degrees.isEmpty() || degrees.contains(0)) {
      throw new IllegalArgumentException("a spin turns the wheel, but is " + degrees);
    }
  }

  static Spins of(Question question) {
    return new Spins(
        Arrays.stream(question.text("spins").split(" ")).map(Integer::valueOf).toList());
  }

  Question question(String kind) {
    List<String> words = new ArrayList<>();
    degrees.forEach(spin -> words.add(Integer.toString(spin)));
    return Question.of(kind).with("spins", String.join(" ", words));
  }

  int net() {
    return degrees.stream().mapToInt(Integer::intValue).sum();
  }
}
