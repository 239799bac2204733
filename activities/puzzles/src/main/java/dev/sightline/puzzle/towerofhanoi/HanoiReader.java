package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** AlgoPuzzleVQA's tower_of_hanoi: each rod is a list of disks from bottom to top, 1 smallest. */
final class HanoiReader implements ForeignReader {
  @Override
  public String fileName() {
    return "tower_of_hanoi";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("start_position", "end_position");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    String start = rods(inputs, "start_position");
    String end = rods(inputs, "end_position");
    Map<String, Object> config =
        Map.of("minimumDisks", start.length(), "maximumDisks", start.length());
    return new ForeignPuzzle(
        new TowerOfHanoiFamily().configure(config),
        new Puzzle(new HanoiScene(start, end), Question.of(TowerOfHanoiFamily.MOVES)));
  }

  private static String rods(Map<String, ?> inputs, String field) {
    if (!(inputs.get(field) instanceof List<?> rods) || rods.size() != 3) {
      throw new IllegalArgumentException("field '" + field + "' must be a list of three rods");
    }
    TreeMap<Integer, Character> rodOfDisk = new TreeMap<>();
    for (int rod = 0; rod < 3; rod++) {
      if (!(rods.get(rod) instanceof List<?> disks)) {
        throw new IllegalArgumentException("field '" + field + "' has a rod that is no list");
      }
      int below = Integer.MAX_VALUE;
      for (Object element : disks) {
        Integer disk = Fields.asInteger(element);
        if (disk == null || disk >= below || rodOfDisk.put(disk, (char) ('A' + rod)) != null) {
          throw new IllegalArgumentException(
              "field '" + field + "' must list each disk once, smaller ones on top: " + rods);
        }
        below = disk;
      }
    }
    StringBuilder letters = new StringBuilder();
    rodOfDisk.descendingMap().values().forEach(letters::append);
    return letters.toString();
  }
}
