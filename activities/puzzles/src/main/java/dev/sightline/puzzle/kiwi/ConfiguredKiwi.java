package dev.sightline.puzzle.kiwi;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.FactScore;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Rotting kiwis on boards of one configuration. */
final class ConfiguredKiwi implements ConfiguredFamily {
  private static final String QUESTION =
      "Every minute a fresh kiwi next to a rotten kiwi (up, down, left, right) turns rotten."
          + " How many minutes until no kiwi is fresh?";

  private final KiwiFamily family;
  private final KiwiConfig config;
  private final KiwiSpace space;

  ConfiguredKiwi(KiwiFamily family, KiwiConfig config, KiwiSpace space) {
    this.family = family;
    this.config = config;
    this.space = space;
  }

  @Override
  public PuzzleFamily family() {
    return family;
  }

  @Override
  public Map<String, Object> config() {
    return config.toMap();
  }

  @Override
  public Space space() {
    return space.space();
  }

  @Override
  public List<Scene> scenes() {
    return List.copyOf(space.scenes());
  }

  @Override
  public Scene draw(SeedTree seed) {
    return space.draw(seed);
  }

  @Override
  public LevelMix levelMix() {
    return config.levels();
  }

  @Override
  public boolean legal(Scene scene) {
    KiwiScene board = board(scene);
    int rotten = board.count(KiwiScene.ROTTEN);
    int fresh = board.count(KiwiScene.FRESH);
    int fruits = rotten + fresh;
    return fresh >= 1
        && rotten >= 1
        && (config.severalRotten() || rotten == 1)
        && fruits >= config.minimumFruits()
        && fruits <= config.maximumFruits()
        && KiwiSolver.minutes(board).isPresent();
  }

  @Override
  public Scene readScene(Map<String, ?> map) {
    String text = Fields.text(map, "board");
    return switch (readDescription(text)) {
      case DescriptionReading.Complete(Scene scene) -> scene;
      case DescriptionReading.Missing missing -> throw notABoard(text);
      case DescriptionReading.Unparsable unparsable -> throw notABoard(text);
      case DescriptionReading.Partial partial -> throw notABoard(text);
      case DescriptionReading.Contradictory contradictory -> throw notABoard(text);
    };
  }

  private IllegalArgumentException notABoard(String text) {
    return new IllegalArgumentException(
        "field 'board' must be a board of %d x %d such as %s, but is '%s'"
            .formatted(
                config.rows(),
                config.columns(),
                String.join(
                    "/",
                    java.util.Collections.nCopies(config.rows(), "-".repeat(config.columns()))),
                text));
  }

  @Override
  public Map<String, Object> writeScene(Scene scene) {
    return Map.of("board", description(scene));
  }

  @Override
  public String question(Scene scene) {
    board(scene);
    return QUESTION;
  }

  @Override
  public Optional<String> answer(Scene scene) {
    return text(KiwiSolver.minutes(board(scene)));
  }

  @Override
  public Optional<String> referenceAnswer(Scene scene) {
    return text(KiwiReferenceSolver.minutes(board(scene)));
  }

  private static Optional<String> text(OptionalInt minutes) {
    return minutes.isPresent()
        ? Optional.of(Integer.toString(minutes.getAsInt()))
        : Optional.empty();
  }

  @Override
  public AnswerType answerType() {
    return AnswerType.INTEGER;
  }

  @Override
  public String textTwin(Scene scene) {
    return "Board: " + description(scene);
  }

  @Override
  public String description(Scene scene) {
    return KiwiText.write(board(scene));
  }

  @Override
  public DescriptionReading readDescription(String text) {
    return KiwiText.read(text, config.rows(), config.columns());
  }

  @Override
  public Digest sceneKey(Scene scene) {
    return key("scene", board(scene));
  }

  @Override
  public Digest canonicalKey(Scene scene) {
    return key("canonical", KiwiSymmetry.canonical(board(scene)));
  }

  private Digest key(String kind, KiwiScene scene) {
    return Digest.ofCanonical(
        Map.of("family", family.name(), "kind", kind, "board", KiwiText.write(scene)));
  }

  @Override
  public List<Scene> orbit(Scene scene) {
    return List.copyOf(KiwiSymmetry.orbit(board(scene)));
  }

  /** Asks for a kind of cell drawn evenly among those on the board, so that no answer is common. */
  @Override
  public PerceptionQuestion perceptionQuestion(Scene scene, SeedTree seed) {
    KiwiScene board = board(scene);
    SplittableRandom random = seed.random();
    List<Character> kinds = new ArrayList<>();
    for (char kind : new char[] {KiwiScene.EMPTY, KiwiScene.FRESH, KiwiScene.ROTTEN}) {
      if (board.count(kind) > 0) {
        kinds.add(kind);
      }
    }
    char kind = kinds.get(random.nextInt(kinds.size()));
    int nth = random.nextInt(board.count(kind));
    int at = -1;
    for (int seen = -1; seen < nth; ) {
      at = board.cells().indexOf(kind, at + 1);
      seen++;
    }
    String text =
        "What is in row %d, column %d: empty, fresh or rotten?"
            .formatted(at / board.columns() + 1, at % board.columns() + 1);
    String answer =
        switch (kind) {
          case KiwiScene.EMPTY -> "empty";
          case KiwiScene.FRESH -> "fresh";
          case KiwiScene.ROTTEN -> "rotten";
          default -> throw new IllegalStateException("no such cell: " + kind);
        };
    return new PerceptionQuestion(text, answer, AnswerType.WORD);
  }

  @Override
  public FactScore facts(Scene truth, DescriptionReading reading) {
    return KiwiText.facts(board(truth), reading);
  }

  @Override
  public ConstantDescription bestConstantDescription(List<? extends Scene> scenes) {
    if (scenes.isEmpty()) {
      throw new IllegalArgumentException("the best constant description needs at least one scene");
    }
    return KiwiText.bestConstant(scenes.stream().map(this::board).toList());
  }

  /** The level is the number of minutes: each is one more step of the rot to follow. */
  @Override
  public Difficulty difficulty(Scene scene) {
    KiwiScene board = board(scene);
    int minutes = KiwiSolver.minutes(board).orElse(0);
    return new Difficulty(
        Math.max(1, minutes),
        Map.of(
            "minutes", minutes,
            "fresh", board.count(KiwiScene.FRESH),
            "rotten", board.count(KiwiScene.ROTTEN)));
  }

  @Override
  public Optional<String> imageSizeProblem(int width, int height) {
    return KiwiPainter.sizeProblem(config.rows(), config.columns(), width, height);
  }

  @Override
  public byte[] png(Scene scene, int width, int height) {
    return KiwiPainter.png(board(scene), width, height);
  }

  private KiwiScene board(Scene scene) {
    if (scene instanceof KiwiScene board
        && board.rows() == config.rows()
        && board.columns() == config.columns()) {
      return board;
    }
    throw new IllegalArgumentException(
        "not a board of %d x %d: %s".formatted(config.rows(), config.columns(), scene));
  }
}
