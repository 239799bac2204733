package dev.sightline.puzzle.badexample;

import jakarta.inject.Inject;

/** Breaks two rules on purpose: injection outside the worker, and into a field. */
public class InjectsField {
  @Inject String name = "";
}
