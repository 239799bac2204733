package dev.sightline.puzzle.dataset;

import java.util.List;

/** The items of a data set, each split in the order of its candidates. */
public record Assembly(
    SplitRule rule, List<DatasetItem> train, List<DatasetItem> dev, List<DatasetItem> test) {
  public Assembly {
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
