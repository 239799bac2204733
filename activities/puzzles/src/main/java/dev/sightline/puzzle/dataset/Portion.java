package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Items of one family under one configuration: a part of a plan, or one level of a part.
 *
 * @param index among the plan's portions, from 0
 * @param label unique in the plan: the family, with {@code .2} for its second portion where it has
 *     several; the first word of the items' ids
 * @param part index of the plan's part that it comes from
 * @param number among the portions of its family, from 1
 * @param config with {@code level} filled in where the part names levels
 */
public record Portion(
    int index,
    String label,
    int part,
    int number,
    String family,
    Map<String, Object> config,
    Counts counts) {
  private static final int REMEMBERED = 256;

  /** Configurations remember their space, which can take seconds to count. */
  private static final Map<String, ConfiguredFamily> CONFIGURED =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ConfiguredFamily> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Portion {
    config = Map.copyOf(config);
  }

  /**
   * @throws dev.sightline.puzzle.InvalidConfigException for an unknown family or a wrong
   *     configuration
   */
  public ConfiguredFamily configured() {
    ConfiguredFamily fresh = PuzzleFamilies.configure(family, config);
    String key = family + dev.sightline.foundation.CanonicalJson.text(fresh.config());
    synchronized (CONFIGURED) {
      return CONFIGURED.computeIfAbsent(key, absent -> fresh);
    }
  }

  /** The label in an item's id; empty where the id has none. */
  public static String labelOf(String itemId) {
    int slash = itemId.indexOf('/');
    return slash < 0 ? "" : itemId.substring(0, slash);
  }

  /** Where all random choices about this portion begin. */
  SeedTree root(long seed) {
    SeedTree ofFamily = SeedTree.root(seed).child("dataset").child(family);
    return number == 1 ? ofFamily : ofFamily.child("part").child(number);
  }

  String itemId(Split split, long index) {
    return label + "/" + split.wireName() + "-" + index;
  }
}
