package dev.sightline.puzzle;

/**
 * What an image shows: an immutable value with {@code equals} of the things shown. It need not be
 * legal: a model's description is a scene too. Each family has its own record.
 */
public interface Scene {}
