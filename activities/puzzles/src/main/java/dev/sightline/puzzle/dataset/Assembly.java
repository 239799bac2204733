package dev.sightline.puzzle.dataset;

import java.util.List;

/**
 * The items of a data set in memory, each split in the order of portions and their candidates.
 *
 * @param portions how each portion came about
 */
public record Assembly(
    List<PortionOutcome> portions,
    List<DatasetItem> train,
    List<DatasetItem> dev,
    List<DatasetItem> test) {
  public Assembly {
    portions = List.copyOf(portions);
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }

  public List<DatasetItem> of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case DEV -> dev;
      case TEST -> test;
    };
  }
}
