package dev.sightline.puzzle;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.DescriptionFacts;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Said;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured family whose scenes are written in a {@link Grammar}: texts, keys, facts and
 * baselines come from it. A family adds drawing of puzzles, rules, solvers, perception questions,
 * difficulty and the painter.
 *
 * @param <S> the family's scene record
 */
public abstract class SceneFamily<S extends Scene> implements ConfiguredFamily {
  private final PuzzleFamily family;
  private final Class<S> type;
  private final Map<String, Object> config;
  private final Selection selection;
  private final Grammar grammar;
  private @Nullable Space space;

  protected SceneFamily(
      PuzzleFamily family,
      Class<S> type,
      Map<String, Object> config,
      Selection selection,
      Grammar grammar) {
    this.family = family;
    this.type = type;
    this.config = config;
    this.selection = selection;
    this.grammar = grammar;
  }

  /** What is wanted: level, measures, question kinds, rendering. */
  protected final Selection selection() {
    return selection;
  }

  /** The scene's tables; inverse of {@link #compose}. */
  protected abstract Description describe(S scene);

  /**
   * The scene of such tables, legal or not.
   *
   * @throws IllegalArgumentException where they describe no scene at all
   */
  protected abstract S compose(Description description);

  /** The one scene that stands for all that are the same up to symmetry and relabelling. */
  protected abstract S canonical(S scene);

  /** Counts the space: exactly, a proven lower bound, or {@link MeasuredSpace}. */
  protected abstract Space countSpace();

  /** Whether scene and question obey the rules and sizes of this configuration. */
  protected abstract boolean obeysRules(S scene, Question question);

  /** A legal question about a legal scene, of any level. */
  protected abstract Question drawQuestion(S scene, SeedTree seed);

  protected abstract String ask(S scene, Question question);

  /** The exact answer of a scene, legal or not; empty where there is none or more than one. */
  protected abstract Optional<String> solve(S scene, Question question);

  /** The same by another algorithm. */
  protected abstract Optional<String> solveAgain(S scene, Question question);

  protected abstract List<WrongAnswer> mistakes(S scene, Question question);

  protected abstract PerceptionQuestion look(S scene, SeedTree seed);

  protected abstract Difficulty measure(S scene, Question question);

  /** Paints on a blank canvas of any allowed size. */
  protected abstract void paint(S scene, Canvas canvas, Rendering rendering);

  /** Colour of the blank canvas, 0xRRGGBB. */
  protected int background(Rendering rendering) {
    return 0xffffff;
  }

  /** What is wrong with a size that lies within the common limits; empty if nothing. */
  protected Optional<String> sizeProblem(int width, int height) {
    return Optional.empty();
  }

  /**
   * What a written scene keeps beside its description: how it happens to be drawn, where the
   * picture shows more than is described (the shapes of regions on a map). Equal scenes may differ
   * in it.
   */
  protected Map<String, Object> writeDrawing(S scene) {
    return Map.of();
  }

  /** The scene with what {@link #writeDrawing} wrote. */
  protected S readDrawing(S scene, Map<String, ?> map) {
    return scene;
  }

  /** Whether a described scene counts as the true one. */
  protected boolean same(S truth, S described) {
    return truth.equals(described);
  }

  /** Whether the puzzle is of the configured level, measures and questions. */
  protected final boolean wanted(S scene, Question question) {
    return selection.wants(question) && selection.wants(measure(scene, question));
  }

  /**
   * A puzzle of one question: draws scenes until one is wanted.
   *
   * @throws dev.sightline.foundation.SightlineException SPACE_EXHAUSTED after so many tries
   */
  protected final Puzzle draw(
      SeedTree seed,
      int tries,
      Question question,
      Function<SplittableRandom, Optional<S>> attempt) {
    return Drawing.until(
        seed,
        tries,
        random ->
            attempt
                .apply(random)
                .filter(scene -> wanted(scene, question))
                .map(scene -> new Puzzle(scene, question)));
  }

  @Override
  public final PuzzleFamily family() {
    return family;
  }

  @Override
  public final Map<String, Object> config() {
    return config;
  }

  @Override
  public final synchronized Space space() {
    if (space == null) {
      space = countSpace();
    }
    return space;
  }

  @Override
  public List<Scene> scenes() {
    throw new IllegalStateException("scenes of " + family.name() + " are drawn, not listed");
  }

  @Override
  public final Question question(Scene scene, SeedTree seed) {
    return drawQuestion(scene(scene), seed);
  }

  @Override
  public LevelMix levelMix() {
    return LevelMix.AS_THEY_FALL;
  }

  @Override
  public final boolean legal(Puzzle puzzle) {
    S scene = scene(puzzle.scene());
    return family.questionKinds().contains(puzzle.question().kind())
        && obeysRules(scene, puzzle.question())
        && wanted(scene, puzzle.question());
  }

  @Override
  public final Map<String, Object> writeScene(Scene scene) {
    Description description = describe(scene(scene));
    Map<String, Object> map = new TreeMap<>(writeDrawing(scene(scene)));
    for (var section : grammar.sections()) {
      map.put(section.name(), grammar.writeBody(section, description.rows(section.name())));
    }
    return map;
  }

  @Override
  public final Scene readScene(Map<String, ?> map) {
    StringBuilder text = new StringBuilder();
    for (var section : grammar.sections()) {
      text.append(section.name())
          .append(": ")
          .append(Fields.text(map, section.name()))
          .append("; ");
    }
    DescriptionReading reading = grammar.read(text.toString(), this::compose);
    if (reading instanceof DescriptionReading.Complete(Scene scene)) {
      return readDrawing(scene(scene), map);
    }
    throw new IllegalArgumentException(
        "field 'scene' is no scene of " + family.name() + " (" + reading.status() + "): " + map);
  }

  @Override
  public final String questionText(Puzzle puzzle) {
    return ask(scene(puzzle.scene()), puzzle.question());
  }

  @Override
  public final Optional<String> answer(Puzzle puzzle) {
    return solve(scene(puzzle.scene()), puzzle.question());
  }

  @Override
  public final Optional<String> referenceAnswer(Puzzle puzzle) {
    return solveAgain(scene(puzzle.scene()), puzzle.question());
  }

  @Override
  public final List<WrongAnswer> wrongAnswers(Puzzle puzzle) {
    return mistakes(scene(puzzle.scene()), puzzle.question());
  }

  @Override
  public String textTwin(Scene scene) {
    String subject = family.subject();
    return Character.toUpperCase(subject.charAt(0))
        + subject.substring(1)
        + ": "
        + description(scene);
  }

  @Override
  public final String description(Scene scene) {
    return grammar.write(describe(scene(scene)));
  }

  @Override
  public final DescriptionReading readDescription(String text) {
    return grammar.read(text, this::compose);
  }

  @Override
  public final boolean sameScene(Scene truth, Scene described) {
    return same(scene(truth), scene(described));
  }

  @Override
  public final Digest sceneKey(Scene scene) {
    return key("scene", scene(scene));
  }

  @Override
  public final Digest canonicalKey(Scene scene) {
    return key("canonical", canonical(scene(scene)));
  }

  private Digest key(String kind, S scene) {
    return Digest.ofCanonical(
        Map.of("family", family.name(), "kind", kind, "scene", grammar.write(describe(scene))));
  }

  @Override
  public final PerceptionQuestion perceptionQuestion(Scene scene, SeedTree seed) {
    return look(scene(scene), seed);
  }

  @Override
  public final FactScore facts(Scene truth, DescriptionReading reading) {
    Description wanted = describe(scene(truth));
    return switch (reading) {
      case DescriptionReading.Missing missing ->
          FactScore.none(DescriptionFacts.count(grammar, wanted));
      case DescriptionReading.Unparsable unparsable ->
          FactScore.none(DescriptionFacts.count(grammar, wanted));
      case DescriptionReading.Partial(Said said) -> DescriptionFacts.score(grammar, wanted, said);
      case DescriptionReading.Contradictory(Said said) ->
          DescriptionFacts.score(grammar, wanted, said);
      case DescriptionReading.Complete(Scene scene) ->
          DescriptionFacts.score(
              grammar, wanted, DescriptionFacts.said(grammar, describe(scene(scene))));
      case DescriptionReading.Partial(var other) -> throw foreign(other);
      case DescriptionReading.Contradictory(var other) -> throw foreign(other);
    };
  }

  private IllegalArgumentException foreign(Object other) {
    return new IllegalArgumentException("not about a scene of " + family.name() + ": " + other);
  }

  @Override
  public final ConstantDescription bestConstantDescription(List<? extends Scene> scenes) {
    return DescriptionFacts.bestConstant(
        grammar, scenes.stream().map(scene -> describe(scene(scene))).toList());
  }

  @Override
  public final Difficulty difficulty(Puzzle puzzle) {
    return measure(scene(puzzle.scene()), puzzle.question());
  }

  @Override
  public final Optional<String> imageSizeProblem(int width, int height) {
    return PictureSize.outside(width, height).or(() -> sizeProblem(width, height));
  }

  @Override
  public final Rendering rendering(SeedTree seed) {
    return selection.varied() ? Rendering.draw(seed) : Rendering.PLAIN;
  }

  @Override
  public final byte[] png(Scene scene, Rendering rendering, int width, int height) {
    imageSizeProblem(width, height)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("imageSize: " + problem);
            });
    Canvas canvas = new Canvas(width, height, background(rendering));
    paint(scene(scene), canvas, rendering);
    return canvas.png();
  }

  private S scene(Scene scene) {
    if (!type.isInstance(scene)) {
      throw new IllegalArgumentException("not a scene of " + family.name() + ": " + scene);
    }
    return type.cast(scene);
  }
}
