package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mistakes that can be made with any pattern, computed from what the picture shows. */
final class CommonMistakes {
  private CommonMistakes() {}

  static List<WrongAnswer> of(
      Pattern pattern, PatternScene scene, Place missing, Question question) {
    List<WrongAnswer> wrong = new ArrayList<>();
    List<List<String>> rows = scene.rows(missing.table());
    List<String> row = rows.get(missing.row());
    // A sum over the picture decides what is arbitrary, so that no answer is favoured.
    int mark = Math.floorMod(scene.tables().toString().hashCode(), 1009);
    add(wrong, pattern, scene, "left-neighbour", row, missing.column() - 1);
    add(wrong, pattern, scene, "right-neighbour", row, missing.column() + 1);
    for (int step : new int[] {-1, 1}) {
      int other = missing.row() + step;
      if (other >= 0 && other < rows.size()) {
        add(wrong, pattern, scene, "other-row", rows.get(other), missing.column());
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(
        line ->
            line.stream()
                .filter(pattern::plain)
                .forEach(cell -> counts.merge(cell, 1, Integer::sum)));
    counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(most -> wrong.add(said(pattern, scene, "most-frequent", most.getKey())));
    counts.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(least -> wrong.add(said(pattern, scene, "rarest", least.getKey())));
    if (pattern.answerType() == AnswerType.INTEGER) {
      pattern
          .solve(scene, question)
          .map(Integer::parseInt)
          .ifPresent(
              right -> {
                // One direction only: the right answer must not be the middle of the options.
                int away = mark % 2 == 0 ? 1 : -1;
                wrong.add(off("off-by-one", right + away));
                wrong.add(off("off-by-two", right + (mark / 2 % 2 == 0 ? 2 : -2)));
              });
    } else {
      pattern.solve(scene, question).ifPresent(right -> wrong.addAll(misjudged(right)));
      List<String> unseen = new ArrayList<>(pattern.candidates(scene, missing));
      unseen.removeAll(counts.keySet());
      for (int i = 0; i < Math.min(2, unseen.size()); i++) {
        String value = unseen.get((mark + i) % unseen.size());
        wrong.add(said(pattern, scene, "not-in-the-picture", value));
      }
    }
    return wrong;
  }

  /** The next smaller and larger size. */
  private static List<WrongAnswer> misjudged(String right) {
    List<WrongAnswer> wrong = new ArrayList<>();
    int at = Words.SIZE_WORDS.indexOf(right);
    if (at > 0) {
      wrong.add(new WrongAnswer("size-too-small", Words.SIZE_WORDS.get(at - 1)));
    }
    if (at >= 0 && at + 1 < Words.SIZE_WORDS.size()) {
      wrong.add(new WrongAnswer("size-too-large", Words.SIZE_WORDS.get(at + 1)));
    }
    return wrong;
  }

  private static void add(
      List<WrongAnswer> wrong,
      Pattern pattern,
      PatternScene scene,
      String procedure,
      List<String> row,
      int column) {
    if (column >= 0 && column < row.size() && pattern.plain(row.get(column))) {
      wrong.add(said(pattern, scene, procedure, row.get(column)));
    }
  }

  private static WrongAnswer said(
      Pattern pattern, PatternScene scene, String procedure, String value) {
    return new WrongAnswer(procedure, pattern.answer(scene, value));
  }

  private static WrongAnswer off(String procedure, int value) {
    return new WrongAnswer(procedure, Integer.toString(value < 1 ? 3 - value : value));
  }
}
