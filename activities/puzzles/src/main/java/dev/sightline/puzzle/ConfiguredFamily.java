package dev.sightline.puzzle;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A family with its configuration: scenes, questions, exact answers, texts and pictures. Safe for
 * use by several threads. A scene of another family is an IllegalArgumentException everywhere. New
 * families extend {@link SceneFamily}, which does most of this from a description grammar.
 */
public interface ConfiguredFamily {
  PuzzleFamily family();

  /** The configuration with every default filled in; has a canonical JSON form. */
  Map<String, Object> config();

  /** How many legal scenes there are; counted once, then remembered. */
  Space space();

  /**
   * Every legal scene, in a fixed order.
   *
   * @throws IllegalStateException where {@link Space#enumerable} is false
   */
  List<Scene> scenes();

  /**
   * A legal puzzle of the configured level and measures: a pure function of the seed by which every
   * such puzzle can be reached. Both solvers answer it, with one answer.
   *
   * @throws dev.sightline.foundation.SightlineException SPACE_EXHAUSTED where the configuration
   *     asks for what hardly exists
   */
  Puzzle draw(SeedTree seed);

  /** A legal question about a given legal scene; where the scene is drawn first. */
  Question question(Scene scene, SeedTree seed);

  /** How often data sets show each level. */
  LevelMix levelMix();

  /** Whether the puzzle obeys the family's rules and the configuration. */
  boolean legal(Puzzle puzzle);

  /** Reads what {@link #writeScene} wrote. */
  Scene readScene(Map<String, ?> map);

  Map<String, Object> writeScene(Scene scene);

  /** The question's text: rules and all, unambiguous; never what only the image shows. */
  String questionText(Puzzle puzzle);

  /** The exact answer; empty where the puzzle (an illegal one) has none or more than one. */
  Optional<String> answer(Puzzle puzzle);

  /** The answer by another algorithm that shares no helper with {@link #answer}. */
  Optional<String> referenceAnswer(Puzzle puzzle);

  AnswerType answerType(Question question);

  /** What plausible mistakes answer; may hold the right answer by chance, and repeats. */
  List<WrongAnswer> wrongAnswers(Puzzle puzzle);

  /** The text that stands for the image, with all that the image shows. */
  String textTwin(Scene scene);

  /** The scene in the family's description grammar. */
  String description(Scene scene);

  /** Reads a description leniently in layout and strictly in content; time linear in its length. */
  DescriptionReading readDescription(String text);

  /**
   * Whether a described scene is the true one (the P of science.md 3): up to labels of
   * interchangeable objects and the family's tolerances, never up to rotation or reflection.
   */
  boolean sameScene(Scene truth, Scene described);

  /** Names what the image shows. */
  Digest sceneKey(Scene scene);

  /** Names the scene up to the symmetries of the family. */
  Digest canonicalKey(Scene scene);

  PerceptionQuestion perceptionQuestion(Scene scene, SeedTree seed);

  /** How much of the true scene the description gets right (science.md 5). */
  FactScore facts(Scene truth, DescriptionReading reading);

  /** The constant description with the highest mean fact score over the (non-empty) scenes. */
  ConstantDescription bestConstantDescription(List<? extends Scene> scenes);

  Difficulty difficulty(Puzzle puzzle);

  /** What is wrong with this picture size (pixels), as problem and fix; empty if nothing. */
  Optional<String> imageSizeProblem(int width, int height);

  /** How an item is drawn: plain, or varied by the seed where the configuration asks for it. */
  Rendering rendering(SeedTree seed);

  /**
   * The picture as PNG bytes: the same bytes on every machine.
   *
   * @param width pixels
   * @param height pixels
   */
  byte[] png(Scene scene, Rendering rendering, int width, int height);
}
