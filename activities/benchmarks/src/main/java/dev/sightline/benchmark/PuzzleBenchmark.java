package dev.sightline.benchmark;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Items a second of one family at one level, whole and by part; pictures of 448 x 448 pixels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PuzzleBenchmark {
  private static final int SIDE = 448;
  private static final int PUZZLES = 256;

  /** The family's name. */
  @Param({"clock", "maze", "move_box", "map"})
  public String family = "";

  /** 1 to 5. */
  @Param("3")
  public int level;

  private ConfiguredFamily configured = PuzzleFamilies.configure("clock", Map.of());
  private final List<Puzzle> puzzles = new ArrayList<>();
  private final SeedTree seed = SeedTree.root(1).child("benchmark");
  private long index;

  @Setup
  public void drawPuzzles() {
    configured = PuzzleFamilies.configure(family, Map.of("level", level));
    puzzles.clear();
    for (int i = 0; i < PUZZLES; i++) {
      puzzles.add(configured.draw(seed.child("fixed").child(i)));
    }
  }

  private Puzzle next() {
    return puzzles.get((int) (index++ % PUZZLES));
  }

  /** A new puzzle of the level. */
  @Benchmark
  public Puzzle draw() {
    return configured.draw(seed.child(index++));
  }

  @Benchmark
  public Optional<String> solve() {
    return configured.answer(next());
  }

  /** The second solver, as {@code dataset verify} uses it. */
  @Benchmark
  public Optional<String> solveAgain() {
    return configured.referenceAnswer(next());
  }

  /** Painting and encoding. */
  @Benchmark
  public byte[] picture() {
    return configured.png(next().scene(), Rendering.PLAIN, SIDE, SIDE);
  }

  /** All that a data set's item needs: puzzle, both answers, texts, keys, picture. */
  @Benchmark
  public void item(Blackhole sink) {
    Puzzle puzzle = configured.draw(seed.child("item").child(index++));
    sink.consume(configured.answer(puzzle));
    sink.consume(configured.referenceAnswer(puzzle));
    sink.consume(configured.questionText(puzzle));
    sink.consume(configured.textTwin(puzzle.scene()));
    sink.consume(configured.canonicalKey(puzzle.scene()));
    sink.consume(configured.sceneKey(puzzle.scene()));
    sink.consume(configured.png(puzzle.scene(), Rendering.PLAIN, SIDE, SIDE));
  }
}
