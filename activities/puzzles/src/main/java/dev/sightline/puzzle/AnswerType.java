package dev.sightline.puzzle;

/** How an answer is read and compared. */
public enum AnswerType {
  /** Digits with an optional sign, compared as integers. */
  INTEGER,
  /** One of the words or short phrases that the question names, compared without case. */
  WORD,
  /** {@code H:MM} on a twelve-hour clock, written with hours 1 to 12; 0 is read as 12. */
  TIME
}
