package dev.sightline.puzzle.chainlink;

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

/** Chain link: the least time to cut and weld pieces of chain into one. */
public final class ChainLinkFamily implements PuzzleFamily {
  /** Time to make one closed necklace. */
  static final String TIME = "time";

  /** Time to make one straight chain. */
  static final String STRAIGHT = "straight";

  /** Cuts to make one closed necklace. */
  static final String CUTS = "cuts";

  @Override
  public String name() {
    return "chain_link";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "chains";
  }

  @Override
  public String descriptionHint() {
    return "open: NUMBER; closed: RINGS, RINGS, ... by segment";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(TIME, STRAIGHT, CUTS);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("effort", 32, 44, 58, 74);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection =
        Selection.read(fields, this, Set.of("effort", "cuts", "rings", "segments"));
    int segments = fields.optionalInteger("segments", 1, ChainLinkScene.MOST_SEGMENTS).orElse(0);
    int longest = fields.optionalInteger("longest", 2, ChainLinkScene.LONGEST).orElse(0);
    return new ConfiguredChainLink(this, fields.finish(), selection, segments, longest);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new ChainLinkReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
