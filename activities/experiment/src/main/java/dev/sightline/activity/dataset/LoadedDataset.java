package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.puzzle.render.IndexedImage;
import dev.sightline.puzzle.render.PalettePng;
import dev.sightline.spec.ExperimentSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A published data set in memory. Pictures are drawn when they are asked for, some are kept. */
public final class LoadedDataset {
  private static final long KEPT_PICTURES_BYTES = 32L << 20;

  private final Digest manifestDigest;
  private final DatasetPlan plan;
  private final DatasetManifest manifest;
  private final Map<String, ConfiguredFamily> families = new LinkedHashMap<>();
  private final Map<Split, List<DatasetItem>> splits = new LinkedHashMap<>();

  private final DatasetPlan.ImageSize imageSize;
  private final Pictures pictures;

  LoadedDataset(
      Digest manifestDigest, DatasetManifest manifest, Map<Split, List<DatasetItem>> splits) {
    this.manifestDigest = manifestDigest;
    this.plan = manifest.plan();
    this.manifest = manifest;
    for (Portion portion : plan.portions()) {
      families.put(portion.label(), portion.configured());
    }
    splits.forEach((split, items) -> this.splits.put(split, List.copyOf(items)));
    this.imageSize = plan.imageSize();
    this.pictures = new Pictures(KEPT_PICTURES_BYTES);
  }

  private LoadedDataset(LoadedDataset other, DatasetPlan.ImageSize imageSize) {
    this.manifestDigest = other.manifestDigest;
    this.plan = other.plan;
    this.manifest = other.manifest;
    this.families.putAll(other.families);
    this.splits.putAll(other.splits);
    this.imageSize = imageSize;
    this.pictures = other.pictures;
  }

  /** The same items with pictures of this size. */
  public LoadedDataset drawn(ExperimentSpec.ImageSize size) {
    return new LoadedDataset(this, new DatasetPlan.ImageSize(size.width(), size.height()));
  }

  /** The size of the pictures where it is not the one that the items were published with. */
  public Optional<ExperimentSpec.ImageSize> otherSize() {
    return imageSize.equals(plan.imageSize())
        ? Optional.empty()
        : Optional.of(new ExperimentSpec.ImageSize(imageSize.width(), imageSize.height()));
  }

  public Digest manifestDigest() {
    return manifestDigest;
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  /** The family of an item, under the configuration of its part. */
  public ConfiguredFamily family(DatasetItem item) {
    return Objects.requireNonNull(
        families.get(Portion.labelOf(item.id())), () -> "the plan has no part for " + item.id());
  }

  /** Items in index order. */
  public List<DatasetItem> items(Split split) {
    return splits.getOrDefault(split, List.of());
  }

  /** A white picture as PNG bytes. */
  public byte[] blankImage() {
    return PalettePng.encode(new IndexedImage(imageSize.width(), imageSize.height(), 0xffffff));
  }

  /** The item's picture as PNG bytes, not to be written to. */
  public byte[] image(DatasetItem item) {
    return pictures.of(item, imageSize, () -> item.image(family(item), imageSize));
  }
}
