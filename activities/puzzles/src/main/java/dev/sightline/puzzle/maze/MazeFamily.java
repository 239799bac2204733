package dev.sightline.puzzle.maze;

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

/** Mazes: cells or turns on the shortest way from entry to exit. */
public final class MazeFamily implements PuzzleFamily {
  private static final DifficultyScale SCALE = DifficultyScale.of("cells", 17, 33, 61, 121);

  private static final Set<String> MEASURES =
      Set.of("cells", "turns", "rooms", "deadEnds", "junctions");

  @Override
  public String name() {
    return "maze";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "maze";
  }

  @Override
  public String descriptionHint() {
    return "rows of # wall, . open, S entry, E exit";
  }

  @Override
  public List<String> questionKinds() {
    return MazeKind.names();
  }

  @Override
  public DifficultyScale difficultyScale() {
    return SCALE;
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, MEASURES);
    Optional<Integer> rows = fields.optionalInteger("rows", 3, MazeGenerator.MOST_ROOMS);
    Optional<Integer> columns = fields.optionalInteger("columns", 3, MazeGenerator.MOST_ROOMS);
    Optional<Integer> openings = fields.optionalInteger("openings", 0, 60);
    return new ConfiguredMaze(
        this, fields.finish(), selection, new MazeGenerator(rows, columns, openings));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return format == ForeignFormat.ALGOPUZZLEVQA ? Optional.of(new MazeReader()) : Optional.empty();
  }
}
