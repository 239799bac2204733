package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Question;

/** Times as minutes since twelve, modulo 720. */
final class ClockSolver {
  static final int TURN = 720;

  private ClockSolver() {}

  static int minutes(ClockScene scene) {
    return scene.hour() % 12 * 60 + scene.minute();
  }

  /** The time after each shift of the question, in order; the last is the answer. */
  static int[] stops(ClockScene scene, Question question) {
    int[] shifts = shifts(question);
    int[] stops = new int[shifts.length];
    int at = minutes(scene);
    for (int i = 0; i < shifts.length; i++) {
      at = Math.floorMod(at + shifts[i], TURN);
      stops[i] = at;
    }
    return stops;
  }

  /** Minutes to go forward, or backward where negative. */
  static int[] shifts(Question question) {
    return switch (question.kind()) {
      case ClockFamily.NOW -> new int[0];
      case ClockFamily.IN -> new int[] {span(question, "")};
      case ClockFamily.AGO -> new int[] {-span(question, "")};
      case ClockFamily.JOURNEY -> new int[] {-span(question, "since-"), span(question, "")};
      default -> throw new IllegalArgumentException("no question of clocks: " + question.kind());
    };
  }

  static int span(Question question, String prefix) {
    return question.integer(prefix + "hours") * 60 + question.integer(prefix + "minutes");
  }

  static String answer(ClockScene scene, Question question) {
    int[] stops = stops(scene, question);
    return time(stops.length == 0 ? minutes(scene) : stops[stops.length - 1]);
  }

  /** H:MM with hours 1 to 12. */
  static String time(int minutes) {
    int turned = Math.floorMod(minutes, TURN);
    int hour = turned / 60;
    int minute = turned % 60;
    return (hour == 0 ? 12 : hour) + ":" + (minute < 10 ? "0" : "") + minute;
  }
}
