package dev.sightline.puzzle.waterjugs;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Water jugs in one configuration. */
final class ConfiguredWaterJugs extends SceneFamily<JugsScene> {
  static final Set<String> MEASURES = Set.of("pours", "jugs", "states", "litres");

  private static final int TRIES = 10_000;
  private static final int MOST_POURS = 200;

  private final int leastJugs;
  private final int greatestJugs;
  private final int maximumCapacity;

  ConfiguredWaterJugs(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      int leastJugs,
      int greatestJugs,
      int maximumCapacity) {
    super(
        family,
        JugsScene.class,
        config,
        selection,
        new Grammar(
            Section.numbers("capacities", 1, JugsScene.LARGEST).givenAway(),
            Section.numbers("amounts", 0, JugsScene.LARGEST)));
    this.leastJugs = leastJugs;
    this.greatestJugs = greatestJugs;
    this.maximumCapacity = maximumCapacity;
  }

  @Override
  protected Description describe(JugsScene scene) {
    return Description.builder()
        .rows("capacities", List.of(scene.capacities().stream().map(String::valueOf).toList()))
        .rows("amounts", List.of(scene.amounts().stream().map(String::valueOf).toList()))
        .build();
  }

  @Override
  protected JugsScene compose(Description description) {
    return new JugsScene(line(description, "capacities"), line(description, "amounts"));
  }

  private static List<Integer> line(Description description, String section) {
    List<List<String>> rows = description.rows(section);
    if (rows.size() != 1) {
      throw new IllegalArgumentException(section + " must be one line");
    }
    return rows.getFirst().stream().map(Integer::valueOf).toList();
  }

  /**
   * The order of the jugs does not matter, nor the unit of volume; and water and air may change
   * places, because pouring water one way pours the same volume of air the other way.
   */
  @Override
  protected JugsScene canonical(JugsScene scene) {
    int unit = 0;
    for (int jug = 0; jug < scene.jugs(); jug++) {
      unit = divisor(unit, divisor(scene.capacities().get(jug), scene.amounts().get(jug)));
    }
    List<int[]> water = new ArrayList<>();
    List<int[]> air = new ArrayList<>();
    for (int jug = 0; jug < scene.jugs(); jug++) {
      int capacity = scene.capacities().get(jug) / unit;
      int amount = scene.amounts().get(jug) / unit;
      water.add(new int[] {capacity, amount});
      air.add(new int[] {capacity, capacity - amount});
    }
    Comparator<int[]> order =
        Comparator.<int[]>comparingInt(jug -> -jug[0]).thenComparing(j -> j[1]);
    water.sort(order);
    air.sort(order);
    int difference = 0;
    for (int jug = 0; jug < water.size() && difference == 0; jug++) {
      difference = water.get(jug)[1] - air.get(jug)[1];
    }
    List<int[]> form = difference <= 0 ? water : air;
    return new JugsScene(
        form.stream().map(jug -> jug[0]).toList(), form.stream().map(jug -> jug[1]).toList());
  }

  private static int divisor(int one, int other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(JugsScene scene, Question question) {
    boolean falling = true;
    for (int jug = 1; jug < scene.jugs(); jug++) {
      falling &= scene.capacities().get(jug) < scene.capacities().get(jug - 1);
    }
    List<Integer> goal = WaterJugsFamily.goal(question);
    return falling
        && scene.jugs() >= leastJugs
        && scene.jugs() <= greatestJugs
        && scene.capacities().getFirst() <= maximumCapacity
        && !goal.equals(scene.amounts())
        && JugsSolver.solve(scene, goal).isPresent();
  }

  @Override
  protected Question drawQuestion(JugsScene scene, SeedTree seed) {
    return JugsGenerator.question(scene, seed.random());
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random ->
            attempt(random)
                .filter(puzzle -> wanted((JugsScene) puzzle.scene(), puzzle.question())));
  }

  private Optional<Puzzle> attempt(SplittableRandom random) {
    int level = selection().level(random);
    Range pours = selection().aim(WaterJugsFamily.SCALE, level, 1, MOST_POURS);
    return pours.isEmpty()
        ? Optional.empty()
        : JugsGenerator.draw(
            new JugsGenerator.Sizes(leastJugs, greatestJugs, maximumCapacity), pours, random);
  }

  @Override
  protected String ask(JugsScene scene, Question question) {
    return """
        The picture shows %d jugs on a scale in litres, with the water that they hold at the start. \
        From left to right they can hold %s litres. \
        A pour takes a jug with water and another jug that is not full, and pours from the first \
        into the second until the first is empty or the second is full, whichever comes first. \
        No water is added or lost. \
        What is the least number of pours after which the jugs hold %s litres, from left to right? \
        Answer with a whole number."""
        .formatted(
            scene.jugs(), listed(scene.capacities()), listed(WaterJugsFamily.goal(question)));
  }

  private static String listed(List<Integer> litres) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < litres.size(); i++) {
      out.append(i == 0 ? "" : i == litres.size() - 1 ? " and " : ", ").append(litres.get(i));
    }
    return out.toString();
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected Optional<String> solve(JugsScene scene, Question question) {
    return JugsSolver.solve(scene, WaterJugsFamily.goal(question))
        .map(solution -> Integer.toString(solution.pours()));
  }

  @Override
  protected Optional<String> solveAgain(JugsScene scene, Question question) {
    var pours = JugsReferenceSolver.pours(scene, question);
    return pours.isPresent() ? Optional.of(Integer.toString(pours.getAsInt())) : Optional.empty();
  }

  @Override
  protected List<WrongAnswer> mistakes(JugsScene scene, Question question) {
    return JugsMistakes.of(scene, WaterJugsFamily.goal(question));
  }

  /** The amount in a jug; first an amount out of those that are there, then a jug that has it. */
  @Override
  protected PerceptionQuestion look(JugsScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    List<Integer> amounts = List.copyOf(new TreeSet<>(scene.amounts()));
    int amount = amounts.get(random.nextInt(amounts.size()));
    List<Integer> having = new ArrayList<>();
    for (int jug = 0; jug < scene.jugs(); jug++) {
      if (scene.amounts().get(jug) == amount) {
        having.add(jug);
      }
    }
    return new PerceptionQuestion(
        "How many litres of water are in jug %c? Answer with a whole number."
            .formatted('A' + having.get(random.nextInt(having.size()))),
        Integer.toString(amount),
        AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(JugsScene scene, Question question) {
    Optional<JugsSolver.Solution> solution =
        JugsSolver.solve(scene, WaterJugsFamily.goal(question));
    return WaterJugsFamily.SCALE.difficulty(
        Map.of(
            "pours", solution.map(JugsSolver.Solution::pours).orElse(0),
            "jugs", scene.jugs(),
            "states", solution.map(JugsSolver.Solution::states).orElse(0),
            "litres", scene.amounts().stream().mapToInt(Integer::intValue).sum()));
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return JugsPainter.sizeProblem(maximumCapacity, width, height);
  }

  @Override
  protected void paint(JugsScene scene, Canvas canvas, Rendering rendering) {
    JugsPainter.paint(scene, canvas, rendering);
  }
}
