package dev.sightline.puzzle.maze;

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
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

final class ConfiguredMaze extends SceneFamily<MazeScene> {
  private static final int TRIES = 3000;

  /** Pairs of ends that are tried in one maze. */
  private static final int ENDS = 6;

  private static final Grammar GRAMMAR = new Grammar(Section.cells("maze", MazeScene.LETTERS));

  private final MazeFamily family;
  private final MazeGenerator generator;

  ConfiguredMaze(
      MazeFamily family, Map<String, Object> config, Selection selection, MazeGenerator generator) {
    super(family, MazeScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.generator = generator;
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    // Decided before anything is refused, so that odd and even numbers of cells are equally
    // frequent.
    int parity = seed.child("parity").random().nextInt(2);
    return Drawing.until(seed, TRIES, random -> attempt(random, parity));
  }

  private Optional<Puzzle> attempt(SplittableRandom random, int parity) {
    int level = selection().wantedLevel().orElse(random.nextInt(1, Difficulty.LEVELS + 1));
    MazeGenerator.Maze maze = generator.maze(level, random);
    for (int i = 0; i < ENDS; i++) {
      MazeScene scene = maze.scene(random);
      int cells = MazeSolver.cells(scene);
      if (cells > 0 && cells % 2 == parity && family.difficultyScale().level(cells) == level) {
        Optional<Question> question = question(scene, random);
        if (question.isPresent() && wanted(scene, question.get())) {
          return Optional.of(new Puzzle(scene, question.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** As in AlgoPuzzleVQA two of five ask for cells; empty where best paths differ in the answer. */
  private Optional<Question> question(MazeScene scene, SplittableRandom random) {
    List<String> kinds = new ArrayList<>(selection().questions());
    if (kinds.contains(MazeKind.CELLS.wireName())) {
      kinds.add(MazeKind.CELLS.wireName());
    }
    Question question = Question.of(kinds.get(random.nextInt(kinds.size())));
    return MazeSolver.answer(scene, question).map(answer -> question);
  }

  @Override
  protected Question drawQuestion(MazeScene scene, SeedTree seed) {
    return Drawing.until(seed, TRIES, random -> question(scene, random));
  }

  @Override
  protected Description describe(MazeScene scene) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < scene.rows(); row++) {
      rows.add(scene.cells().substring(row * scene.columns(), (row + 1) * scene.columns()));
    }
    return Description.builder().board("maze", rows).build();
  }

  @Override
  protected MazeScene compose(Description description) {
    List<String> rows = description.board("maze");
    return new MazeScene(rows.size(), rows.getFirst().length(), String.join("", rows));
  }

  @Override
  public String textTwin(Scene scene) {
    return "Maze of cells (# wall, . open, S entry, E exit), rows from top to bottom: "
        + description(scene);
  }

  /** The first of the four rotations; a reflection would make left turns right turns. */
  @Override
  protected MazeScene canonical(MazeScene scene) {
    MazeScene best = scene;
    MazeScene turned = scene;
    for (int i = 0; i < 3; i++) {
      turned = turned(turned);
      int order = Integer.compare(turned.rows(), best.rows());
      if (order < 0 || order == 0 && turned.cells().compareTo(best.cells()) < 0) {
        best = turned;
      }
    }
    return best;
  }

  private static MazeScene turned(MazeScene scene) {
    StringBuilder cells = new StringBuilder(scene.cells().length());
    for (int row = 0; row < scene.columns(); row++) {
      for (int column = 0; column < scene.rows(); column++) {
        cells.append(scene.at(scene.rows() - 1 - column, row));
      }
    }
    return new MazeScene(scene.columns(), scene.rows(), cells.toString());
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.valueOf(selection().questions().size()));
  }

  @Override
  protected boolean obeysRules(MazeScene scene, Question question) {
    return sized(scene.rows(), generator.rows())
        && sized(scene.columns(), generator.columns())
        && border(scene, MazeScene.ENTRY)
        && border(scene, MazeScene.EXIT)
        && MazeSolver.answer(scene, question).isPresent();
  }

  private static boolean sized(int cells, Optional<Integer> rooms) {
    return rooms
        .map(wanted -> cells == 2 * wanted + 2)
        .orElse(cells >= 8 && cells <= 2 * MazeGenerator.MOST_ROOMS + 2);
  }

  private static boolean border(MazeScene scene, char kind) {
    int at = scene.cells().indexOf(kind);
    int row = at / scene.columns();
    int column = at % scene.columns();
    boolean side = column == 0 || column == scene.columns() - 1;
    boolean end = row == 0 || row == scene.rows() - 1;
    return at >= 0 && side != end;
  }

  @Override
  protected String ask(MazeScene scene, Question question) {
    return MazeText.ask(question);
  }

  @Override
  protected Optional<String> solve(MazeScene scene, Question question) {
    return MazeSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(MazeScene scene, Question question) {
    return MazeReferenceSolver.answer(scene, question);
  }

  @Override
  protected List<WrongAnswer> mistakes(MazeScene scene, Question question) {
    return MazeMistakes.of(scene, question);
  }

  /** Where an arrow is, or how many cells of a line are open; the number is drawn first. */
  @Override
  protected PerceptionQuestion look(MazeScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean entry = random.nextBoolean();
    int at = scene.cells().indexOf(entry ? MazeScene.ENTRY : MazeScene.EXIT);
    if (at >= 0 && random.nextBoolean()) {
      boolean side = at % scene.columns() == 0 || at % scene.columns() == scene.columns() - 1;
      int answer = side ? at / scene.columns() + 1 : at % scene.columns() + 1;
      return new PerceptionQuestion(
          ("In which %s is the %s cell, at the %s arrow? Count %s, border walls included, from 1."
                  + " Answer with a whole number.")
              .formatted(
                  side ? "row" : "column",
                  entry ? "entry" : "exit",
                  entry ? "green" : "blue",
                  side ? "rows of cells from the top" : "columns of cells from the left"),
          Integer.toString(answer),
          AnswerType.INTEGER);
    }
    SortedMap<Integer, List<String>> byCount = new TreeMap<>();
    for (int row = 0; row < scene.rows(); row++) {
      byCount
          .computeIfAbsent(open(scene, row, true), count -> new ArrayList<>())
          .add("row " + (row + 1));
    }
    for (int column = 0; column < scene.columns(); column++) {
      byCount
          .computeIfAbsent(open(scene, column, false), count -> new ArrayList<>())
          .add("column " + (column + 1));
    }
    Map.Entry<Integer, String> drawn = Drawing.answerFirst(byCount, random);
    return new PerceptionQuestion(
        ("How many cells of %s are open (light), entry and exit cells included? Rows are counted"
                + " from the top, columns from the left, both from 1, border walls included. Answer"
                + " with a whole number.")
            .formatted(drawn.getValue()),
        Integer.toString(drawn.getKey()),
        AnswerType.INTEGER);
  }

  private static int open(MazeScene scene, int line, boolean row) {
    int open = 0;
    for (int i = 0; i < (row ? scene.columns() : scene.rows()); i++) {
      char kind = row ? scene.at(line, i) : scene.at(i, line);
      open += kind == MazeScene.WALL ? 0 : 1;
    }
    return open;
  }

  @Override
  protected Difficulty measure(MazeScene scene, Question question) {
    MazeSolver.Route route = MazeSolver.route(scene).orElse(new MazeSolver.Route(0, 0, 0, 0));
    int deadEnds = 0;
    int junctions = 0;
    for (int cell = 0; cell < scene.cells().length(); cell++) {
      if (scene.cells().charAt(cell) == MazeScene.OPEN) {
        int ways = 0;
        for (int heading = 0; heading < 4; heading++) {
          ways += MazeSolver.step(scene, cell, heading) >= 0 ? 1 : 0;
        }
        deadEnds += ways == 1 ? 1 : 0;
        junctions += ways > 2 ? 1 : 0;
      }
    }
    return family
        .difficultyScale()
        .difficulty(
            Map.of(
                "cells",
                route.cells(),
                "turns",
                route.turns(),
                "rooms",
                (scene.rows() - 1) / 2 * ((scene.columns() - 1) / 2),
                "deadEnds",
                deadEnds,
                "junctions",
                junctions));
  }

  @Override
  protected void paint(MazeScene scene, Canvas canvas, Rendering rendering) {
    MazePainter.paint(scene, canvas, rendering);
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    int cells = 2 * generator.largest(selection().wantedLevel()) + 2;
    return MazePainter.sizeProblem(cells, width, height);
  }
}
