package dev.sightline.puzzle.chainlink;

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
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Pieces of chain in one configuration. */
final class ConfiguredChainLink extends SceneFamily<ChainLinkScene> {
  private static final String OPEN = "open";
  private static final String CLOSED = "closed";
  private static final int TRIES = 20_000;

  /** What a cut to be found adds to the rings to be counted. */
  private static final int CUT = 4;

  /** More rings than this would be too small in the picture. */
  private static final int MOST_RINGS = 72;

  private static final int LONGEST_TIME = 9;

  /** The least and greatest number of closed segments for each level. */
  private static final int[][] SEGMENTS_OF_LEVEL = {{4, 8}, {5, 10}, {7, 13}, {9, 16}, {11, 22}};

  private final int segments;
  private final int longest;
  private final List<String> kinds;

  ConfiguredChainLink(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      int segments,
      int longest) {
    super(
        family,
        ChainLinkScene.class,
        config,
        selection,
        new Grammar(
            Section.numbers(OPEN, 0, ChainLinkScene.MOST_OPEN),
            Section.objects(CLOSED, Set.of(), 1, ChainLinkScene.LONGEST)));
    this.segments = segments;
    this.longest = longest;
    this.kinds = family.questionKinds().stream().filter(selection.questions()::contains).toList();
  }

  @Override
  protected Description describe(ChainLinkScene scene) {
    return Description.builder()
        .word(OPEN, scene.open())
        .rows(CLOSED, scene.lengths().stream().map(length -> List.of(length.toString())).toList())
        .build();
  }

  @Override
  protected ChainLinkScene compose(Description description) {
    List<Integer> lengths = new ArrayList<>();
    for (List<String> segment : description.rows(CLOSED)) {
      if (segment.size() != 1) {
        throw new IllegalArgumentException("a segment has one length, not " + segment);
      }
      lengths.add(Integer.parseInt(segment.getFirst()));
    }
    return new ChainLinkScene(description.number(OPEN), lengths);
  }

  /** Segments of a length are alike and their order means nothing: the scene is its own form. */
  @Override
  protected ChainLinkScene canonical(ChainLinkScene scene) {
    return scene;
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.valueOf(2L * LONGEST_TIME * LONGEST_TIME));
  }

  @Override
  protected boolean obeysRules(ChainLinkScene scene, Question question) {
    boolean sized =
        scene.rings() >= 3
            && scene.rings() <= MOST_RINGS
            && (segments == 0 || scene.lengths().size() == segments)
            && (longest == 0 || scene.lengths().getLast() <= longest);
    boolean asked =
        question.kind().equals(ChainLinkFamily.CUTS)
            ? question.parameters().isEmpty()
            : question.parameters().keySet().equals(Set.of("cut", "weld"))
                && minutes(question.integer("cut"))
                && minutes(question.integer("weld"));
    return sized && asked && ChainLinkSolver.cuts(scene, spare(question)) >= 1;
  }

  private static boolean minutes(int minutes) {
    return minutes >= 1 && minutes <= LONGEST_TIME;
  }

  private static int spare(Question question) {
    return question.kind().equals(ChainLinkFamily.STRAIGHT) ? 1 : 0;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          Integer level = selection().level();
          boolean free = selection().measures().isEmpty() && segments == 0 && longest == 0;
          int aim = selection().level(random);
          int[] range = SEGMENTS_OF_LEVEL[aim - 1];
          int count = segments > 0 ? segments : random.nextInt(range[0], range[1] + 1);
          int most = longest > 0 ? longest : random.nextInt(4, ChainLinkScene.LONGEST + 1);
          List<Integer> lengths = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            lengths.add(random.nextInt(1, most + 1));
          }
          int open = random.nextInt(0, Math.min(ChainLinkScene.MOST_OPEN, 2 + count / 2) + 1);
          ChainLinkScene scene = new ChainLinkScene(open, lengths);
          Puzzle puzzle = new Puzzle(scene, choose(random));
          return Optional.of(puzzle)
              .filter(this::legal)
              .filter(one -> level != null || !free || difficulty(one).level() == aim);
        });
  }

  private Question choose(SplittableRandom random) {
    Question question = Question.of(kinds.get(random.nextInt(kinds.size())));
    return question.kind().equals(ChainLinkFamily.CUTS)
        ? question
        : question
            .with("cut", random.nextInt(1, LONGEST_TIME + 1))
            .with("weld", random.nextInt(1, LONGEST_TIME + 1));
  }

  @Override
  protected Question drawQuestion(ChainLinkScene scene, SeedTree seed) {
    return choose(seed.random());
  }

  @Override
  protected String ask(ChainLinkScene scene, Question question) {
    String pieces =
        "The picture shows open rings, which have a gap, and closed rings, single or linked into"
            + " segments. A closed ring can be cut open anywhere; it comes free and is then an open"
            + " ring. An open ring can be hooked into any rings and must then be welded shut. All"
            + " rings must be used. ";
    String necklace = "one closed necklace, in which every ring is linked to exactly two others";
    String straight =
        "one straight chain, in which the two end rings are linked to one other ring and the rest"
            + " to exactly two";
    if (question.kind().equals(ChainLinkFamily.CUTS)) {
      return pieces
          + "What is the least number of rings to cut to make "
          + necklace
          + "? Answer with a number.";
    }
    return pieces
        + "A cut takes %s and a weld %s, one after the other."
            .formatted(inMinutes(question, "cut"), inMinutes(question, "weld"))
        + " What is the least time in minutes to make "
        + (question.kind().equals(ChainLinkFamily.STRAIGHT) ? straight : necklace)
        + "? Answer with a number.";
  }

  private static String inMinutes(Question question, String what) {
    int minutes = question.integer(what);
    return minutes == 1 ? "1 minute" : minutes + " minutes";
  }

  @Override
  protected Optional<String> solve(ChainLinkScene scene, Question question) {
    return ChainLinkSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(ChainLinkScene scene, Question question) {
    return ChainLinkReferenceSolver.answer(scene, question);
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected List<WrongAnswer> mistakes(ChainLinkScene scene, Question question) {
    return ChainLinkMistakes.of(scene, question);
  }

  /** Counts open rings, segments of a length, or the rings of the longest segment. */
  @Override
  protected PerceptionQuestion look(ChainLinkScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int kind = random.nextInt(4);
    if (kind == 0) {
      return count("How many open rings are there?", scene.open());
    }
    if (kind == 1) {
      return count("How many rings has the longest segment?", scene.lengths().getLast());
    }
    SortedMap<Integer, List<Integer>> lengthsByAnswer = new TreeMap<>();
    for (int length = 1; length <= ChainLinkScene.LONGEST; length++) {
      int answer = Collections.frequency(scene.lengths(), length);
      lengthsByAnswer.computeIfAbsent(answer, key -> new ArrayList<>()).add(length);
    }
    Map.Entry<Integer, Integer> drawn = Drawing.answerFirst(lengthsByAnswer, random);
    int length = drawn.getValue();
    return count(
        length == 1
            ? "How many closed rings are linked to no other?"
            : "How many segments have exactly %d rings?".formatted(length),
        drawn.getKey());
  }

  private static PerceptionQuestion count(String text, int answer) {
    return new PerceptionQuestion(text, Integer.toString(answer), AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(ChainLinkScene scene, Question question) {
    int cuts = ChainLinkSolver.cuts(scene, spare(question));
    return family()
        .difficultyScale()
        .difficulty(
            Map.of(
                "effort",
                scene.rings() + CUT * cuts,
                "cuts",
                cuts,
                "rings",
                scene.rings(),
                "segments",
                scene.lengths().size() + scene.open()));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        ChainLinkPainter.LEAST, width, height, "are too few to tell rings apart");
  }

  @Override
  protected void paint(ChainLinkScene scene, Canvas canvas, Rendering rendering) {
    ChainLinkPainter.paint(scene, canvas, rendering);
  }
}
