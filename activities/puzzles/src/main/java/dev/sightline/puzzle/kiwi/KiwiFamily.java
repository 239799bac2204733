package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.PuzzleFamily;
import java.util.List;
import java.util.Map;
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

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("minutes", 1, 2, 3, 4);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    KiwiConfig config = KiwiConfig.read(raw);
    KiwiSpace space = spaces.computeIfAbsent(config, KiwiSpace::new);
    if (config.levels() == LevelMix.TEMPERED && !space.space().enumerable()) {
      throw new InvalidConfigException(
          "levels",
          "tempered needs a space of at most " + KiwiSpace.LISTABLE + " scenes",
          "use as-they-fall, a smaller board or rotten: one");
    }
    return new ConfiguredKiwi(this, config, space);
  }
}
