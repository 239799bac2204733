package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * A listed space cut into blocks of canonical forms, in the order of a hash of seed and form: test,
 * dev, then the rest for training, whose scenes are ordered by a hash of seed and scene.
 *
 * <p>With tempered levels the orders are those of drawing without replacement by weight: the key of
 * an element is an exponential variate (from its hash) over its weight.
 */
final class Blocks {
  private static final int REMEMBERED = 8;

  /** Ordering a space takes seconds, and the shards of a plan ask for it one after another. */
  private static final Map<Key, Blocks> LATEST =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Blocks> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final List<List<Scene>> heldForms;
  private final List<Scene> trainScenes;
  private final Portion portion;
  private final SeedTree root;

  private record Key(Portion portion, long seed, SortedSet<Digest> avoid) {}

  private record Keyed(double key, Digest hash, List<Scene> scenes, int level)
      implements Comparable<Keyed> {
    @Override
    public int compareTo(Keyed other) {
      int byKey = Double.compare(key, other.key);
      return byKey != 0 ? byKey : hash.compareTo(other.hash);
    }
  }

  static Blocks of(DatasetPlan plan, Portion portion) {
    Key key = new Key(portion, plan.seed(), plan.avoid());
    synchronized (LATEST) {
      return LATEST.computeIfAbsent(key, absent -> new Blocks(absent, portion.configured()));
    }
  }

  private Blocks(Key key, ConfiguredFamily family) {
    portion = key.portion();
    root = portion.root(key.seed());
    String prefix = "sightline-block/1\u001f" + String.join("\u001f", root.path()) + "\u001f";
    boolean tempered = family.levelMix() == LevelMix.TEMPERED;

    Map<Digest, List<Scene>> orientations = new LinkedHashMap<>();
    for (Scene scene : family.scenes()) {
      Digest form = family.canonicalKey(scene);
      if (!key.avoid().contains(form)) {
        orientations.computeIfAbsent(form, absent -> new ArrayList<>()).add(scene);
      }
    }
    Map<Integer, Integer> formsOfLevel = levels(orientations.values(), family);
    List<Keyed> forms = new ArrayList<>(orientations.size());
    orientations.forEach(
        (form, scenes) -> {
          int level = level(family, scenes.getFirst());
          double rarity = tempered ? Math.sqrt(formsOfLevel.getOrDefault(level, 1)) : 1;
          forms.add(keyed(Digest.ofText(prefix + form.hex()), rarity, scenes, level));
        });
    Collections.sort(forms);

    int held = portion.counts().test() + portion.counts().dev();
    Map<Integer, Integer> heldOfLevel = new HashMap<>();
    heldForms = new ArrayList<>(held);
    List<Keyed> rest = new ArrayList<>();
    for (Keyed form : forms) {
      int level = form.level();
      int most = formsOfLevel.getOrDefault(level, 0) / (tempered ? 2 : 1);
      if (heldForms.size() < held && heldOfLevel.getOrDefault(level, 0) < most) {
        heldOfLevel.merge(level, 1, Integer::sum);
        heldForms.add(form.scenes());
        continue;
      }
      double rarity = tempered ? Math.sqrt(formsOfLevel.getOrDefault(level, 1)) : 1;
      for (Scene scene : form.scenes()) {
        Digest hash = Digest.ofText(prefix + family.sceneKey(scene).hex());
        rest.add(keyed(hash, rarity, List.of(scene), level));
      }
    }
    Collections.sort(rest);
    trainScenes = rest.stream().map(keyed -> keyed.scenes().getFirst()).toList();
  }

  private static Map<Integer, Integer> levels(
      Collection<List<Scene>> forms, ConfiguredFamily family) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (List<Scene> scenes : forms) {
      counts.merge(level(family, scenes.getFirst()), 1, Integer::sum);
    }
    return counts;
  }

  private static int level(ConfiguredFamily family, Scene scene) {
    Question question = family.question(scene, SeedTree.root(0));
    return family.difficulty(new Puzzle(scene, question)).level();
  }

  /** StrictMath, because the order decides what is in which split on every machine. */
  private static Keyed keyed(Digest hash, double rarity, List<Scene> scenes, int level) {
    long bits = Long.parseUnsignedLong(hash.hex(), 0, 16, 16) >>> 11;
    double uniform = (bits + 0.5) * 0x1p-53;
    return new Keyed(-StrictMath.log1p(-uniform) * rarity, hash, scenes, level);
  }

  /** Test forms, then dev forms; fewer than asked for where the levels do not give more. */
  int heldCount() {
    return heldForms.size();
  }

  /** How many candidates a split has; its items are those, in this order. */
  int candidates(Split split) {
    return switch (split) {
      case TRAIN -> trainScenes.size();
      case TEST -> Math.min(portion.counts().test(), heldForms.size());
      case DEV -> Math.max(0, heldForms.size() - portion.counts().test());
    };
  }

  List<Scene> trainScenes() {
    return trainScenes;
  }

  Scene scene(Split split, int index) {
    return switch (split) {
      case TRAIN -> trainScenes.get(index);
      case TEST -> orientation(index);
      case DEV -> orientation(portion.counts().test() + index);
    };
  }

  private Scene orientation(int form) {
    List<Scene> orientations = heldForms.get(form);
    SeedTree seed = root.child("orientation").child(form);
    return orientations.get(seed.random().nextInt(orientations.size()));
  }
}
