package dev.sightline.dataset.foreign;

import dev.sightline.dataset.Progress;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.dataset.folder.FolderWriter;
import dev.sightline.dataset.folder.Origin;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.choice.Choices;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignItems;
import dev.sightline.puzzle.render.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Turns published items into a data set of ours: scene, twin, picture by our painter, their picture
 * and options beside it. Only items on which both solvers agree with the published answer come in.
 */
public final class ForeignImport {
  /** Procedure of their options: how they were made is not known. */
  private static final String PUBLISHED = "published";

  private final ForeignFormat format;
  private final Path source;
  private final Path root;
  private final ImageSize imageSize;

  private ForeignImport(ForeignFormat format, Path source, Path root, ImageSize imageSize) {
    this.format = format;
    this.source = source;
    this.root = root;
    this.imageSize = imageSize;
  }

  /**
   * What came in.
   *
   * @param pictures how many of their pictures were found
   * @param left items that did not come in, with the reason
   */
  public record Outcome(int items, int pictures, List<ForeignFiles.Unreadable> left) {
    public Outcome {
      left = List.copyOf(left);
    }
  }

  private record Imported(DatasetItem item, Origin origin) {}

  /**
   * @param source folder with their JSON Lines files, in it or in {@code data}; pictures are looked
   *     for beside them
   * @param root folder to make
   * @throws SightlineException INVALID_REQUEST for a folder without such files, or an output that
   *     is not empty
   */
  public static Outcome run(
      ForeignFormat format, Path source, Path root, ImageSize imageSize, Progress progress) {
    return new ForeignImport(format, source, root.toAbsolutePath().normalize(), imageSize)
        .run(progress);
  }

  private Outcome run(Progress progress) {
    checkEmpty();
    Path data = source.resolve("data");
    ForeignFiles.Content content =
        new ForeignFiles(format).read(List.of(Files.isDirectory(data) ? data : source));
    List<ForeignFiles.Unreadable> left = new ArrayList<>(content.unreadable());
    List<Imported> imported = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int done = 0;
    for (ForeignLine line : content.lines()) {
      try {
        imported.add(item(line, ids));
      } catch (IllegalArgumentException e) {
        left.add(new ForeignFiles.Unreadable(line.id(), line.place(), ForeignSolving.why(e)));
      }
      progress.report("importing", ++done, content.lines().size());
    }
    imported.sort(Comparator.comparing(each -> each.item().id()));
    return write(imported, left);
  }

  private void checkEmpty() {
    try {
      if (Files.exists(root)) {
        try (Stream<Path> inside = Files.list(root)) {
          if (inside.findAny().isPresent()) {
            throw new SightlineException(
                FailureType.INVALID_REQUEST, root + ": is not empty; name a new folder");
          }
        }
      }
    } catch (IOException e) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, root + ": is no folder; name a folder to make", e);
    }
  }

  private Imported item(ForeignLine line, Set<String> ids) {
    ForeignItems.Checked checked = ForeignItems.check(format, line.reader(), line.item());
    if (!checked.agrees()) {
      throw new IllegalArgumentException(
          "their answer is %s, our solvers say %s and %s"
              .formatted(
                  checked.theirs(),
                  checked.ours().orElse("nothing"),
                  checked.reference().orElse("nothing")));
    }
    ConfiguredFamily family = checked.puzzle().family();
    Puzzle puzzle = checked.puzzle().puzzle();
    Scene scene = puzzle.scene();
    if (!imageSize.none()) {
      family
          .imageSizeProblem(imageSize.width(), imageSize.height())
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("image size: " + problem);
              });
    }
    Digest sceneKey = family.sceneKey(scene);
    String id = line.family() + "/" + format.wireName() + "-" + line.id();
    if (!ids.add(id)) {
      id = id + "-line-" + line.line();
      ids.add(id);
    }
    DatasetItem item =
        new DatasetItem(
            id,
            Split.TEST,
            family.family().name(),
            family.family().version(),
            family.writeScene(scene),
            sceneKey,
            family.canonicalKey(scene),
            Digest.ofCanonical(
                Map.of("scene", sceneKey.hex(), "question", puzzle.question().toMap())),
            puzzle.question(),
            family.questionText(puzzle),
            checked.theirs(),
            family.answerType(puzzle.question()),
            family.textTwin(scene),
            family.description(scene),
            family.perceptionQuestion(
                scene, SeedTree.root(0).child("import").child(sceneKey.hex())),
            family.difficulty(puzzle),
            Rendering.PLAIN,
            draw(family, scene, sceneKey),
            null);
    List<String> options = options(line);
    Optional<Choices> choices = choices(line, options, checked.theirs());
    return new Imported(
        choices.map(item::withChoices).orElse(item), origin(id, line, family, options));
  }

  private Digest draw(ConfiguredFamily family, Scene scene, Digest sceneKey) {
    if (imageSize.none()) {
      return sceneKey;
    }
    byte[] png = family.png(scene, Rendering.PLAIN, imageSize.width(), imageSize.height());
    Digest digest = Digest.of(png);
    try {
      FolderFiles.writePicture(root, digest, png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest;
  }

  private static List<String> options(ForeignLine line) {
    return line.item().get("options") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Their options in our form, unless two of them are the same or none is right. */
  private static Optional<Choices> choices(ForeignLine line, List<String> options, String answer) {
    List<String> ours = options.stream().map(option -> line.reader().answer(option)).toList();
    int right = ours.indexOf(answer);
    if (right < 0 || ours.size() < 2 || new HashSet<>(ours).size() != ours.size()) {
      return Optional.empty();
    }
    List<String> procedures = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      procedures.add(i == right ? Choices.RIGHT : PUBLISHED);
    }
    return Optional.of(new Choices(ours, right, procedures));
  }

  private Origin origin(
      String id, ForeignLine line, ConfiguredFamily family, List<String> options) {
    String image = line.item().get("image") instanceof String text ? text : "";
    return new Origin(
        id,
        family.config(),
        String.valueOf(line.file().getFileName()),
        line.line(),
        image,
        String.valueOf(line.item().get("question")),
        options,
        String.valueOf(line.item().get("answer")),
        picture(line, image));
  }

  /** Looks for their picture beside the file, the given folder and the folders above. */
  private Optional<Origin.Picture> picture(ForeignLine line, String image) {
    if (image.isEmpty()) {
      return Optional.empty();
    }
    List<Path> bases = new ArrayList<>(List.of(source));
    for (Path base = line.file().toAbsolutePath().getParent();
        base != null && bases.size() < 4;
        base = base.getParent()) {
      bases.add(base);
    }
    for (Path base : bases) {
      Path file = base.resolve(image);
      if (Files.isRegularFile(file)) {
        try {
          byte[] bytes = Files.readAllBytes(file);
          return Optional.of(FolderFiles.writeOriginal(root, bytes));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  private Outcome write(List<Imported> imported, List<ForeignFiles.Unreadable> left) {
    if (imported.isEmpty()) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          source
              + ": none of "
              + left.size()
              + " items came in; the first, "
              + (left.isEmpty()
                  ? "none"
                  : left.getFirst().place() + ", " + left.getFirst().reason())
              + "; name a folder of "
              + format.wireName());
    }
    int pictures = 0;
    Map<String, Integer> families = new TreeMap<>();
    try (FolderWriter writer = new FolderWriter(root, !imageSize.none(), imageSize)) {
      for (Imported each : imported) {
        writer.add(each.item());
        families.merge(each.item().family(), 1, Integer::sum);
        pictures += each.origin().original().isPresent() ? 1 : 0;
      }
      writer.finish(
          format.wireName(),
          Map.of(
              "format", "sightline-import/1",
              "imported", format.wireName(),
              "items", imported.size(),
              "families", families,
              "left",
                  left.stream()
                      .map(each -> Map.of("id", each.id(), "reason", each.reason()))
                      .toList()),
          imported.stream().map(Imported::origin).toList());
    }
    return new Outcome(imported.size(), pictures, left);
  }
}
