package dev.sightline.reward;

/** Which of the two readings of an answer counts for a reward (science.md 2). */
public enum AnswerReader {
  STRICT,
  LENIENT
}
