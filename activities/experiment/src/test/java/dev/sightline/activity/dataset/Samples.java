package dev.sightline.activity.dataset;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.Assembly;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.ManifestBuilder;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecReader;
import java.util.List;
import java.util.Map;

/** A small experiment and its data set, made without stores. */
public final class Samples {
  /** Three arms: the answer alone, an answer with the format, and the answer drawn by lot. */
  public static final String YAML =
      """
      name: sample
      seed: 20260101
      seeds: [1, 2]
      policy: { model: tiny-vl, seed: 7 }
      dataset:
        family: rotting_kiwi
        config: { rows: 2, columns: 3, rotten: one-or-more }
        imageSize: { width: 84, height: 56 }
        counts: { train: 60, dev: 10, test: 21 }
      warmStart:
        kind: full
        steps: 50
        stepsPerRound: 25
        batchSize: 32
        imageShare: 0.75
        perceptionQuestionShare: 0.2
      training: { steps: 4, stepsPerRound: 2, promptsPerStep: 2, groupSize: 4 }
      arms:
        - name: plain
          terms: [ { term: accuracy, weight: 1.0 } ]
        - name: formatted
          template: answer
          terms: [ { term: format, weight: 0.2 }, { term: accuracy, weight: 0.8 } ]
        - name: lots
          terms: [ { term: accuracy, weight: 1.0 } ]
          shuffleRewards: true
      evaluation: { batchItems: 8, testModes: [image, text], devModes: [image] }
      statistics: { reference: plain }
      """;

  public static final ExperimentSpec SPEC = spec(YAML);
  public static final LoadedDataset DATASET = dataset(SPEC);

  private Samples() {}

  public static ExperimentSpec spec(String yaml) {
    return Experiments.resolve(new SpecReader(Catalog.ALL).readYaml("sample.yaml", yaml));
  }

  public static LoadedDataset dataset(ExperimentSpec spec) {
    DatasetPlan plan = Catalog.datasetPlan(spec);
    Assembly assembly = DatasetAssembler.make(plan);
    ManifestBuilder manifest = new ManifestBuilder(plan);
    for (Split split : Split.values()) {
      assembly.of(split).forEach(manifest::add);
    }
    return new LoadedDataset(
        Digest.ofText("manifest"),
        manifest.build(assembly.portions()),
        Map.of(
            Split.TRAIN, assembly.train(), Split.DEV, assembly.dev(), Split.TEST, assembly.test()));
  }

  /** The whole experiment as a JSON tree, as a workflow's input has it. */
  static Map<String, Object> tree(String yaml) {
    return Map.copyOf(dev.sightline.spec.SpecWriter.tree(spec(yaml)));
  }

  static List<String> ids(LoadedDataset dataset, Split split) {
    return dataset.items(split).stream().map(item -> item.id()).toList();
  }
}
