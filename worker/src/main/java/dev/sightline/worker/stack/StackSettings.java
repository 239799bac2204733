package dev.sightline.worker.stack;

import java.util.List;

/**
 * What a supervisor needs to know; {@code up} writes it, a supervisor that adopts reads it again.
 *
 * @param root the checkout or installation that holds {@code deploy/}
 * @param python interpreter of the prepared environment; empty when no part needs it
 * @param threads CPU threads of the policy server
 * @param without parts that are not run here
 * @param build digest of the build
 */
public record StackSettings(
    String root, String python, int threads, List<PartName> without, String build) {
  public StackSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1");
    }
    without = List.copyOf(without);
  }
}
