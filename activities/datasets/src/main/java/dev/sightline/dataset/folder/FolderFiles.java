package dev.sightline.dataset.folder;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** The names of a data set's files, and writing them whole or not at all. */
public final class FolderFiles {
  /** Holds what is being made; gone when the data set is finished. */
  public static final String MAKING = ".making";

  static final String INDEX = "folder.json";
  static final String MANIFEST = "manifest.json";
  static final String ORIGINS = "origins.jsonl";
  static final String IMAGES = "images";

  private FolderFiles() {}

  static String items(Split split) {
    return "items-" + split.wireName() + ".jsonl";
  }

  /** A picture's path below the folder: its digest, in a folder of its first two digits. */
  public static Path picture(Digest digest) {
    return Path.of(IMAGES, digest.hex().substring(0, 2), digest.hex() + ".png");
  }

  /** Their picture as it came. */
  static Path original(Digest digest, String ending) {
    return Path.of("originals", digest.hex().substring(0, 2), digest.hex() + ending);
  }

  /** Writes under a name of its own and renames, so that no half file has the name. */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a picture unless it is there already. */
  public static void writePicture(Path folder, Digest digest, byte[] png) throws IOException {
    Path file = folder.resolve(picture(digest));
    if (!Files.exists(file)) {
      write(file, png);
    }
  }

  /** Keeps a picture of somebody else as it came. */
  public static Origin.Picture writeOriginal(Path folder, byte[] bytes) throws IOException {
    boolean png = bytes.length > 3 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
    Origin.Picture picture = new Origin.Picture(Digest.of(bytes), png ? ".png" : ".jpg");
    Path file = folder.resolve(original(picture.digest(), picture.ending()));
    if (!Files.exists(file)) {
      write(file, bytes);
    }
    return picture;
  }

  /** Removes a folder and all in it; nothing where there is none. */
  public static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** A data set that cannot be read: file, problem, fix. */
  static SightlineException invalid(Path file, String problem) {
    return new SightlineException(
        FailureType.DATASET_INVALID,
        file + ": " + problem + "; make the data set again, or copy the file again");
  }
}
