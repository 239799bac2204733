package dev.sightline.puzzle;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A family with its configuration: scenes, questions, exact answers, texts and pictures. Safe for
 * use by several threads. A scene of another family or of another board size is an
 * IllegalArgumentException everywhere.
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

  /** A legal scene: a pure function of the seed by which every legal scene can be reached. */
  Scene draw(SeedTree seed);

  /** How often data sets show each level. */
  LevelMix levelMix();

  /** Whether the scene obeys the family's rules and the configuration. */
  boolean legal(Scene scene);

  /** Reads what {@link #writeScene} wrote. */
  Scene readScene(Map<String, ?> map);

  Map<String, Object> writeScene(Scene scene);

  String question(Scene scene);

  /** The exact answer; empty where the scene (an illegal one) has none or more than one. */
  Optional<String> answer(Scene scene);

  /** The answer by another algorithm that shares no helper with {@link #answer}. */
  Optional<String> referenceAnswer(Scene scene);

  AnswerType answerType();

  /** The text that stands for the image, with all that the image shows. */
  String textTwin(Scene scene);

  /** The scene in the family's description grammar. */
  String description(Scene scene);

  /** Reads a description leniently in layout and strictly in content; time linear in its length. */
  DescriptionReading readDescription(String text);

  /** Names what the image shows. */
  Digest sceneKey(Scene scene);

  /** Names the scene up to the symmetries of the family: equal for all of {@link #orbit}. */
  Digest canonicalKey(Scene scene);

  /** The distinct scenes that are the same up to symmetry, this one first, in a fixed order. */
  List<Scene> orbit(Scene scene);

  PerceptionQuestion perceptionQuestion(Scene scene, SeedTree seed);

  /** How much of the true scene the description gets right (science.md 5). */
  FactScore facts(Scene truth, DescriptionReading reading);

  /** The constant description with the highest mean fact score over the (non-empty) scenes. */
  ConstantDescription bestConstantDescription(List<? extends Scene> scenes);

  Difficulty difficulty(Scene scene);

  /** What is wrong with this picture size (pixels), as problem and fix; empty if nothing. */
  Optional<String> imageSizeProblem(int width, int height);

  /**
   * The picture as PNG bytes: the same bytes on every machine.
   *
   * @param width pixels
   * @param height pixels
   */
  byte[] png(Scene scene, int width, int height);
}
