package dev.sightline.puzzle;

import dev.sightline.puzzle.boardtile.BoardTileFamily;
import dev.sightline.puzzle.calendar.CalendarFamily;
import dev.sightline.puzzle.chainlink.ChainLinkFamily;
import dev.sightline.puzzle.checkermove.CheckerMoveFamily;
import dev.sightline.puzzle.clock.ClockFamily;
import dev.sightline.puzzle.colourhue.ColourHueFamily;
import dev.sightline.puzzle.kiwi.KiwiFamily;
import dev.sightline.puzzle.map.MapFamily;
import dev.sightline.puzzle.maze.MazeFamily;
import dev.sightline.puzzle.movebox.MoveBoxFamily;
import dev.sightline.puzzle.nqueens.NQueensFamily;
import dev.sightline.puzzle.numberslide.NumberSlideFamily;
import dev.sightline.puzzle.pattern.PatternFamily;
import dev.sightline.puzzle.rubikscube.RubiksCubeFamily;
import dev.sightline.puzzle.thinkdot.ThinkDotFamily;
import dev.sightline.puzzle.towerofhanoi.TowerOfHanoiFamily;
import dev.sightline.puzzle.waterjugs.WaterJugsFamily;
import dev.sightline.puzzle.wheeloffortune.WheelOfFortuneFamily;
import dev.sightline.puzzle.woodslide.WoodSlideFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The families that this version knows. */
public final class PuzzleFamilies {
  private static final Map<String, PuzzleFamily> BY_NAME =
      index(
          List.of(
              new BoardTileFamily(),
              new CalendarFamily(),
              new ChainLinkFamily(),
              new CheckerMoveFamily(),
              new ClockFamily(),
              new ColourHueFamily(),
              new KiwiFamily(),
              new MapFamily(),
              new MazeFamily(),
              new MoveBoxFamily(),
              new NQueensFamily(),
              new NumberSlideFamily(),
              new RubiksCubeFamily(),
              new ThinkDotFamily(),
              new TowerOfHanoiFamily(),
              new WaterJugsFamily(),
              new WheelOfFortuneFamily(),
              new WoodSlideFamily()));

  private PuzzleFamilies() {}

  public static Optional<PuzzleFamily> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Looks a family up and configures it.
   *
   * @throws InvalidConfigException for an unknown name (field {@code family}) or a wrong
   *     configuration
   */
  public static ConfiguredFamily configure(String name, Map<String, ?> raw) {
    return byName(name)
        .orElseThrow(
            () ->
                new InvalidConfigException(
                    "family", "unknown family '" + name + "'", "use one of " + names()))
        .configure(raw);
  }

  private static Map<String, PuzzleFamily> index(List<PuzzleFamily> families) {
    List<PuzzleFamily> all = new ArrayList<>(families);
    all.addAll(PatternFamily.all());
    Map<String, PuzzleFamily> byName = new TreeMap<>();
    for (PuzzleFamily family : all) {
      if (byName.put(family.name(), family) != null) {
        throw new IllegalStateException("two families are called " + family.name());
      }
    }
    return byName;
  }
}
