package dev.sightline.puzzle;

/** How an answer is read and compared. */
public enum AnswerType {
  /** Digits with an optional sign, compared as integers. */
  INTEGER,
  /** One word out of those that the question names, compared without case. */
  WORD
}
