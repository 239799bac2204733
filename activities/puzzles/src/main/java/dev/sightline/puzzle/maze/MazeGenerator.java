package dev.sightline.puzzle.maze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws mazes of rooms and walls between them.
 *
 * <p>A maze of R x C rooms has 2R + 2 x 2C + 2 cells: one outer wall above or below and one left or
 * right are two cells thick, drawn at random. Without it every path between two border cells would
 * have an odd number of cells, and a guesser would know half of all answers to be wrong.
 *
 * @param rows rooms below each other, where given
 * @param columns rooms beside each other, where given
 * @param openings walls between rooms that are taken out beyond a tree of rooms, where given
 */
record MazeGenerator(
    Optional<Integer> rows, Optional<Integer> columns, Optional<Integer> openings) {
  static final int MOST_ROOMS = 20;

  /** Least and most rooms a side by level. */
  private static final int[][] ROOMS = {{3, 5}, {4, 7}, {6, 10}, {9, 15}, {13, MOST_ROOMS}};

  private static final int[][] WAYS = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};

  /** Most rooms a side that come up. */
  int largest(Optional<Integer> level) {
    int usual = ROOMS[level.orElse(5) - 1][1];
    return Math.max(rows.orElse(usual), columns.orElse(usual));
  }

  /** A maze without ends whose size suits the level. */
  Maze maze(int level, SplittableRandom random) {
    int[] range = ROOMS[level - 1];
    int roomRows = rows.orElse(random.nextInt(range[0], range[1] + 1));
    int roomColumns = columns.orElse(random.nextInt(range[0], range[1] + 1));
    int usual = level >= 4 && random.nextBoolean() ? 1 + roomRows * roomColumns / 25 : 0;
    int extra = openings.orElse(usual);
    Maze maze = new Maze(roomRows, roomColumns, random.nextInt(2), random.nextInt(2));
    if (random.nextBoolean()) {
      maze.uniform(random);
    } else {
      maze.winding(random);
    }
    for (int i = 0; i < extra; i++) {
      maze.open(random);
    }
    return maze;
  }

  /** A maze that is being made. */
  static final class Maze {
    private final int roomRows;
    private final int roomColumns;
    private final int top;
    private final int left;
    private final char[][] cells;

    /**
     * @param top 1 if the wall above is the thick one, 0 if the one below is
     * @param left 1 if the wall on the left is the thick one, 0 if the one on the right is
     */
    Maze(int roomRows, int roomColumns, int top, int left) {
      this.roomRows = roomRows;
      this.roomColumns = roomColumns;
      this.top = top;
      this.left = left;
      cells = new char[2 * roomRows + 2][2 * roomColumns + 2];
      for (char[] row : cells) {
        Arrays.fill(row, MazeScene.WALL);
      }
      for (int room = 0; room < roomRows * roomColumns; room++) {
        cells[row(room)][column(room)] = MazeScene.OPEN;
      }
    }

    private int row(int room) {
      return top + 1 + 2 * (room / roomColumns);
    }

    private int column(int room) {
      return left + 1 + 2 * (room % roomColumns);
    }

    /** The room beside a room, or -1. */
    private int beside(int room, int way) {
      int row = room / roomColumns + WAYS[way][0];
      int column = room % roomColumns + WAYS[way][1];
      return row < 0 || column < 0 || row >= roomRows || column >= roomColumns
          ? -1
          : row * roomColumns + column;
    }

    private void join(int room, int way) {
      cells[row(room) + WAYS[way][0]][column(room) + WAYS[way][1]] = MazeScene.OPEN;
    }

    /** Wilson's algorithm (STOC 1996): loop-erased walks give every tree the same chance. */
    void uniform(SplittableRandom random) {
      int rooms = roomRows * roomColumns;
      boolean[] joined = new boolean[rooms];
      int[] last = new int[rooms];
      joined[random.nextInt(rooms)] = true;
      for (int first = 0; first < rooms; first++) {
        for (int room = first; !joined[room]; ) {
          int way = random.nextInt(4);
          int next = beside(room, way);
          if (next >= 0) {
            last[room] = way;
            room = next;
          }
        }
        for (int room = first; !joined[room]; room = beside(room, last[room])) {
          joined[room] = true;
          join(room, last[room]);
        }
      }
    }

    /** A randomised depth-first walk: few and long branches, many turns. */
    void winding(SplittableRandom random) {
      int rooms = roomRows * roomColumns;
      boolean[] joined = new boolean[rooms];
      int[] stack = new int[rooms];
      int depth = 1;
      stack[0] = random.nextInt(rooms);
      joined[stack[0]] = true;
      while (depth > 0) {
        int room = stack[depth - 1];
        int way = -1;
        int free = 0;
        for (int candidate = 0; candidate < 4; candidate++) {
          int next = beside(room, candidate);
          if (next >= 0 && !joined[next] && random.nextInt(++free) == 0) {
            way = candidate;
          }
        }
        if (way < 0) {
          depth--;
          continue;
        }
        join(room, way);
        stack[depth] = beside(room, way);
        joined[stack[depth++]] = true;
      }
    }

    /** Takes out a wall between two rooms, if a few tries find one. */
    void open(SplittableRandom random) {
      for (int i = 0; i < 20; i++) {
        int room = random.nextInt(roomRows * roomColumns);
        int way = random.nextInt(4);
        if (beside(room, way) >= 0
            && cells[row(room) + WAYS[way][0]][column(room) + WAYS[way][1]] == MazeScene.WALL) {
          join(room, way);
          return;
        }
      }
    }

    /** The maze with entry and exit at two random places of the border. */
    MazeScene scene(SplittableRandom random) {
      char[][] copy = Arrays.stream(cells).map(char[]::clone).toArray(char[][]::new);
      List<int[]> ends = new ArrayList<>();
      while (ends.size() < 2) {
        int[] end = end(random);
        if (ends.isEmpty() || !Arrays.equals(ends.getFirst(), end)) {
          ends.add(end);
        }
      }
      for (int i = 0; i < 2; i++) {
        int way = ends.get(i)[0];
        int row = row(ends.get(i)[1]) + WAYS[way][0];
        int column = column(ends.get(i)[1]) + WAYS[way][1];
        while (row + WAYS[way][0] >= 0
            && column + WAYS[way][1] >= 0
            && row + WAYS[way][0] < copy.length
            && column + WAYS[way][1] < copy[0].length) {
          copy[row][column] = MazeScene.OPEN;
          row += WAYS[way][0];
          column += WAYS[way][1];
        }
        copy[row][column] = i == 0 ? MazeScene.ENTRY : MazeScene.EXIT;
      }
      StringBuilder text = new StringBuilder();
      for (char[] row : copy) {
        text.append(row);
      }
      return new MazeScene(copy.length, copy[0].length, text.toString());
    }

    /** A side and a room at that side. */
    private int[] end(SplittableRandom random) {
      int way = random.nextInt(4);
      int across = random.nextInt(way % 2 == 0 ? roomColumns : roomRows);
      int room =
          switch (way) {
            case 0 -> across;
            case 1 -> across * roomColumns + roomColumns - 1;
            case 2 -> (roomRows - 1) * roomColumns + across;
            default -> across * roomColumns;
          };
      return new int[] {way, room};
    }
  }
}
