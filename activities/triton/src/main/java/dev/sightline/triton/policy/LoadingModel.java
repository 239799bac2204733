package dev.sightline.triton.policy;

/**
 * The model comes from a folder and is being read; ask again.
 *
 * @param load how far that is
 */
public record LoadingModel(JobStatus load) implements OpenAnswer {}
