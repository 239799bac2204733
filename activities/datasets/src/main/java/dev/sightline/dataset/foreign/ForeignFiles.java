package dev.sightline.dataset.foreign;

import dev.sightline.dataset.Json;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a foreign project's JSON Lines files. A line's family is told by the folder or the name of
 * its image, else by the name of its file, so that files may be cut and renamed.
 */
public final class ForeignFiles {
  private final Map<String, Known> byName = new TreeMap<>();

  private record Known(String family, ForeignReader reader) {}

  /** A line that is no item of ours, and why. */
  public record Unreadable(String id, String place, String reason) {}

  /** What a set of files holds, each list in the order of the files. */
  public record Content(List<ForeignLine> lines, List<Unreadable> unreadable) {
    public Content {
      lines = List.copyOf(lines);
      unreadable = List.copyOf(unreadable);
    }
  }

  public ForeignFiles(ForeignFormat format) {
    for (String name : PuzzleFamilies.names()) {
      PuzzleFamilies.byName(name)
          .flatMap(family -> family.reader(format))
          .ifPresent(reader -> byName.put(reader.fileName(), new Known(name, reader)));
    }
  }

  /** Their names of the families that this version reads, sorted. */
  public List<String> readable() {
    return List.copyOf(byName.keySet());
  }

  /**
   * Reads files, and all {@code .json} and {@code .jsonl} files of folders.
   *
   * @throws SightlineException INVALID_REQUEST for a path that is not there, is not text, or a
   *     folder that holds no such file
   */
  public Content read(List<Path> paths) {
    List<ForeignLine> lines = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        int number = 0;
        for (String text : text(file)) {
          number++;
          if (!text.isBlank()) {
            line(file, number, text, lines, unreadable);
          }
        }
      }
    }
    return new Content(lines, unreadable);
  }

  private void line(
      Path file, int number, String text, List<ForeignLine> lines, List<Unreadable> unreadable) {
    String place = file + ":" + number;
    String id = file.getFileName() + ":" + number;
    Map<String, Object> item;
    try {
      item = Json.object(text);
    } catch (IllegalArgumentException e) {
      unreadable.add(new Unreadable(id, place, String.valueOf(e.getMessage())));
      return;
    }
    if (item.get("image") instanceof String image && !stem(image).isEmpty()) {
      id = stem(image);
    }
    Optional<Known> known = known(file, item);
    if (known.isPresent()) {
      lines.add(
          new ForeignLine(id, file, number, known.get().family(), known.get().reader(), item));
    } else {
      unreadable.add(
          new Unreadable(
              id,
              place,
              byName.isEmpty()
                  ? "this version reads no family of this format"
                  : "neither image nor file name tells the family; known are "
                      + String.join(", ", readable())));
    }
  }

  private Optional<Known> known(Path file, Map<String, Object> item) {
    List<String> names = new ArrayList<>();
    if (item.get("image") instanceof String image) {
      Path path = Path.of(image);
      Path folder = path.getParent();
      if (folder != null && folder.getFileName() != null) {
        names.add(folder.getFileName().toString());
      }
      names.add(stem(image).replaceFirst("_[0-9]+$", ""));
    }
    names.add(stem(file.toString()));
    return names.stream()
        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
        .findFirst();
  }

  private static String stem(String path) {
    String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, path + ": no such file; name JSON Lines files or a folder");
    }
    try (Stream<Path> found = Files.list(path)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .filter(
                  file -> file.toString().endsWith(".json") || file.toString().endsWith(".jsonl"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new SightlineException(
            FailureType.INVALID_REQUEST,
            path + ": holds no .json or .jsonl file; name the folder with their JSON Lines files");
      }
      return files;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static List<String> text(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, file + ": is not UTF-8 text; name a JSON Lines file", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static SightlineException unreadable(Path path, IOException cause) {
    return new SightlineException(
        FailureType.INVALID_REQUEST,
        path + ": cannot be read (" + cause.getMessage() + "); check its permissions",
        cause);
  }
}
