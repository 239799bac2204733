package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Tower of Hanoi in one configuration. */
final class ConfiguredTowerOfHanoi extends SceneFamily<HanoiScene> {
  static final Set<String> MEASURES = Set.of("moves", "disks", "misplaced", "largestDiskMoves");

  private static final String[] ORDERS = {"ABC", "ACB", "BAC", "BCA", "CAB", "CBA"};
  private static final int TRIES = 10_000;

  private final int leastDisks;
  private final int greatestDisks;

  ConfiguredTowerOfHanoi(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      int leastDisks,
      int greatestDisks) {
    super(
        family,
        HanoiScene.class,
        config,
        selection,
        new Grammar(Section.cells("start", "ABC"), Section.cells("end", "ABC")));
    this.leastDisks = leastDisks;
    this.greatestDisks = greatestDisks;
  }

  @Override
  protected Description describe(HanoiScene scene) {
    return Description.builder()
        .board("start", List.of(scene.start()))
        .board("end", List.of(scene.end()))
        .build();
  }

  @Override
  protected HanoiScene compose(Description description) {
    return new HanoiScene(description.line("start"), description.line("end"));
  }

  /** Rods renamed in any way; moves can be taken back, so start and end exchanged as well. */
  @Override
  protected HanoiScene canonical(HanoiScene scene) {
    String best = null;
    for (String order : ORDERS) {
      String start = renamed(scene.start(), order);
      String end = renamed(scene.end(), order);
      String form = start.compareTo(end) <= 0 ? start + end : end + start;
      best = best == null || form.compareTo(best) < 0 ? form : best;
    }
    String form = java.util.Objects.requireNonNull(best);
    return new HanoiScene(form.substring(0, scene.disks()), form.substring(scene.disks()));
  }

  private static String renamed(String rods, String order) {
    char[] out = rods.toCharArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = order.charAt(out[i] - 'A');
    }
    return new String(out);
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(HanoiScene scene, Question question) {
    return scene.disks() >= leastDisks
        && scene.disks() <= greatestDisks
        && !scene.start().equals(scene.end());
  }

  @Override
  protected Question drawQuestion(HanoiScene scene, SeedTree seed) {
    return Question.of(TowerOfHanoiFamily.MOVES);
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return draw(seed, TRIES, Question.of(TowerOfHanoiFamily.MOVES), this::attempt);
  }

  private Optional<HanoiScene> attempt(SplittableRandom random) {
    int level = selection().level(random);
    // Each further disk is twice as likely: few disks have few positions, which would repeat.
    int disks = greatestDisks;
    for (int lot = random.nextInt(1 << (greatestDisks - leastDisks + 1)); lot > 1; lot >>= 1) {
      disks--;
    }
    disks = leastDisks + (greatestDisks - disks);
    Range moves = selection().aim(TowerOfHanoiFamily.SCALE, level, 1, (1 << disks) - 1);
    return moves.isEmpty() ? Optional.empty() : HanoiGenerator.draw(disks, moves, random);
  }

  @Override
  protected String ask(HanoiScene scene, Question question) {
    return """
        The picture shows two positions of the Tower of Hanoi with %d disks on the rods A, B and C: \
        the start above and the end below. Disk 1 is the smallest, disk %d the largest. \
        A move takes the topmost disk of one rod and puts it on top of another rod. \
        A disk never lies on a smaller one; an empty rod takes any disk. \
        What is the least number of moves that leads from the start to the end? \
        Answer with a whole number."""
        .formatted(scene.disks(), scene.disks());
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected Optional<String> solve(HanoiScene scene, Question question) {
    return Optional.of(Integer.toString(HanoiSolver.solve(scene).moves()));
  }

  @Override
  protected Optional<String> solveAgain(HanoiScene scene, Question question) {
    var moves = HanoiReferenceSolver.moves(scene);
    return moves.isPresent() ? Optional.of(Integer.toString(moves.getAsInt())) : Optional.empty();
  }

  @Override
  protected List<WrongAnswer> mistakes(HanoiScene scene, Question question) {
    int moves = HanoiSolver.solve(scene).moves();
    int misplaced = misplaced(scene);
    int towers = 0;
    for (int disk = 0; disk < scene.disks(); disk++) {
      int place = scene.disks() - 1 - disk;
      towers += scene.start().charAt(place) == scene.end().charAt(place) ? 0 : 1 << disk;
    }
    List<WrongAnswer> wrong = new ArrayList<>();
    wrong.add(new WrongAnswer("off-by-one-up", Integer.toString(moves + 1)));
    if (moves > 1) {
      wrong.add(new WrongAnswer("off-by-one-down", Integer.toString(moves - 1)));
    }
    wrong.add(new WrongAnswer("one-move-a-misplaced-disk", Integer.toString(misplaced)));
    wrong.add(new WrongAnswer("misplaced-disk-out-and-back", Integer.toString(2 * misplaced - 1)));
    wrong.add(new WrongAnswer("doubling-by-disk", Integer.toString(towers)));
    wrong.add(new WrongAnswer("whole-tower-formula", Integer.toString((1 << misplaced) - 1)));
    return wrong;
  }

  private static int misplaced(HanoiScene scene) {
    int count = 0;
    for (int i = 0; i < scene.disks(); i++) {
      count += scene.start().charAt(i) == scene.end().charAt(i) ? 0 : 1;
    }
    return count;
  }

  /** Half ask for the rod of a disk, half for a number of disks; the answer is drawn first. */
  @Override
  protected PerceptionQuestion look(HanoiScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean above = random.nextBoolean();
    String rods = above ? scene.start() : scene.end();
    String picture = above ? "the start (above)" : "the end (below)";
    if (random.nextBoolean()) {
      List<Character> used = new ArrayList<>();
      rods.chars().distinct().sorted().forEach(rod -> used.add((char) rod));
      char rod = used.get(random.nextInt(used.size()));
      List<Integer> disks = new ArrayList<>();
      for (int i = 0; i < rods.length(); i++) {
        if (rods.charAt(i) == rod) {
          disks.add(rods.length() - i);
        }
      }
      return new PerceptionQuestion(
          "In %s, on which rod is disk %d? Answer with A, B or C."
              .formatted(picture, disks.get(random.nextInt(disks.size()))),
          String.valueOf(rod),
          AnswerType.WORD);
    }
    int[] counts = new int[3];
    rods.chars().forEach(rod -> counts[rod - 'A']++);
    Set<Integer> distinct = new TreeSet<>();
    for (int count : counts) {
      distinct.add(count);
    }
    int count = List.copyOf(distinct).get(random.nextInt(distinct.size()));
    List<Integer> having = new ArrayList<>();
    for (int rod = 0; rod < 3; rod++) {
      if (counts[rod] == count) {
        having.add(rod);
      }
    }
    return new PerceptionQuestion(
        "In %s, how many disks are on rod %c? Answer with a whole number."
            .formatted(picture, 'A' + having.get(random.nextInt(having.size()))),
        Integer.toString(count),
        AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(HanoiScene scene, Question question) {
    HanoiSolver.Optimum optimum = HanoiSolver.solve(scene);
    return TowerOfHanoiFamily.SCALE.difficulty(
        Map.of(
            "moves", optimum.moves(),
            "disks", scene.disks(),
            "misplaced", misplaced(scene),
            "largestDiskMoves", optimum.largestDiskMoves()));
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return HanoiPainter.sizeProblem(greatestDisks, width, height);
  }

  @Override
  protected void paint(HanoiScene scene, Canvas canvas, Rendering rendering) {
    HanoiPainter.paint(scene, canvas, rendering);
  }
}
