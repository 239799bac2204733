package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rotting kiwis: how many minutes until the rot has reached every fresh fruit. */
public final class KiwiFamily implements PuzzleFamily {
  static final String MINUTES = "minutes";

  /** Counting and listing a space takes up to a second, so that each configuration does it once. */
  private final Map<KiwiConfig, KiwiSpace> spaces = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "rotting_kiwi";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String descriptionHint() {
    return "rows of - F R";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(MINUTES);
  }

  /** For boards of more than nine cells; smaller ones have a scale of their own. */
  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("minutes", 2, 4, 7, 11);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    KiwiConfig config = KiwiConfig.read(raw, this);
    ConfiguredKiwi configured =
        new ConfiguredKiwi(this, config, spaces.computeIfAbsent(config, this::space));
    if (config.levels() == LevelMix.TEMPERED && !configured.space().enumerable()) {
      throw new InvalidConfigException(
          "levels",
          "tempered needs a space of at most " + KiwiSpace.LISTABLE + " scenes",
          "use as-they-fall, a smaller board or rotten: one");
    }
    return configured;
  }

  private KiwiSpace space(KiwiConfig config) {
    return new KiwiSpace(config, this);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new KiwiReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
