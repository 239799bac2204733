package dev.sightline.puzzle.kiwi;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Space;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Counts, lists and draws the legal boards of one configuration. */
final class KiwiSpace {
  /** More scenes than this are not listed: they would not fit beside everything else in memory. */
  static final long LISTABLE = 300_000;

  private static final int TRIES = 10_000;

  /** Selected boards are listed, and drawn from a list, only where listing takes no time. */
  private static final int LISTED_CELLS = 12;

  private final KiwiConfig config;
  private final DifficultyScale scale;
  private @Nullable Space space;
  private @Nullable List<KiwiScene> scenes;

  KiwiSpace(KiwiConfig config, PuzzleFamily family) {
    this.config = config;
    this.scale = config.scale(family);
  }

  synchronized Space space() {
    if (space == null) {
      space = count();
    }
    return space;
  }

  /**
   * Whether the boards of the wanted level and measures can be listed; where they cannot, how many
   * there are must be measured.
   */
  synchronized boolean selectedListed() {
    return config.cells() <= LISTED_CELLS && space().enumerable();
  }

  Difficulty difficulty(KiwiScene board) {
    return scale.difficulty(
        Map.of(
            "minutes", KiwiSolver.minutes(board).orElse(0),
            "fresh", board.count(KiwiScene.FRESH),
            "rotten", board.count(KiwiScene.ROTTEN)));
  }

  private boolean wanted(KiwiScene board) {
    return !config.selective() || config.selection().wants(difficulty(board));
  }

  synchronized List<KiwiScene> scenes() {
    if (!space().enumerable()) {
      throw new IllegalStateException(
          "a space of " + space().scenes() + " scenes or more is drawn from, not listed");
    }
    if (scenes == null) {
      throw new IllegalStateException("a space that can be listed was listed when counted");
    }
    return scenes;
  }

  /**
   * Any legal scene of a smaller board in the upper left corner is a legal scene here, so where the
   * board is too large to count, the largest countable part gives a lower bound.
   */
  private Space count() {
    boolean exact = config.cells() <= KiwiConfig.COUNTABLE_CELLS;
    int rows = config.rows();
    int columns = config.columns();
    if (!exact) {
      int best = 0;
      for (int r = 1; r <= config.rows(); r++) {
        int c = Math.min(config.columns(), KiwiConfig.COUNTABLE_CELLS / r);
        if (c > 0 && r * c > best) {
          best = r * c;
          rows = r;
          columns = c;
        }
      }
    }
    Masks masks = new Masks(rows, columns);
    long total = 0;
    for (int mask = 1; mask < 1 << (rows * columns); mask++) {
      int fruits = Integer.bitCount(mask);
      if (fruits < config.minimumFruits() || fruits > config.maximumFruits()) {
        continue;
      }
      if (config.severalRotten()) {
        long ways = 1;
        for (int rest = mask; rest != 0; ) {
          int component = masks.component(rest, Integer.numberOfTrailingZeros(rest));
          ways *= (1L << Integer.bitCount(component)) - 1;
          rest &= ~component;
        }
        total += ways - 1; // Less the way in which nothing is fresh.
      } else if (masks.component(mask, Integer.numberOfTrailingZeros(mask)) == mask) {
        total += fruits;
      }
    }
    BigInteger count = BigInteger.valueOf(total);
    boolean listable = exact && total <= LISTABLE;
    long forms;
    if (listable) {
      List<KiwiScene> all = list().stream().filter(this::wanted).toList();
      if (all.isEmpty()) {
        throw config.nothingWanted();
      }
      scenes = all;
      count = BigInteger.valueOf(all.size());
      Set<KiwiScene> smallest = new HashSet<>();
      all.forEach(scene -> smallest.add(KiwiSymmetry.canonical(scene)));
      forms = smallest.size();
    } else {
      int symmetries = config.rows() == config.columns() ? 8 : 4;
      forms = (total + symmetries - 1) / symmetries;
    }
    return new Space(
        count,
        BigInteger.valueOf(forms),
        BigInteger.ONE,
        listable ? Space.Basis.EXACT : Space.Basis.LOWER_BOUND,
        listable);
  }

  private List<KiwiScene> list() {
    Masks masks = new Masks(config.rows(), config.columns());
    List<KiwiScene> out = new ArrayList<>();
    for (int mask = 1; mask < 1 << config.cells(); mask++) {
      int fruits = Integer.bitCount(mask);
      if (fruits < config.minimumFruits() || fruits > config.maximumFruits()) {
        continue;
      }
      if (config.severalRotten()) {
        for (int rotten = (mask - 1) & mask; rotten != 0; rotten = (rotten - 1) & mask) {
          if (masks.flood(mask, rotten) == mask) {
            out.add(scene(mask, rotten));
          }
        }
      } else if (masks.component(mask, Integer.numberOfTrailingZeros(mask)) == mask) {
        for (int rest = mask; rest != 0; rest &= rest - 1) {
          out.add(scene(mask, Integer.lowestOneBit(rest)));
        }
      }
    }
    return List.copyOf(out);
  }

  private KiwiScene scene(long mask, long rotten) {
    char[] cells = new char[config.cells()];
    for (int i = 0; i < cells.length; i++) {
      boolean fruit = (mask >>> i & 1) != 0;
      boolean bad = (rotten >>> i & 1) != 0;
      cells[i] = bad ? KiwiScene.ROTTEN : fruit ? KiwiScene.FRESH : KiwiScene.EMPTY;
    }
    return new KiwiScene(config.rows(), config.columns(), new String(cells));
  }

  KiwiScene draw(SeedTree seed) {
    // Evenly from a list, so that draws repeat no more often than its size says.
    if (config.cells() <= LISTED_CELLS && space().enumerable()) {
      List<KiwiScene> all = scenes();
      return all.get(seed.random().nextInt(all.size()));
    }
    if (!config.selective()) {
      return any(seed.random());
    }
    KiwiGrowth growth = new KiwiGrowth(config, this, minutes());
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          // A part comes from the whole space, so that every wanted board can come.
          int way = random.nextInt(16);
          if (way == 0) {
            return Optional.of(any(random)).filter(this::wanted);
          }
          if (way < 9 && config.severalRotten()) {
            return scatteredBoard(random).filter(this::wanted);
          }
          KiwiGrowth.Grown grown = growth.grow(random);
          return grown.minutes() <= 0
              ? Optional.empty()
              : Optional.of(scene(grown.fruits(), grown.rotten())).filter(this::wanted);
        });
  }

  /** The numbers of minutes to grow boards for. */
  private Selection.Range minutes() {
    int least = 1;
    int greatest = Math.max(2, config.cells() * 5 / 16);
    Integer level = config.selection().level();
    if (level != null) {
      least = level == 1 ? 1 : scale.bounds().get(level - 2) + 1;
      greatest = level == Difficulty.LEVELS ? greatest : scale.bounds().get(level - 1);
    }
    Selection.Range asked = config.selection().measures().get(scale.measure());
    if (asked != null) {
      least = Math.max(least, asked.least());
      greatest = level == null ? asked.greatest() : Math.min(greatest, asked.greatest());
    }
    greatest = Math.min(greatest, config.cells() - 1);
    if (least > greatest) {
      throw config.nothingWanted();
    }
    return new Selection.Range(least, greatest);
  }

  /** A board of many fruits, which seldom repeats. */
  private Optional<KiwiScene> scatteredBoard(SplittableRandom random) {
    int least = Math.max(config.minimumFruits(), config.cells() / 2);
    int greatest = Math.min(config.maximumFruits(), config.cells() * 9 / 10);
    if (least > greatest) {
      return Optional.empty();
    }
    long mask = scattered(random.nextInt(least, greatest + 1), random);
    long rotten = infected(mask, random);
    return rotten == mask ? Optional.empty() : Optional.of(scene(mask, rotten));
  }

  private KiwiScene any(SplittableRandom random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int fruits = random.nextInt(config.minimumFruits(), config.maximumFruits() + 1);
      long mask = config.severalRotten() ? scattered(fruits, random) : grown(fruits, random);
      long rotten = config.severalRotten() ? infected(mask, random) : pick(mask, random);
      if (rotten != mask) {
        return scene(mask, rotten);
      }
    }
    // Two fruits are neighbours on any board with a fair chance, so this needs a broken generator.
    throw new IllegalStateException("no legal board in " + TRIES + " tries of " + config);
  }

  /** A random set of so many cells. */
  private long scattered(int fruits, SplittableRandom random) {
    long mask = 0;
    for (int chosen = 0; chosen < fruits; chosen++) {
      mask |= pick(~mask & all(), random);
    }
    return mask;
  }

  /** A connected set of so many cells, grown from one by random neighbours. */
  private long grown(int fruits, SplittableRandom random) {
    long mask = pick(all(), random);
    while (Long.bitCount(mask) < fruits) {
      mask |= pick(neighbours(mask) & ~mask, random);
    }
    return mask;
  }

  /** At least one rotten fruit in every connected part, the others by a drawn chance. */
  private long infected(long mask, SplittableRandom random) {
    double chance = random.nextDouble();
    long rotten = 0;
    for (long rest = mask; rest != 0; ) {
      long component = Long.lowestOneBit(rest);
      for (long before = 0; before != component; ) {
        before = component;
        component |= neighbours(component) & mask;
      }
      rotten |= pick(component, random);
      rest &= ~component;
    }
    for (long others = mask & ~rotten; others != 0; others &= others - 1) {
      if (random.nextDouble() < chance) {
        rotten |= Long.lowestOneBit(others);
      }
    }
    return rotten;
  }

  static long pick(long from, SplittableRandom random) {
    long rest = from;
    for (int skip = random.nextInt(Long.bitCount(from)); skip > 0; skip--) {
      rest &= rest - 1;
    }
    return Long.lowestOneBit(rest);
  }

  long all() {
    return config.cells() == 64 ? -1L : (1L << config.cells()) - 1;
  }

  long neighbours(long mask) {
    int columns = config.columns();
    long left = 0;
    for (int row = 0; row < config.rows(); row++) {
      left |= 1L << (row * columns);
    }
    long right = left << (columns - 1);
    long around = mask << columns | mask >>> columns | (mask & ~right) << 1 | (mask & ~left) >>> 1;
    return around & all();
  }

  /** Flood filling on boards of up to 20 cells, one bit a cell. */
  private static final class Masks {
    private final int columns;
    private final int all;
    private final int left;
    private final int right;

    Masks(int rows, int columns) {
      this.columns = columns;
      this.all = (1 << (rows * columns)) - 1;
      int edge = 0;
      for (int row = 0; row < rows; row++) {
        edge |= 1 << (row * columns);
      }
      this.left = edge;
      this.right = edge << (columns - 1);
    }

    int component(int within, int start) {
      return flood(within, 1 << start);
    }

    int flood(int within, int from) {
      int filled = from;
      while (true) {
        int around =
            filled << columns
                | filled >>> columns
                | (filled & ~right) << 1
                | (filled & ~left) >>> 1;
        int next = filled | (around & all & within);
        if (next == filled) {
          return filled;
        }
        filled = next;
      }
    }
  }
}
