package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Water jugs: the fewest pours from the shown amounts to the asked ones. */
public final class WaterJugsFamily implements PuzzleFamily {
  static final String POURS = "pours";
  static final DifficultyScale SCALE = DifficultyScale.of("pours", 2, 4, 6, 8);

  /** Fewest jugs, most jugs, largest capacity by level; index 0 is for any level. */
  private static final int[][] SIZES = {
    {3, 5, 14}, {3, 4, 9}, {3, 5, 12}, {3, 5, 14}, {3, 4, 14}, {3, 4, 16}
  };

  @Override
  public String name() {
    return "water_jugs";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "jugs";
  }

  @Override
  public String descriptionHint() {
    return "capacities: litres from left to right; amounts: litres from left to right";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(POURS);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return SCALE;
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, ConfiguredWaterJugs.MEASURES);
    int[] usual = SIZES[selection.wantedLevel().orElse(0)];
    Range jugs = fields.span("Jugs", new Range(usual[0], usual[1]), new Range(2, 5));
    int capacity = fields.integer("maximumCapacity", usual[2], 5, JugsScene.LARGEST);
    return new ConfiguredWaterJugs(
        this, fields.finish(), selection, jugs.least(), jugs.greatest(), capacity);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new JugsReader());
      case PUZZLEVQA -> Optional.empty();
    };
  }

  /** The question for a goal, litres from left to right. */
  static Question ask(List<Integer> goal) {
    return Question.of(POURS)
        .with("goal", goal.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  /** The goal of a question. */
  static List<Integer> goal(Question question) {
    List<Integer> goal = new ArrayList<>();
    for (String litres : question.text("goal").split(" ")) {
      goal.add(Integer.valueOf(litres));
    }
    return goal;
  }
}
