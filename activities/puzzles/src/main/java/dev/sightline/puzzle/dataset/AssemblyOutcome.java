package dev.sightline.puzzle.dataset;

import java.util.List;

/** What the shards made so far give. */
public sealed interface AssemblyOutcome {
  /** All items. */
  record Complete(List<PortionOutcome> portions) implements AssemblyOutcome {
    public Complete {
      portions = List.copyOf(portions);
    }
  }

  /**
   * Too many candidates were dropped.
   *
   * @param longer the layout with further shards at its end; make those and assemble again
   */
  record Short(ShardLayout longer) implements AssemblyOutcome {}
}
