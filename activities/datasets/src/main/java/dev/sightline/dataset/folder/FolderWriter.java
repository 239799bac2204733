package dev.sightline.dataset.folder;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes items as they come. Until {@link #finish} all lies in a folder of its own, so that a
 * killed writer leaves no data set.
 */
public final class FolderWriter implements AutoCloseable {
  private final Path root;
  private final Path making;
  private final boolean pictures;
  private final ImageSize imageSize;
  private final Map<Split, Lines> files = new EnumMap<>(Split.class);
  private final Set<Digest> kept = new HashSet<>();

  private static final class Lines implements AutoCloseable {
    final MessageDigest digest = Digest.sha256();
    final OutputStream out;
    int items;

    Lines(Path file) throws IOException {
      out =
          new java.io.BufferedOutputStream(
              new DigestOutputStream(Files.newOutputStream(file), digest), 1 << 16);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  public FolderWriter(Path root, boolean pictures, ImageSize imageSize) {
    this.root = root;
    this.making = root.resolve(FolderFiles.MAKING);
    this.pictures = pictures;
    this.imageSize = imageSize;
    try {
      Files.createDirectories(making);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds an item; its picture must be written by {@link FolderFiles#writePicture}. */
  public void add(DatasetItem item) {
    try {
      Lines lines = files.get(item.split());
      if (lines == null) {
        lines = new Lines(making.resolve(FolderFiles.items(item.split())));
        files.put(item.split(), lines);
      }
      lines.out.write(CanonicalJson.bytes(item.toMap()));
      lines.out.write('\n');
      lines.items++;
      kept.add(item.imageDigest());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Completes a data set of our own. */
  public FolderIndex finish(byte[] manifest) {
    return finish(manifest, Optional.empty());
  }

  /**
   * Completes an imported data set.
   *
   * @param format theirs
   * @param about what the manifest says, apart from the digest of the origins
   */
  public FolderIndex finish(String format, Map<String, Object> about, List<Origin> origins) {
    StringBuilder lines = new StringBuilder();
    origins.forEach(origin -> lines.append(CanonicalJson.text(origin.toMap())).append('\n'));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, Object> manifest = new java.util.TreeMap<>(about);
    manifest.put("origins", Digest.of(bytes).hex());
    try {
      FolderFiles.write(root.resolve(FolderFiles.ORIGINS), bytes);
    } catch (IOException e) {
      throw failed(e);
    }
    return finish(CanonicalJson.bytes(manifest), Optional.of(format));
  }

  private FolderIndex finish(byte[] manifest, Optional<String> imported) {
    try {
      Map<Split, FolderIndex.ItemFile> written = new EnumMap<>(Split.class);
      for (Map.Entry<Split, Lines> file : files.entrySet()) {
        Lines lines = file.getValue();
        lines.close();
        String hex = HexFormat.of().formatHex(lines.digest.digest());
        written.put(file.getKey(), new FolderIndex.ItemFile(lines.items, new Digest(hex)));
        String name = FolderFiles.items(file.getKey());
        Files.move(making.resolve(name), root.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      if (pictures) {
        removeStrays();
      }
      FolderFiles.write(root.resolve(FolderFiles.MANIFEST), manifest);
      FolderIndex index =
          new FolderIndex(imported, pictures, imageSize, Digest.of(manifest), written);
      FolderFiles.write(root.resolve(FolderFiles.INDEX), CanonicalJson.bytes(index.toMap()));
      FolderFiles.remove(making);
      return index;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Pictures of candidates that became no item. */
  private void removeStrays() throws IOException {
    Path images = root.resolve(FolderFiles.IMAGES);
    if (!Files.isDirectory(images)) {
      return;
    }
    Set<Path> wanted = new HashSet<>();
    kept.forEach(digest -> wanted.add(root.resolve(FolderFiles.picture(digest))));
    try (Stream<Path> all = Files.walk(images)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (!wanted.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    for (Lines lines : files.values()) {
      try {
        lines.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException(root + ": cannot be written: " + cause.getMessage(), cause);
  }
}
