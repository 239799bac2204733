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
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Rotting kiwis on boards of one configuration. */
final class ConfiguredKiwi implements ConfiguredFamily {
  private static final Question MINUTES = Question.of(KiwiFamily.MINUTES);
  private static final String QUESTION =
      "Every minute a fresh kiwi next to a rotten kiwi (up, down, left, right) turns rotten."
          + " How many minutes until no kiwi is fresh?";

  private final KiwiFamily family;
  private final KiwiConfig config;
  private final KiwiSpace space;
  private @Nullable Space measured;

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
  public synchronized Space space() {
    if (!config.selective() || space.selectedListed()) {
      return space.space();
    }
    if (measured == null) {
      measured = MeasuredSpace.of(this, BigInteger.ONE);
    }
    return measured;
  }

  @Override
  public List<Scene> scenes() {
    if (!space().enumerable()) {
      throw new IllegalStateException(
          "a space of " + space().scenes() + " scenes or more is drawn from, not listed");
    }
    return List.copyOf(space.scenes());
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return new Puzzle(space.draw(seed), MINUTES);
  }

  @Override
  public Question question(Scene scene, SeedTree seed) {
    board(scene);
    return MINUTES;
  }

  @Override
  public LevelMix levelMix() {
    return config.levels();
  }

  @Override
  public boolean legal(Puzzle puzzle) {
    KiwiScene board = board(puzzle.scene());
    int rotten = board.count(KiwiScene.ROTTEN);
    int fresh = board.count(KiwiScene.FRESH);
    int fruits = rotten + fresh;
    return puzzle.question().equals(MINUTES)
        && fresh >= 1
        && rotten >= 1
        && (config.severalRotten() || rotten == 1)
        && fruits >= config.minimumFruits()
        && fruits <= config.maximumFruits()
        && KiwiSolver.minutes(board).isPresent()
        && config.selection().wants(space.difficulty(board));
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
  public String questionText(Puzzle puzzle) {
    board(puzzle.scene());
    return QUESTION;
  }

  @Override
  public Optional<String> answer(Puzzle puzzle) {
    return text(KiwiSolver.minutes(board(puzzle.scene())));
  }

  @Override
  public Optional<String> referenceAnswer(Puzzle puzzle) {
    return text(KiwiReferenceSolver.minutes(board(puzzle.scene())));
  }

  private static Optional<String> text(OptionalInt minutes) {
    return minutes.isPresent()
        ? Optional.of(Integer.toString(minutes.getAsInt()))
        : Optional.empty();
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  public List<WrongAnswer> wrongAnswers(Puzzle puzzle) {
    return KiwiMistakes.of(board(puzzle.scene()));
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
  public Difficulty difficulty(Puzzle puzzle) {
    return space.difficulty(board(puzzle.scene()));
  }

  @Override
  public Optional<String> imageSizeProblem(int width, int height) {
    return KiwiPainter.sizeProblem(config.rows(), config.columns(), width, height);
  }

  @Override
  public Rendering rendering(SeedTree seed) {
    return config.selection().varied() ? Rendering.draw(seed) : Rendering.PLAIN;
  }

  @Override
  public boolean sameScene(Scene truth, Scene described) {
    return board(truth).equals(board(described));
  }

  @Override
  public byte[] png(Scene scene, Rendering rendering, int width, int height) {
    return KiwiPainter.png(board(scene), rendering, width, height);
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
