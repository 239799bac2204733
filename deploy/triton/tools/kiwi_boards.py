"""Boards of rotting kiwis for recipe.py and tests: a short independent version of what the Java side generates."""

from __future__ import annotations

import io
import itertools

import numpy as np
from PIL import Image, ImageDraw

Board = tuple[str, ...]
QUESTION = (
    "Every minute a fresh kiwi next to a rotten kiwi (up, down, left, right) turns rotten. "
    "How many minutes until no kiwi is fresh?"
)
ASK = " Describe the board in <description></description> as rows of - F R, then answer in <answer></answer>."
NAMES = {"-": "empty", "F": "fresh", "R": "rotten"}
CELL = 28


def minutes(board: Board) -> int | None:
    """Return the minutes until no kiwi is fresh; None when some never rots."""
    rows, columns = len(board), len(board[0])
    time = {(r, c): 0 for r in range(rows) for c in range(columns) if board[r][c] == "R"}
    edge = list(time)
    while edge:
        following = []
        for r, c in edge:
            for place in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                inside = 0 <= place[0] < rows and 0 <= place[1] < columns
                if inside and place not in time and board[place[0]][place[1]] == "F":
                    time[place] = time[(r, c)] + 1
                    following.append(place)
        edge = following
    fresh = sum(row.count("F") for row in board)
    rotten = sum(row.count("R") for row in board)
    return max(time.values()) if rotten and fresh and len(time) == fresh + rotten else None


def forms(board: Board) -> list[Board]:
    """Return the board under the rotations and reflections that keep its shape."""
    grid = np.array([list(row) for row in board])
    turned = [np.rot90(grid, k) for k in range(4)]
    every = turned + [np.fliplr(grid) for grid in turned]
    return sorted({tuple("".join(row) for row in g) for g in every if g.shape == grid.shape})


def boards(rows: int, columns: int) -> dict[Board, list[Board]]:
    """Return all legal boards, grouped by their first form."""
    groups: dict[Board, list[Board]] = {}
    for cells in itertools.product("-FR", repeat=rows * columns):
        board = tuple("".join(cells[r * columns : (r + 1) * columns]) for r in range(rows))
        if minutes(board) is not None:
            groups.setdefault(forms(board)[0], []).append(board)
    return groups


def png(board: Board) -> bytes:
    """Draw a board, one merged patch of the model a cell, in the colours of the Java painter."""
    picture = Image.new("RGB", (len(board[0]) * CELL, len(board) * CELL), "#ffffff")
    draw = ImageDraw.Draw(picture)
    for r, row in enumerate(board):
        for c, cell in enumerate(row):
            x, y = c * CELL, r * CELL
            draw.rectangle((x, y, x + CELL - 1, y + CELL - 1), outline="#c8c8c8")
            if cell == "F":
                draw.ellipse((x + 2, y + 2, x + 25, y + 25), fill="#8fce3c", outline="#8a5a2b", width=2)
                draw.ellipse((x + 11, y + 11, x + 16, y + 16), fill="#f1f5c8")
            elif cell == "R":
                draw.ellipse((x + 2, y + 2, x + 25, y + 25), fill="#4a3626", outline="#1e1410", width=2)
                draw.line((x + 7, y + 7, x + 20, y + 20), fill="#e01b24", width=6)
                draw.line((x + 20, y + 7, x + 7, y + 20), fill="#e01b24", width=6)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def facts(truth: Board, described: str | None) -> float:
    """Return the mean of per-class recall over the classes present; 0 for a description of another shape."""
    rows = tuple(described.split("/")) if described else ()
    if [len(row) for row in rows] != [len(row) for row in truth] or set("".join(rows)) - set("-FR"):
        return 0.0
    pairs = list(zip("".join(truth), "".join(rows), strict=True))
    recalls = []
    for kind in sorted({true for true, _ in pairs}):
        seen = [said == kind for true, said in pairs if true == kind]
        recalls.append(sum(seen) / len(seen))
    return sum(recalls) / len(recalls)
