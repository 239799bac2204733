package dev.sightline.puzzle.woodslide;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sliding blocks: the least number of moves from one position to another. */
public final class WoodSlideFamily implements PuzzleFamily {
  static final String MOVES = "moves";

  private static final Set<String> MEASURES =
      Set.of("moves", "blocks", "empty", "branching", "displaced");

  @Override
  public String name() {
    return "wood_slide";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "boards";
  }

  @Override
  public String descriptionHint() {
    return "start and end: rows of . empty, S 1x1, H wide, V tall, B 2x2";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(MOVES);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("moves", 2, 4, 7, 12);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, MEASURES);
    String blocks = fields.choice("blocks", "any", List.of("any", "pennant", "klotski", "mixed"));
    return new ConfiguredWoodSlide(
        this, fields.finish(), selection, new WoodSlideGenerator(blocks));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return format == ForeignFormat.ALGOPUZZLEVQA
        ? Optional.of(new WoodSlideReader())
        : Optional.empty();
  }
}
