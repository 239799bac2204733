package dev.sightline.dataset.bench;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.foreign.ForeignFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to know of the families before one chooses. */
public final class FamilyCatalogue {
  private FamilyCatalogue() {}

  /**
   * One family.
   *
   * @param scale the measure that decides the level, with its four bounds
   * @param defaults the configuration that an empty one means, which names all keys
   * @param space of that configuration; empty unless asked for, as counting takes seconds
   * @param imports formats of which its items are read
   */
  public record Entry(
      String name,
      int version,
      String subject,
      List<String> questionKinds,
      DifficultyScale scale,
      List<Integer> levels,
      String descriptionHint,
      Map<String, Object> defaults,
      Optional<Space> space,
      List<String> imports) {
    public Entry {
      questionKinds = List.copyOf(questionKinds);
      levels = List.copyOf(levels);
      imports = List.copyOf(imports);
    }

    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("version", version);
      map.put("subject", subject);
      map.put("questionKinds", questionKinds);
      map.put("levels", levels);
      map.put("measure", scale.measure());
      map.put("bounds", scale.bounds());
      map.put("description", descriptionHint);
      map.put("config", defaults);
      map.put("imports", imports);
      space.ifPresent(
          size -> {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("scenes", size.scenes().toString());
            numbers.put("canonicalForms", size.canonicalForms().toString());
            numbers.put("questions", size.questions().toString());
            numbers.put("basis", size.basis().name());
            numbers.put("listed", size.enumerable());
            map.put("space", numbers);
          });
      return map;
    }
  }

  /** All families, sorted by name. */
  public static List<Entry> all(boolean withSpace) {
    return PuzzleFamilies.names().stream()
        .flatMap(name -> PuzzleFamilies.byName(name).stream())
        .map(family -> entry(family, withSpace))
        .toList();
  }

  public static Entry entry(PuzzleFamily family, boolean withSpace) {
    ConfiguredFamily configured = family.configure(Map.of());
    return new Entry(
        family.name(),
        family.version(),
        family.subject(),
        family.questionKinds(),
        family.difficultyScale(),
        family.configurableLevels(),
        family.descriptionHint(),
        configured.config(),
        withSpace ? Optional.of(configured.space()) : Optional.empty(),
        java.util.Arrays.stream(ForeignFormat.values())
            .filter(format -> family.reader(format).isPresent())
            .map(ForeignFormat::wireName)
            .toList());
  }
}
