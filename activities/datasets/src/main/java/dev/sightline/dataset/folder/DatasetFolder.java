package dev.sightline.dataset.folder;

import dev.sightline.dataset.Json;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.puzzle.dataset.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A finished data set on disk. Whatever is missing, cut, changed or of another version is a
 * SightlineException DATASET_INVALID that names the file, and the line where there is one.
 */
public final class DatasetFolder {
  private final Path root;
  private final FolderIndex index;
  private final Optional<DatasetManifest> manifest;
  private final Map<String, Origin> origins;
  private final Map<String, ConfiguredFamily> families = new HashMap<>();

  private DatasetFolder(
      Path root,
      FolderIndex index,
      Optional<DatasetManifest> manifest,
      Map<String, Origin> origins) {
    this.root = root;
    this.index = index;
    this.manifest = manifest;
    this.origins = origins;
    manifest.ifPresent(
        known -> {
          for (Portion portion : known.plan().portions()) {
            families.put(portion.label(), configured(portion.family(), portion.config()));
          }
        });
  }

  /**
   * Opens a folder and checks all but items and pictures, which are checked as they are read.
   *
   * @throws SightlineException INVALID_REQUEST where there is no data set; DATASET_INVALID where
   *     there is a broken one
   */
  public static DatasetFolder open(Path root) {
    Path file = root.resolve(FolderFiles.INDEX);
    if (!Files.exists(file)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          Files.exists(root.resolve(FolderFiles.MAKING))
              ? root + ": holds an unfinished data set; run the same command again to finish it"
              : root + ": holds no data set; name a folder with " + FolderFiles.INDEX);
    }
    FolderIndex index;
    try {
      index = FolderIndex.fromMap(Json.object(text(file)));
    } catch (IllegalArgumentException e) {
      throw FolderFiles.invalid(file, String.valueOf(e.getMessage()));
    }
    Path manifestFile = root.resolve(FolderFiles.MANIFEST);
    String text = text(manifestFile);
    if (!Digest.ofText(text).equals(index.manifest())) {
      throw FolderFiles.invalid(
          manifestFile, "was changed: its SHA-256 is not the one in " + FolderFiles.INDEX);
    }
    Optional<DatasetManifest> manifest = Optional.empty();
    Map<String, Origin> origins = Map.of();
    if (index.imported().isEmpty()) {
      try {
        manifest = Optional.of(DatasetManifest.fromMap(Json.object(text)));
      } catch (IllegalArgumentException e) {
        throw FolderFiles.invalid(manifestFile, String.valueOf(e.getMessage()));
      }
      checkCounts(manifestFile, index, manifest.get());
    } else {
      origins = origins(root.resolve(FolderFiles.ORIGINS), Json.object(text));
    }
    return new DatasetFolder(root, index, manifest, origins);
  }

  private static void checkCounts(Path file, FolderIndex index, DatasetManifest manifest) {
    for (Split split : Split.values()) {
      FolderIndex.ItemFile items = index.splits().get(split);
      int count = items == null ? 0 : items.items();
      if (count != manifest.of(split).count()) {
        throw FolderFiles.invalid(
            file,
            "says %d %s items, %s says %d: the files are of two data sets"
                .formatted(manifest.of(split).count(), split.wireName(), FolderFiles.INDEX, count));
      }
    }
  }

  private static Map<String, Origin> origins(Path file, Map<String, Object> manifest) {
    String text = text(file);
    if (!Digest.ofText(text).hex().equals(manifest.get("origins"))) {
      throw FolderFiles.invalid(
          file, "was changed: its SHA-256 is not the one in " + FolderFiles.MANIFEST);
    }
    Map<String, Origin> origins = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        Origin origin = Origin.fromMap(Json.object(line));
        origins.put(origin.id(), origin);
      } catch (IllegalArgumentException e) {
        throw FolderFiles.invalid(Path.of(file + ":" + number), String.valueOf(e.getMessage()));
      }
    }
    return origins;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw FolderFiles.invalid(file, "is missing");
    } catch (IOException e) {
      throw FolderFiles.invalid(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  public Path root() {
    return root;
  }

  public FolderIndex index() {
    return index;
  }

  /** Empty for imported data sets. */
  public Optional<DatasetManifest> manifest() {
    return manifest;
  }

  /** Where an imported item comes from. */
  public Optional<Origin> origin(DatasetItem item) {
    return Optional.ofNullable(origins.get(item.id()));
  }

  /** The splits that have items, test first. */
  public List<Split> splits() {
    List<Split> splits = new ArrayList<>();
    for (Split split : List.of(Split.TEST, Split.DEV, Split.TRAIN)) {
      if (index.splits().containsKey(split)) {
        splits.add(split);
      }
    }
    return splits;
  }

  /** The items of a split that has some. */
  public ItemReader read(Split split) {
    FolderIndex.ItemFile file = index.splits().get(split);
    if (file == null) {
      throw new IllegalArgumentException("no " + split.wireName() + " items in " + root);
    }
    return new ItemReader(root.resolve(FolderFiles.items(split)), split, file);
  }

  /** All items, split by split. */
  public void forEach(Consumer<DatasetItem> consumer) {
    for (Split split : splits()) {
      try (ItemReader items = read(split)) {
        items.forEachRemaining(consumer);
      }
    }
  }

  /** An item by its id. */
  public Optional<DatasetItem> find(String id) {
    for (Split split : splits()) {
      try (ItemReader items = read(split)) {
        while (items.hasNext()) {
          DatasetItem item = items.next();
          if (item.id().equals(id)) {
            return Optional.of(item);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The item's picture, read from its file; empty in data sets without pictures. */
  public Optional<byte[]> picture(DatasetItem item) {
    return index.pictures()
        ? Optional.of(read(FolderFiles.picture(item.imageDigest()), item.imageDigest()))
        : Optional.empty();
  }

  /** Their picture of an imported item, as it came. */
  public Optional<byte[]> original(Origin origin) {
    return origin
        .original()
        .map(
            picture ->
                read(FolderFiles.original(picture.digest(), picture.ending()), picture.digest()));
  }

  private byte[] read(Path name, Digest digest) {
    Path file = root.resolve(name);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!Digest.of(bytes).equals(digest)) {
        throw FolderFiles.invalid(file, "is corrupt: its SHA-256 is not its name");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw FolderFiles.invalid(file, "is missing");
    } catch (IOException e) {
      throw FolderFiles.invalid(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  /** The family with the configuration that the item was made with. */
  public ConfiguredFamily family(DatasetItem item) {
    Origin origin = origins.get(item.id());
    ConfiguredFamily family =
        origin == null
            ? families.get(Portion.labelOf(item.id()))
            : configured(item.family(), origin.config());
    if (family == null) {
      throw FolderFiles.invalid(
          root.resolve(FolderFiles.MANIFEST), "knows nothing of item " + item.id());
    }
    return family;
  }

  private ConfiguredFamily configured(String family, Map<String, Object> config) {
    try {
      return PuzzleFamilies.configure(family, config);
    } catch (InvalidConfigException e) {
      throw FolderFiles.invalid(
          root.resolve(FolderFiles.MANIFEST),
          "was made by another version of Sightline (" + family + ": " + e.getMessage() + ")");
    }
  }
}
