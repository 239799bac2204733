package dev.sightline.puzzle.thinkdot;

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

/** Think-a-Dot: balls are dropped into a toy of eight discs; which faces does it show then? */
public final class ThinkDotFamily implements PuzzleFamily {
  static final String ALL = "all";
  static final String TOP = "top";
  static final String MIDDLE = "middle";
  static final String BOTTOM = "bottom";
  static final String DISC = "disc";

  static final String PASSES = "passes";

  @Override
  public String name() {
    return "think_dot";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public String subject() {
    return "toy";
  }

  @Override
  public String descriptionHint() {
    return "faces by row, B blue or Y yellow: ???/??/???";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(ALL, TOP, MIDDLE, BOTTOM, DISC);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of(PASSES, 3, 6, 12, 18);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, Set.of(PASSES, "balls", "through-middle"));
    return new ConfiguredThinkDot(
        this, fields.finish(), new ThinkDotGenerator(selection, difficultyScale()));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new ThinkDotReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
