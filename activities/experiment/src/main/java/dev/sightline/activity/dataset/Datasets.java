package dev.sightline.activity.dataset;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.Recovery;
import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.spec.ArmSettings;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Published data sets, the last few kept in memory. */
public final class Datasets {
  private static final int KEPT = 4;

  private final Stores stores;
  private final Recovery recovery;
  private final Map<Digest, LoadedDataset> loaded =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, LoadedDataset> eldest) {
          return size() > KEPT;
        }
      };

  public Datasets(Stores stores, ArtifactStore artifacts) {
    this.recovery = new Recovery(artifacts, stores.attempts());
    this.stores = stores;
  }

  /**
   * The data set of an experiment.
   *
   * @throws SightlineException DATASET_INVALID when it is not published yet
   */
  public LoadedDataset of(ExperimentSpec spec) {
    Digest manifest =
        manifest(spec)
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.DATASET_INVALID,
                        "data set "
                            + Experiments.datasetDigest(spec).shortForm()
                            + " is not published; start DatasetGeneration with this experiment"
                            + " first"));
    return load(spec, manifest);
  }

  /**
   * The data set as one arm is shown it: the experiment's items, in the arm's picture size. What is
   * no arm (the warm start, the start) is shown them as published.
   *
   * @throws SightlineException DATASET_INVALID when it is not published yet
   */
  public LoadedDataset of(ExperimentSpec spec, String arm) {
    LoadedDataset dataset = of(spec);
    return spec.arm(arm)
        .map(found -> dataset.drawn(ArmSettings.of(spec, found).dataset().imageSize()))
        .orElse(dataset);
  }

  private synchronized LoadedDataset load(ExperimentSpec spec, Digest manifestDigest) {
    LoadedDataset present = loaded.get(manifestDigest);
    if (present == null) {
      present = read(spec, manifestDigest);
      loaded.put(manifestDigest, present);
    }
    return present;
  }

  private LoadedDataset read(ExperimentSpec spec, Digest manifestDigest) {
    PublishedDataset published = published(spec, manifestDigest);
    Supplier<Remake.Whole> whole = once(() -> Remake.whole(Catalog.datasetPlan(spec)));
    Map<Split, List<DatasetItem>> splits = new LinkedHashMap<>();
    published
        .chunks()
        .forEach(
            (split, chunks) -> {
              List<DatasetItem> items = new ArrayList<>();
              for (int i = 0; i < chunks.size(); i++) {
                int number = i;
                Recovery.Part part = chunk(spec, split, number);
                items.addAll(
                    items(
                        recovery.get(chunks.get(i), part, () -> whole.get().chunk(split, number))));
              }
              splits.put(split, items);
            });
    return new LoadedDataset(manifestDigest, published.manifest(), splits);
  }

  /** What was lost together is made again together. */
  private static <T> Supplier<T> once(Supplier<T> make) {
    List<T> made = new ArrayList<>();
    return () -> {
      if (made.isEmpty()) {
        made.add(make.get());
      }
      return made.getFirst();
    };
  }

  private PublishedDataset published(ExperimentSpec spec, Digest manifestDigest) {
    return PublishedDataset.fromMap(
        Trees.read(
            recovery.get(
                manifestDigest,
                part(spec, "the data set's manifest"),
                () -> Remake.whole(Catalog.datasetPlan(spec)).manifest())));
  }

  /** The manifest of an experiment's data set; empty where none is published. */
  public Optional<Digest> manifest(ExperimentSpec spec) {
    return stores
        .datasets()
        .find(Experiments.datasetDigest(spec))
        .map(DatasetStore.Dataset::manifestDigest);
  }

  /** What the artifacts with the items are, in order. */
  public Map<Digest, Recovery.Part> chunks(ExperimentSpec spec, Digest manifestDigest) {
    Map<Digest, Recovery.Part> parts = new LinkedHashMap<>();
    published(spec, manifestDigest)
        .chunks()
        .forEach(
            (split, chunks) -> {
              for (int i = 0; i < chunks.size(); i++) {
                parts.put(chunks.get(i), chunk(spec, split, i));
              }
            });
    return parts;
  }

  private static Recovery.Part chunk(ExperimentSpec spec, Split split, int index) {
    return part(spec, "%s items, part %d".formatted(split.wireName(), index + 1));
  }

  /** Names an artifact of an experiment's data set. */
  public static Recovery.Part part(ExperimentSpec spec, String what) {
    return new Recovery.Part(Ids.dataset(Experiments.datasetDigest(spec)), what);
  }

  static byte[] bytes(List<DatasetItem> items) {
    return Trees.bytes(Map.of("items", items.stream().map(DatasetItem::toMap).toList()));
  }

  static List<DatasetItem> items(byte[] json) {
    List<?> rows =
        (List<?>) Objects.requireNonNull(Trees.read(json).get("items"), "an item artifact");
    return rows.stream().map(row -> DatasetItem.fromMap((Map<?, ?>) row)).toList();
  }
}
