package dev.sightline.puzzle.pattern;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A pattern with its configuration. */
final class ConfiguredPattern extends SceneFamily<PatternScene> {
  /** Spaces that so many sequences of choices give are listed. */
  private static final int LISTABLE = 20_000;

  private static final int TRIES = 2000;
  private static final int PROBES = 20;

  /** How often each level comes where none is asked for: small spaces would repeat themselves. */
  private static final List<Integer> USUAL_LEVELS =
      List.of(1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5);

  private final Pattern pattern;
  private @Nullable List<Scene> listed;

  ConfiguredPattern(PatternFamily family, Map<String, Object> config, Selection selection) {
    super(
        family,
        PatternScene.class,
        config,
        selection,
        new Grammar(family.pattern().sections().toArray(Section[]::new)));
    this.pattern = family.pattern();
  }

  @Override
  protected Description describe(PatternScene scene) {
    Description.Builder builder = Description.builder();
    for (Section section : pattern.sections()) {
      builder.rows(section.name(), scene.rows(section.name()));
    }
    return builder.build();
  }

  @Override
  protected PatternScene compose(Description description) {
    PatternScene scene = new PatternScene(description.sections());
    if (!pattern.fits(scene)) {
      throw new IllegalArgumentException("the tables do not fit together");
    }
    return scene;
  }

  @Override
  protected PatternScene canonical(PatternScene scene) {
    PatternScene least = null;
    String text = "";
    for (PatternScene image : pattern.images(scene)) {
      String key = image.tables().toString();
      if (least == null || key.compareTo(text) < 0) {
        least = image;
        text = key;
      }
    }
    return least == null ? scene : least;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          Chooser chooser = Chooser.random(random);
          PatternScene scene = scene(chooser);
          if (scene == null) {
            return Optional.empty();
          }
          Question question = pattern.question(scene, chooser);
          return wanted(scene, question) && solve(scene, question).isPresent()
              ? Optional.of(new Puzzle(scene, question))
              : Optional.empty();
        });
  }

  private @Nullable PatternScene scene(Chooser chooser) {
    int level = selection().wantedLevel().orElse(0);
    return pattern.draw(level == 0 ? chooser.of(USUAL_LEVELS) : level, chooser);
  }

  @Override
  protected Question drawQuestion(PatternScene scene, SeedTree seed) {
    return pattern.question(scene, Chooser.random(seed.random()));
  }

  @Override
  protected boolean obeysRules(PatternScene scene, Question question) {
    return pattern.fits(scene) && solve(scene, question).isPresent();
  }

  @Override
  protected Space countSpace() {
    if (probablyListable()) {
      List<Scene> scenes = list();
      if (scenes != null) {
        listed = scenes;
        Set<PatternScene> forms = new HashSet<>();
        scenes.forEach(scene -> forms.add(canonical((PatternScene) scene)));
        return new Space(
            BigInteger.valueOf(scenes.size()),
            BigInteger.valueOf(forms.size()),
            BigInteger.ONE,
            Space.Basis.EXACT,
            true);
      }
    }
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  /** Estimates the leaves of the tree of choices by random walks (Knuth 1975). */
  private boolean probablyListable() {
    SplittableRandom random = SeedTree.root(0).child("pattern-space").random();
    double sum = 0;
    for (int i = 0; i < PROBES; i++) {
      double[] product = {1};
      scene(
          bound -> {
            product[0] *= bound;
            return random.nextInt(bound);
          });
      sum += product[0];
    }
    return sum / PROBES <= 2.0 * LISTABLE;
  }

  /** Every legal scene in the order of its text; null where there are too many choices. */
  private @Nullable List<Scene> list() {
    EveryChoice choices = new EveryChoice();
    Map<String, Scene> scenes = new TreeMap<>();
    int walks = 0;
    do {
      if (++walks > LISTABLE) {
        return null;
      }
      PatternScene scene = scene(choices);
      // The question's own choices are left out: all of them must have an answer.
      if (scene != null) {
        Question question = pattern.question(scene, bound -> 0);
        if (wanted(scene, question) && solve(scene, question).isPresent()) {
          scenes.put(scene.tables().toString(), scene);
        }
      }
    } while (choices.next());
    return List.copyOf(scenes.values());
  }

  @Override
  public List<Scene> scenes() {
    space();
    List<Scene> scenes = listed;
    if (scenes == null) {
      return super.scenes();
    }
    return scenes;
  }

  @Override
  protected String ask(PatternScene scene, Question question) {
    return pattern.ask(missing(scene), question);
  }

  private Place missing(PatternScene scene) {
    return pattern
        .missing(scene)
        .orElseThrow(
            () -> new IllegalArgumentException("a puzzle has exactly one '?': " + scene.tables()));
  }

  @Override
  public AnswerType answerType(Question question) {
    return pattern.answerType();
  }

  @Override
  protected Optional<String> solve(PatternScene scene, Question question) {
    return pattern.solve(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(PatternScene scene, Question question) {
    return PatternReferenceSolver.answer(pattern.name(), scene, question);
  }

  @Override
  protected List<WrongAnswer> mistakes(PatternScene scene, Question question) {
    Place missing = missing(scene);
    List<WrongAnswer> wrong = new ArrayList<>(pattern.mistakes(scene, missing, question));
    wrong.addAll(CommonMistakes.of(pattern, scene, missing, question));
    wrong.removeIf(answer -> answer.answer().contains(Words.MISSING));
    return wrong;
  }

  @Override
  protected PerceptionQuestion look(PatternScene scene, SeedTree seed) {
    return Looks.ask(pattern, scene, Chooser.random(seed.random()));
  }

  @Override
  protected Difficulty measure(PatternScene scene, Question question) {
    return pattern.scale().difficulty(PatternMeasures.of(pattern, scene));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        pattern.smallestPicture(),
        width,
        height,
        "are too few for the fullest pictures of " + pattern.name());
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected void paint(PatternScene scene, Canvas canvas, Rendering rendering) {
    pattern.paint(scene, new Brush(canvas, rendering));
  }
}
