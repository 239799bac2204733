package dev.sightline.statistics;

import java.util.List;

/** Rows that do not pair: each (item, seed) must occur exactly once on both sides. */
public final class UnpairedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 20;

  private final List<String> problems;

  UnpairedException(List<String> problems) {
    super(
        problems.size()
            + " (item, seed) rows do not pair: "
            + String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())))
            + (problems.size() > SHOWN ? "; ..." : ""));
    this.problems = List.copyOf(problems);
  }

  /** All of them, in item and seed order. */
  public List<String> problems() {
    return problems;
  }
}
