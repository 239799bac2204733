package dev.sightline.puzzle.map;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.Fields;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Maps in one configuration. */
final class ConfiguredMap extends SceneFamily<MapScene> {
  private static final String COLOURS = "colours";
  private static final String BORDERS = "borders";
  private static final String SHAPES = "shapes";
  private static final int TRIES = 20_000;
  private static final int MOST_MAPS = 24;

  /** The least and greatest number of regions and of white regions for each level. */
  private static final int[][] REGIONS_OF_LEVEL = {{7, 11}, {9, 14}, {11, 17}, {13, 20}, {14, 22}};

  private static final int[][] WHITE_OF_LEVEL = {{2, 4}, {3, 5}, {4, 6}, {5, 8}, {7, 10}};

  private final int regions;
  private final int white;
  private final List<String> kinds;

  ConfiguredMap(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      int regions,
      int white) {
    super(
        family,
        MapScene.class,
        config,
        selection,
        new Grammar(
            Section.words(COLOURS, Set.of("red", "green", "blue", "yellow", MapScene.WHITE)),
            Section.objects(BORDERS, Set.of(), 1, MapScene.MOST_REGIONS)));
    this.regions = regions;
    this.white = white;
    this.kinds = family.questionKinds().stream().filter(selection.questions()::contains).toList();
  }

  @Override
  protected Description describe(MapScene scene) {
    return Description.builder()
        .rows(COLOURS, List.of(scene.colours()))
        .rows(
            BORDERS,
            scene.borders().stream()
                .map(border -> List.of("" + border.one(), "" + border.other()))
                .toList())
        .build();
  }

  /** The order in a pair means nothing; a pair given twice is no description. */
  @Override
  protected MapScene compose(Description description) {
    List<List<String>> rows = description.rows(COLOURS);
    if (rows.size() != 1) {
      throw new IllegalArgumentException("the colours are one row, not " + rows.size());
    }
    Set<MapScene.Border> borders = new TreeSet<>();
    for (List<String> pair : description.rows(BORDERS)) {
      if (pair.size() != 2) {
        throw new IllegalArgumentException("a border is a pair, not " + pair);
      }
      int one = Integer.parseInt(pair.get(0));
      int other = Integer.parseInt(pair.get(1));
      if (!borders.add(new MapScene.Border(Math.min(one, other), Math.max(one, other)))) {
        throw new IllegalArgumentException("a border is named once, not twice: " + pair);
      }
    }
    return new MapScene(rows.getFirst(), List.copyOf(borders), List.of());
  }

  @Override
  protected Map<String, Object> writeDrawing(MapScene scene) {
    List<String> shapes = new ArrayList<>();
    for (MapScene.Patch patch : scene.patches()) {
      StringBuilder text = new StringBuilder().append(patch.region()).append(':');
      patch.corners().forEach(number -> text.append(' ').append(number));
      shapes.add(text.toString());
    }
    return shapes.isEmpty() ? Map.of() : Map.of(SHAPES, String.join("; ", shapes));
  }

  @Override
  protected MapScene readDrawing(MapScene scene, Map<String, ?> map) {
    if (!map.containsKey(SHAPES)) {
      return scene;
    }
    List<MapScene.Patch> patches = new ArrayList<>();
    for (String shape : Fields.text(map, SHAPES).split("; ")) {
      String[] parts = shape.split(": ", 2);
      try {
        List<Integer> corners = new ArrayList<>();
        for (String number : parts[parts.length - 1].split(" ")) {
          corners.add(Integer.parseInt(number));
        }
        patches.add(new MapScene.Patch(Integer.parseInt(parts[0]), corners));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("field 'shapes' has an odd shape: " + shape, e);
      }
    }
    return new MapScene(scene.colours(), scene.borders(), patches);
  }

  @Override
  protected MapScene canonical(MapScene scene) {
    return MapCanonical.of(scene);
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(MapScene scene, Question question) {
    int open = white(scene).size();
    boolean sized =
        (regions == 0 || scene.regions() == regions)
            && (white == 0 || open == white)
            && open >= 1
            && open <= MapFamily.MOST_UNKNOWN;
    if (!sized) {
      return false;
    }
    if (question.kind().equals(MapFamily.COUNT)) {
      return question.parameters().isEmpty()
          && MapSolver.answer(scene, question)
              .filter(maps -> Integer.parseInt(maps) <= MOST_MAPS)
              .isPresent();
    }
    return question.parameters().keySet().equals(Set.of("region"))
        && white(scene).contains(question.integer("region"))
        && MapSolver.answer(scene, question).isPresent();
  }

  private static List<Integer> white(MapScene scene) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= scene.regions(); number++) {
      if (scene.colours().get(number - 1).equals(MapScene.WHITE)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          Integer level = selection().level();
          boolean free = selection().measures().isEmpty() && regions == 0 && white == 0;
          int aim = selection().level(random);
          int count = regions > 0 ? regions : between(REGIONS_OF_LEVEL[aim - 1], random);
          int open = white > 0 ? white : between(WHITE_OF_LEVEL[aim - 1], random);
          String kind = kinds.get(random.nextInt(kinds.size()));
          return MapGenerator.draw(count, Math.min(open, count - 3), random)
              .flatMap(
                  scene -> question(scene, kind, random).map(asked -> new Puzzle(scene, asked)))
              .filter(this::legal)
              .filter(one -> level != null || !free || difficulty(one).level() == aim);
        });
  }

  private static int between(int[] range, SplittableRandom random) {
    return random.nextInt(range[0], range[1] + 1);
  }

  /** A question of the kind; empty where no colour is forced, and mostly where the count is 1. */
  private static Optional<Question> question(MapScene scene, String kind, SplittableRandom random) {
    if (kind.equals(MapFamily.COUNT)) {
      Question question = Question.of(MapFamily.COUNT);
      boolean one = MapSolver.answer(scene, question).equals(Optional.of("1"));
      return one && random.nextInt(4) > 0 ? Optional.empty() : Optional.of(question);
    }
    List<Question> forced = forced(scene);
    return forced.isEmpty()
        ? Optional.empty()
        : Optional.of(forced.get(random.nextInt(forced.size())));
  }

  private static List<Question> forced(MapScene scene) {
    return white(scene).stream()
        .map(number -> Question.of(MapFamily.FORCED).with("region", number))
        .filter(question -> MapSolver.answer(scene, question).isPresent())
        .toList();
  }

  @Override
  protected Question drawQuestion(MapScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    List<Question> possible = new ArrayList<>();
    if (kinds.contains(MapFamily.COUNT)) {
      possible.add(Question.of(MapFamily.COUNT));
    }
    List<Question> forced = kinds.contains(MapFamily.FORCED) ? forced(scene) : List.of();
    if (!forced.isEmpty()) {
      possible.add(forced.get(random.nextInt(forced.size())));
    }
    return possible.isEmpty()
        ? Question.of(MapFamily.COUNT)
        : possible.get(random.nextInt(possible.size()));
  }

  @Override
  protected String ask(MapScene scene, Question question) {
    // The number of regions stays in the picture: with it the text would tell how large the answer
    // tends to be.
    String rules =
        "The regions of the map are numbered. Each gets one of four colours: red, green, blue or"
            + " yellow. Regions that share a border line must get different colours; touching in"
            + " a single point does not count. The regions shown in a colour keep it; the white"
            + " ones are still to be coloured. ";
    return rules
        + (question.kind().equals(MapFamily.FORCED)
            ? "In every way to colour all white regions, region %d gets the same colour. Which?"
                    .formatted(question.integer("region"))
                + " Answer red, green, blue or yellow."
            : "In how many ways can all white regions be coloured? Answer with a number.");
  }

  @Override
  protected Optional<String> solve(MapScene scene, Question question) {
    return MapSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(MapScene scene, Question question) {
    return MapReferenceSolver.answer(scene, question);
  }

  @Override
  public AnswerType answerType(Question question) {
    return question.kind().equals(MapFamily.FORCED) ? AnswerType.WORD : AnswerType.INTEGER;
  }

  @Override
  protected List<WrongAnswer> mistakes(MapScene scene, Question question) {
    return MapMistakes.of(scene, question);
  }

  /** The colour of a region, the number of its neighbours, or whether two share a line. */
  @Override
  protected PerceptionQuestion look(MapScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int kind = random.nextInt(3);
    SortedMap<String, List<Integer>> regionsByAnswer = new TreeMap<>();
    for (int number = 1; number <= scene.regions(); number++) {
      String answer = scene.colours().get(number - 1);
      if (kind > 0) {
        int region = number;
        answer =
            Long.toString(
                scene.borders().stream()
                    .filter(border -> border.one() == region || border.other() == region)
                    .count());
      }
      regionsByAnswer.computeIfAbsent(answer, key -> new ArrayList<>()).add(number);
    }
    if (kind == 2 && scene.regions() > 1) {
      return pair(scene, random);
    }
    Map.Entry<String, Integer> drawn = Drawing.answerFirst(regionsByAnswer, random);
    return kind == 0
        ? new PerceptionQuestion(
            "Which colour is region " + drawn.getValue() + ": red, green, blue, yellow or white?",
            drawn.getKey(),
            AnswerType.WORD)
        : new PerceptionQuestion(
            "With how many other regions does region " + drawn.getValue() + " share a border line?",
            drawn.getKey(),
            AnswerType.INTEGER);
  }

  private static PerceptionQuestion pair(MapScene scene, SplittableRandom random) {
    Set<MapScene.Border> borders = new HashSet<>(scene.borders());
    List<MapScene.Border> apart = new ArrayList<>();
    for (int one = 1; one < scene.regions(); one++) {
      for (int other = one + 1; other <= scene.regions(); other++) {
        MapScene.Border border = new MapScene.Border(one, other);
        if (!borders.contains(border)) {
          apart.add(border);
        }
      }
    }
    boolean yes = apart.isEmpty() || (!borders.isEmpty() && random.nextBoolean());
    List<MapScene.Border> from = yes ? scene.borders() : apart;
    MapScene.Border chosen = from.get(random.nextInt(from.size()));
    return new PerceptionQuestion(
        "Do regions %d and %d share a border line: yes or no?"
            .formatted(chosen.one(), chosen.other()),
        yes ? "yes" : "no",
        AnswerType.WORD);
  }

  @Override
  protected Difficulty measure(MapScene scene, Question question) {
    return family().difficultyScale().difficulty(MapMeasures.of(scene));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        MapPainter.LEAST, width, height, "are too few for the numbers of regions");
  }

  @Override
  protected void paint(MapScene scene, Canvas canvas, Rendering rendering) {
    MapPainter.paint(scene, canvas, rendering);
  }
}
