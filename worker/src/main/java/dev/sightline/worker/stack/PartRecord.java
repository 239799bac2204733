package dev.sightline.worker.stack;

/**
 * What {@code run/<part>.json} tells about a part that was started.
 *
 * @param part which part
 * @param process the process that leads the part's session
 * @param launch digest of command, environment and build: a living process of another launch is not
 *     adopted
 * @param startedAt for people, ISO-8601
 */
record PartRecord(PartName part, ProcessIdentity process, String launch, String startedAt) {}
