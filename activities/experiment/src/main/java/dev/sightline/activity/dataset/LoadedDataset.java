package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A published data set in memory. Images are drawn when they are asked for. */
public final class LoadedDataset {
  private final Digest manifestDigest;
  private final DatasetPlan plan;
  private final DatasetManifest manifest;
  private final ConfiguredFamily family;
  private final Map<Split, List<DatasetItem>> splits = new LinkedHashMap<>();

  LoadedDataset(
      Digest manifestDigest,
      DatasetPlan plan,
      DatasetManifest manifest,
      Map<Split, List<DatasetItem>> splits) {
    this.manifestDigest = manifestDigest;
    this.plan = plan;
    this.manifest = manifest;
    this.family = plan.configuredFamily();
    splits.forEach((split, items) -> this.splits.put(split, List.copyOf(items)));
  }

  public Digest manifestDigest() {
    return manifestDigest;
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  public ConfiguredFamily family() {
    return family;
  }

  /** Items in index order. */
  public List<DatasetItem> items(Split split) {
    return splits.getOrDefault(split, List.of());
  }

  /** The item's picture as PNG bytes in the data set's size. */
  public byte[] image(DatasetItem item) {
    return family.png(
        family.readScene(item.scene()),
        item.rendering(),
        plan.imageSize().width(),
        plan.imageSize().height());
  }
}
