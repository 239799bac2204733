package dev.sightline.puzzle;

/** A scene and what is asked about it: what the item key of science.md 1 names. */
public record Puzzle(Scene scene, Question question) {}
