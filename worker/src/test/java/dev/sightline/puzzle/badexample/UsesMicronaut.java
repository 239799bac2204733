package dev.sightline.puzzle.badexample;

import io.micronaut.core.annotation.Introspected;

/** Breaks a rule on purpose: is wired by the worker's framework. */
@Introspected
public final class UsesMicronaut {}
