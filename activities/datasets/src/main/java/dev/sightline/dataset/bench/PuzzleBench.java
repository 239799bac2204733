package dev.sightline.dataset.bench;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.render.PalettePng;
import dev.sightline.puzzle.render.Rendering;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * Whole items a second: draw, solve by both solvers, texts and keys, picture; then the same without
 * pictures. Every item has its own seed; as long a run before warms the code up. Rates by CPU time
 * of the measuring thread hardly see what else the machine does; compiler and collector have
 * threads of their own.
 */
public final class PuzzleBench {
  private static final int ENCODINGS = 20;

  private final double seconds;
  private final int width;
  private final int height;
  private final int threads;
  private final AtomicLong kept = new AtomicLong();

  /**
   * @param seconds measured per family and level, after as much for warm-up; half as long each
   *     without pictures
   * @param width of the pictures, pixels
   * @param threads that make items at the same time
   */
  public PuzzleBench(double seconds, int width, int height, int threads) {
    this.seconds = seconds;
    this.width = width;
    this.height = height;
    this.threads = threads;
  }

  /**
   * One family at one level. The shares of the time of an item add up to 1 with picture.
   *
   * @param itemsPerSecond wall time, all threads together, pictures included
   * @param itemsPerCpuSecond the same by one thread's CPU time
   * @param textItemsPerCpuSecond without pictures, measured by itself
   * @param drawShare drawing scene and question
   * @param solveShare both solvers
   * @param textShare texts, keys, perception question, difficulty
   * @param paintShare painting
   * @param encodeShare PNG
   * @param items measured
   */
  public record Rate(
      String family,
      int level,
      double itemsPerSecond,
      double itemsPerCpuSecond,
      double textItemsPerCpuSecond,
      double drawShare,
      double solveShare,
      double textShare,
      double paintShare,
      double encodeShare,
      long items) {}

  /** Nanoseconds spent on each part. */
  private static final class Spent {
    long draw;
    long solve;
    long text;
    long picture;
    long processor;
    long items;

    long total() {
      return draw + solve + text + picture;
    }
  }

  /** What one thread measured. */
  private record Measured(Spent whole, Spent texts) {}

  /** The family at the level; empty where it cannot be had at that level. */
  public Optional<Rate> measure(String name, int level) {
    if (!PuzzleFamilies.byName(name)
        .map(family -> family.configurableLevels().contains(level))
        .orElse(false)) {
      return Optional.empty();
    }
    ConfiguredFamily family;
    try {
      family = PuzzleFamilies.configure(name, Map.of("level", level));
    } catch (InvalidConfigException e) {
      return Optional.empty();
    }
    SeedTree root = SeedTree.root(1).child("bench").child(name).child(level);
    run(family, root.child("warm-up"), seconds, true);
    List<Measured> results = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    SeedTree seeds = root.child("thread").child(number);
                    Spent whole = run(family, seeds, seconds, true);
                    run(family, seeds.child("text-warm-up"), seconds / 2, false);
                    Spent texts = run(family, seeds.child("text"), seconds / 2, false);
                    synchronized (results) {
                      results.add(new Measured(whole, texts));
                    }
                  }));
    }
    for (Thread worker : workers) {
      join(worker);
    }
    if (results.size() < threads) {
      throw new IllegalStateException(name + " level " + level + ": a measuring thread failed");
    }
    return Optional.of(rate(name, level, results, encodeShareOfPicture(family, root)));
  }

  private static Rate rate(String name, int level, List<Measured> results, double encoding) {
    Spent sum = new Spent();
    Spent texts = new Spent();
    double perSecond = 0;
    for (Measured measured : results) {
      add(sum, measured.whole());
      add(texts, measured.texts());
      perSecond += measured.whole().items * 1e9 / measured.whole().total();
    }
    double all = sum.total();
    return new Rate(
        name,
        level,
        perSecond,
        sum.items * 1e9 / sum.processor,
        texts.items * 1e9 / texts.processor,
        sum.draw / all,
        sum.solve / all,
        sum.text / all,
        sum.picture * (1 - encoding) / all,
        sum.picture * encoding / all,
        sum.items);
  }

  private static void add(Spent sum, Spent spent) {
    sum.draw += spent.draw;
    sum.solve += spent.solve;
    sum.text += spent.text;
    sum.picture += spent.picture;
    sum.processor += spent.processor;
    sum.items += spent.items;
  }

  private Spent run(ConfiguredFamily family, SeedTree seeds, double limit, boolean pictures) {
    Spent spent = new Spent();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    long end = System.nanoTime() + (long) (limit * 1e9);
    long touched = 0;
    do {
      SeedTree seed = seeds.child(spent.items);
      long t0 = System.nanoTime();
      Puzzle puzzle = family.draw(seed);
      Scene scene = puzzle.scene();
      long t1 = System.nanoTime();
      Optional<String> answer = family.answer(puzzle);
      if (answer.isEmpty() || !answer.equals(family.referenceAnswer(puzzle))) {
        throw new IllegalStateException("the solvers differ on " + puzzle);
      }
      long t2 = System.nanoTime();
      touched +=
          family.questionText(puzzle).length()
              + family.textTwin(scene).length()
              + family.perceptionQuestion(scene, seed).text().length()
              + family.sceneKey(scene).hex().length()
              + family.canonicalKey(scene).hex().length()
              + family.difficulty(puzzle).level();
      long t3 = System.nanoTime();
      if (pictures) {
        touched += family.png(scene, family.rendering(seed), width, height).length;
      }
      long t4 = System.nanoTime();
      spent.draw += t1 - t0;
      spent.solve += t2 - t1;
      spent.text += t3 - t2;
      spent.picture += t4 - t3;
      spent.items++;
    } while (System.nanoTime() < end);
    // Results that nobody reads might not be computed at all.
    kept.addAndGet(touched);
    spent.processor = Math.max(1, threads.getCurrentThreadCpuTime() - begun);
    return spent;
  }

  /** The pictures encoded again from their pixels: what of a picture's time is the encoder's. */
  private double encodeShareOfPicture(ConfiguredFamily family, SeedTree root) {
    long whole = 0;
    long encoder = 0;
    for (int i = 0; i < 2 * ENCODINGS; i++) {
      SeedTree seed = root.child("encode").child(i);
      Scene scene = family.draw(seed).scene();
      Rendering rendering = family.rendering(seed);
      long t0 = System.nanoTime();
      byte[] png = family.png(scene, rendering, width, height);
      long t1 = System.nanoTime();
      int[] pixels = pixels(png);
      long t2 = System.nanoTime();
      kept.addAndGet(PalettePng.encode(pixels, width, height).length);
      long t3 = System.nanoTime();
      if (i >= ENCODINGS) {
        whole += t1 - t0;
        encoder += t3 - t2;
      }
    }
    return Math.min(1, (double) encoder / whole);
  }

  private int[] pixels(byte[] png) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      return image.getRGB(0, 0, width, height, null, 0, width);
    } catch (IOException e) {
      throw new UncheckedIOException("our own PNG does not read", e);
    }
  }

  private static void join(Thread worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }
}
