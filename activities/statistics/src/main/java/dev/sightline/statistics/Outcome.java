package dev.sightline.statistics;

/**
 * One measured value of one item in one run.
 *
 * @param item id, unique within family
 * @param cluster items that share a scene share it
 * @param family puzzle family
 * @param seed run seed
 * @param value 0 or 1 for a yes/no metric
 */
public record Outcome(String item, String cluster, String family, long seed, double value) {}
