package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Question;

/** Turns the hands minute by minute, as one would by hand. */
final class ClockReferenceSolver {
  private int hour;
  private int minute;

  private ClockReferenceSolver(int hour, int minute) {
    this.hour = hour;
    this.minute = minute;
  }

  static String answer(ClockScene scene, Question question) {
    ClockReferenceSolver hands = new ClockReferenceSolver(scene.hour(), scene.minute());
    String kind = question.kind();
    if (kind.equals("ago")) {
      hands.back(question.integer("hours"), question.integer("minutes"));
    } else if (kind.equals("in")) {
      hands.forward(question.integer("hours"), question.integer("minutes"));
    } else if (kind.equals("journey")) {
      hands.back(question.integer("since-hours"), question.integer("since-minutes"));
      hands.forward(question.integer("hours"), question.integer("minutes"));
    } else if (!kind.equals("now")) {
      throw new IllegalArgumentException("unknown kind of question: " + kind);
    }
    return hands.hour + (hands.minute <= 9 ? ":0" : ":") + hands.minute;
  }

  private void forward(int hours, int minutes) {
    for (int i = 0; i < hours; i++) {
      hour = hour == 12 ? 1 : hour + 1;
    }
    for (int i = 0; i < minutes; i++) {
      minute++;
      if (minute == 60) {
        minute = 0;
        hour = hour == 12 ? 1 : hour + 1;
      }
    }
  }

  private void back(int hours, int minutes) {
    for (int i = 0; i < hours; i++) {
      hour = hour == 1 ? 12 : hour - 1;
    }
    for (int i = 0; i < minutes; i++) {
      minute--;
      if (minute < 0) {
        minute = 59;
        hour = hour == 1 ? 12 : hour - 1;
      }
    }
  }
}
