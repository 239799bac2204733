package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tower of Hanoi: the least number of moves from one position to another. */
public final class TowerOfHanoiFamily implements PuzzleFamily {
  static final String MOVES = "moves";
  static final DifficultyScale SCALE = DifficultyScale.of("moves", 2, 6, 14, 30);

  /** Fewest and most disks by level; index 0 is for any level. The original has 3 to 6. */
  private static final int[][] DISKS = {{3, 7}, {3, 7}, {3, 7}, {4, 8}, {5, 8}, {6, 8}};

  @Override
  public String name() {
    return "tower_of_hanoi";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public String subject() {
    return "disks";
  }

  @Override
  public String descriptionHint() {
    return "start: rod letters A B C, largest disk first; end: the same";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(MOVES);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return SCALE;
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, ConfiguredTowerOfHanoi.MEASURES);
    int[] usual = DISKS[selection.wantedLevel().orElse(0)];
    Range disks =
        fields.span("Disks", new Range(usual[0], usual[1]), new Range(2, HanoiPainter.MOST_DISKS));
    int level = selection.wantedLevel().orElse(1);
    if (selection.aim(SCALE, level, 1, (1 << disks.greatest()) - 1).isEmpty()
        && selection.wantedLevel().isPresent()) {
      throw new InvalidConfigException(
          "level",
          "no position of " + disks.greatest() + " disks is so far from another",
          "use more disks or a lower level");
    }
    return new ConfiguredTowerOfHanoi(
        this, fields.finish(), selection, disks.least(), disks.greatest());
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new HanoiReader());
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
