package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Draws questions about a given face: the kind first, then shifts until the difficulty fits. */
final class ClockGenerator {
  private static final int TRIES = 400;

  /** Journeys that are counted: those whose length is one of these, in minutes. */
  private static final int[] COUNTED = {60, 150, 468};

  private final Selection selection;
  private final DifficultyScale scale;
  private final int maximumHours;
  private final List<String> kinds;

  ClockGenerator(Selection selection, DifficultyScale scale, int maximumHours) {
    this.selection = selection;
    this.scale = scale;
    this.maximumHours = maximumHours;
    List<String> able = new ArrayList<>();
    for (String kind : selection.questions()) {
      if (selection.wantedLevel().isEmpty() || reaches(kind, selection.wantedLevel().get())) {
        able.add(kind);
      }
    }
    this.kinds = able.isEmpty() ? List.copyOf(selection.questions()) : List.copyOf(able);
  }

  /** Whether a kind's operations ever give the level. */
  private boolean reaches(String kind, int level) {
    int least = kind.equals(ClockFamily.NOW) ? 1 : kind.equals(ClockFamily.JOURNEY) ? 3 : 2;
    int most = kind.equals(ClockFamily.NOW) ? 1 : kind.equals(ClockFamily.JOURNEY) ? 11 : 6;
    return level >= scale.level(least) && level <= scale.level(most);
  }

  Optional<Question> question(ClockScene scene, SplittableRandom random) {
    String kind = kinds.get(random.nextInt(kinds.size()));
    for (int i = 0; i < TRIES; i++) {
      Question question = draw(kind, random);
      if (wanted(scene, question)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  Question anyQuestion(SplittableRandom random) {
    return draw(kinds.get(random.nextInt(kinds.size())), random);
  }

  private boolean wanted(ClockScene scene, Question question) {
    Difficulty difficulty = scale.difficulty(ClockMeasures.of(scene, question));
    return selection.wants(question) && selection.wants(difficulty);
  }

  private Question draw(String kind, SplittableRandom random) {
    return switch (kind) {
      case ClockFamily.NOW -> Question.of(kind);
      case ClockFamily.IN, ClockFamily.AGO -> span(Question.of(kind), "", random);
      case ClockFamily.JOURNEY -> span(span(Question.of(kind), "", random), "since-", random);
      default -> throw new IllegalArgumentException("no question of clocks: " + kind);
    };
  }

  /** Every span may come; whole hours, minutes in fives and short spans come more often. */
  private Question span(Question question, String prefix, SplittableRandom random) {
    while (true) {
      int hours = random.nextInt(4) == 0 ? 0 : random.nextInt(maximumHours + 1);
      int minutes =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 5 * random.nextInt(12);
            default -> random.nextInt(60);
          };
      if (hours + minutes > 0) {
        return question.with(prefix + "hours", hours).with(prefix + "minutes", minutes);
      }
    }
  }

  /** The least number of wanted questions on a face; journeys are counted in part only. */
  int leastQuestions() {
    int least = Integer.MAX_VALUE;
    for (int hour = 1; hour <= 12; hour++) {
      for (int minute = 0; minute < 60; minute++) {
        least = Math.min(least, questions(new ClockScene(hour, minute)));
      }
    }
    return Math.max(1, least);
  }

  private int questions(ClockScene scene) {
    int count = wanted(scene, Question.of(ClockFamily.NOW)) ? 1 : 0;
    for (int span = 1; span < 60 * (maximumHours + 1); span++) {
      for (String kind : List.of(ClockFamily.IN, ClockFamily.AGO)) {
        if (kinds.contains(kind)) {
          int shift = kind.equals(ClockFamily.IN) ? span : -span;
          count += counts(scene, with(kind, "", span), shift) ? 1 : 0;
        }
      }
      if (kinds.contains(ClockFamily.JOURNEY)) {
        for (int length : COUNTED) {
          Supplier<Question> journey = with(ClockFamily.JOURNEY, "since-", span);
          count += counts(scene, () -> span(journey.get(), "", length), -span, length) ? 1 : 0;
        }
      }
    }
    return count;
  }

  /** Whether a question of a wanted kind is wanted; made only where measures are asked for. */
  private boolean counts(ClockScene scene, Supplier<Question> question, int... shifts) {
    if (!selection.measures().isEmpty()) {
      return wanted(scene, question.get());
    }
    return selection.wantedLevel().isEmpty()
        || scale.level(ClockMeasures.operations(scene, shifts)) == selection.wantedLevel().get();
  }

  private static Supplier<Question> with(String kind, String prefix, int span) {
    return () -> span(Question.of(kind), prefix, span);
  }

  private static Question span(Question question, String prefix, int span) {
    return question.with(prefix + "hours", span / 60).with(prefix + "minutes", span % 60);
  }
}
