package dev.sightline.puzzle.pattern;

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

/** A pattern of PuzzleVQA as a family: what belongs where the question mark is. */
public final class PatternFamily implements PuzzleFamily {
  static final String MISSING = "missing";

  private final Pattern pattern;

  private PatternFamily(Pattern pattern) {
    this.pattern = pattern;
  }

  /** All twenty. */
  public static List<PuzzleFamily> all() {
    return List.<Pattern>of(
            new CircleRing(),
            RingGrid.colours(),
            Wheel.colours(),
            Wheel.numbers(),
            new OverlapSquares(),
            new NestedCircles(),
            new NumberGrid(),
            KindColours.grid(),
            KindColours.polygons(),
            KindNumbers.polygons(),
            KindColours.bars(),
            KindNumbers.bars(),
            new ShapeMorph(),
            new ShapeReflect(),
            new ShapeSizeGrid(),
            new ShapeRing(),
            new SizeCycle(),
            RingGrid.sizes(),
            new Triads(),
            new Venn())
        .stream()
        .<PuzzleFamily>map(PatternFamily::new)
        .toList();
  }

  Pattern pattern() {
    return pattern;
  }

  @Override
  public String name() {
    return pattern.name();
  }

  @Override
  public int version() {
    return pattern.version();
  }

  @Override
  public String subject() {
    return pattern.subject();
  }

  @Override
  public String descriptionHint() {
    return pattern.hint();
  }

  @Override
  public List<String> questionKinds() {
    return List.of(MISSING);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return pattern.scale();
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, PatternMeasures.NAMES);
    return new ConfiguredPattern(this, fields.finish(), selection);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.empty();
      case PUZZLEVQA -> PatternReader.of(this).map(reader -> reader);
    };
  }
}
