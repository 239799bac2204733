package dev.sightline.puzzle.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes data sets as several workers would, shards going through their maps. */
final class Makers {
  private Makers() {}

  static Assembly make(DatasetPlan plan, boolean backwards) {
    ShardLayout layout = ShardLayout.fromMap(DatasetAssembler.layout(plan).toMap());
    Map<Integer, Shard> shards = new HashMap<>();
    while (true) {
      int count = layout.tasks().size();
      for (int i = 0; i < count; i++) {
        int index = backwards ? count - 1 - i : i;
        if (!shards.containsKey(index)) {
          shards.put(index, Shard.fromMap(DatasetAssembler.generate(plan, layout, index).toMap()));
        }
      }
      List<DatasetItem> train = new ArrayList<>();
      List<DatasetItem> dev = new ArrayList<>();
      List<DatasetItem> test = new ArrayList<>();
      AssemblyOutcome outcome =
          DatasetAssembler.assemble(
              plan,
              layout,
              shards::get,
              item ->
                  (switch (item.split()) {
                        case TRAIN -> train;
                        case DEV -> dev;
                        case TEST -> test;
                      })
                      .add(item));
      if (outcome instanceof AssemblyOutcome.Complete(List<PortionOutcome> portions)) {
        ChoiceStep choices = new ChoiceStep(plan);
        List.of(train, dev, test).forEach(items -> items.forEach(choices::add));
        return new Assembly(
            portions,
            train.stream().map(choices::finish).toList(),
            dev.stream().map(choices::finish).toList(),
            test.stream().map(choices::finish).toList());
      }
      layout = ((AssemblyOutcome.Short) outcome).longer();
    }
  }
}
