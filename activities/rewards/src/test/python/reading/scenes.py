"""Three families small enough to write twice: what a description says, whether it is right, what follows from it."""

import re
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, permutations
from typing import ClassVar

from text import blank, strip

LONGEST = 20_000


@dataclass
class Reading:
    """D, the described scene where there is one, and what each place is said to be."""

    status: str
    scene: object = None
    said: dict = field(default_factory=dict)
    count: int = 0


def score(truth: dict, classes: dict, reading: Reading, *, near: int = 0) -> Fraction:
    """Mean over classes of the share of places named rightly; too many assertions score nothing."""
    if reading.status in ("missing", "unparsable") or reading.count > 2 * len(truth):
        return Fraction(0)
    shares = []
    for name in sorted(set(classes.values())):
        places = [place for place, of in classes.items() if of == name]
        right = 0
        for place in places:
            values = reading.said.get(place, set())
            if len(values) == 1:
                right += fits(truth[place], next(iter(values)), near if place == "minute" else 0)
        shares.append(Fraction(right, len(places)))
    return sum(shares, Fraction(0)) / len(shares)


def fits(truth: object, said: object, near: int) -> bool:
    return truth == said or (near > 0 and abs(truth - said) <= near)


class Clock:
    """hour: H; minute: M"""

    ranges: ClassVar = {"hour": (1, 12), "minute": (0, 59)}

    def scene(self, fields: dict) -> tuple[int, int]:
        return int(fields["hour"]), int(fields["minute"])

    def read(self, text: str) -> Reading:
        if blank(text):
            return Reading("missing")
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
            return Reading("unparsable")
        sections: list[tuple[str, list[str]]] = []
        for piece in text.split(";"):
            current = None
            for line in re.split("[\n\r]", piece):
                if blank(line):
                    continue
                name, colon, rest = line.partition(":")
                if colon and strip(name).lower() in self.ranges:
                    current = (strip(name).lower(), [rest])
                    sections.append(current)
                elif current is None:
                    return Reading("unparsable")
                else:
                    current[1].append(line)
        tables: dict[str, list] = {}
        count = 0
        for name, lines in sections:
            rows = self.rows(name, lines)
            if rows is None:
                return Reading("unparsable")
            tables.setdefault(name, []).append(rows)
            count += sum(map(len, rows))
        said = {name: {table[0][0] for table in found if table} for name, found in tables.items()}
        reading = Reading("partial", None, said, count)
        if any(len(found) > 1 for found in tables.values()):
            differ = any(len(set(found)) > 1 for found in tables.values())
            return Reading("contradictory", None, said, count) if differ else Reading("unparsable")
        if set(tables) != set(self.ranges):
            return reading
        if all(len(found[0]) == 1 and len(found[0][0]) == 1 for found in tables.values()):
            reading.status = "complete"
            reading.scene = (tables["hour"][0][0][0], tables["minute"][0][0][0])
        return reading

    def rows(self, name: str, lines: list[str]) -> tuple | None:
        """Rows of integers, or none where a word is no integer of the section."""
        least, most = self.ranges[name]
        rows = []
        for line in re.split("[/\n\r]", "\n".join(lines)):
            row = []
            for word in re.split("[ \t]+", strip(line)):
                if not word:
                    continue
                if len(word) > 9 or not re.fullmatch("[+-]?[0-9]+", word) or not least <= int(word) <= most:
                    return None
                row.append(int(word))
            if row:
                rows.append(tuple(row))
        return tuple(rows)

    def facts(self, truth: tuple[int, int], reading: Reading) -> Fraction:
        right = {"hour": truth[0], "minute": truth[1]}
        return score(right, {"hour": "hour", "minute": "minute"}, reading, near=1)

    def same(self, truth: tuple[int, int], described: tuple[int, int]) -> bool:
        apart = (self.minutes(truth) - self.minutes(described)) % 720
        return min(apart, 720 - apart) <= 1

    @staticmethod
    def minutes(scene: tuple[int, int]) -> int:
        return scene[0] % 12 * 60 + scene[1]

    def answer(self, scene: tuple[int, int], kind: str, params: dict) -> str | None:
        at = self.minutes(scene)

        def span(prefix: str) -> int:
            return int(params[prefix + "hours"]) * 60 + int(params[prefix + "minutes"])

        if kind == "in":
            at += span("")
        elif kind == "ago":
            at -= span("")
        elif kind == "journey":
            at += span("") - span("since-")
        at %= 720
        return f"{at // 60 or 12}:{at % 60:02d}"


class Kiwi:
    """--F/-FF/RF-, of the size that the true board has."""

    def __init__(self, rows: int = 3, columns: int = 3) -> None:
        self.rows = rows
        self.columns = columns

    def scene(self, fields: dict) -> tuple[str, ...]:
        return tuple(fields["board"].split("/"))

    def read(self, text: str) -> Reading:
        if not re.fullmatch("[-FRfr /\t\n\r]*", text):
            return Reading("unparsable")
        lines = [line for line in re.split("[/\n\r]", re.sub("[ \t]", "", text).upper()) if line]
        if not lines:
            return Reading("missing")
        whole = all(len(line) == self.columns for line in lines)
        if whole and len(lines) == self.rows:
            return Reading("complete", tuple(lines), self.places(lines), sum(map(len, lines)))
        if len(lines) <= self.rows and all(len(line) <= self.columns for line in lines):
            return Reading("partial", None, self.places(lines), sum(map(len, lines)))
        if whole and len(lines) % self.rows == 0:
            boards = [tuple(lines[at : at + self.rows]) for at in range(0, len(lines), self.rows)]
            if len(set(boards)) == 1:
                return Reading("unparsable")
            said: dict = {}
            for board in boards:
                for place, values in self.places(board).items():
                    said[place] = said.get(place, set()) | values
            return Reading("contradictory", None, said, sum(map(len, lines)))
        return Reading("unparsable")

    @staticmethod
    def places(lines: list[str] | tuple[str, ...]) -> dict:
        return {(row, column): {cell} for row, line in enumerate(lines) for column, cell in enumerate(line)}

    def facts(self, truth: tuple[str, ...], reading: Reading) -> Fraction:
        cells = {place: next(iter(values)) for place, values in self.places(truth).items()}
        return score(cells, cells, reading)

    def same(self, truth: tuple[str, ...], described: tuple[str, ...]) -> bool:
        return truth == described

    def answer(self, scene: tuple[str, ...], kind: str, params: dict) -> str | None:
        cells = {place: next(iter(values)) for place, values in self.places(scene).items()}
        minute = {place: 0 for place, cell in cells.items() if cell == "R"}
        queue = deque(minute)
        while queue:
            row, column = queue.popleft()
            for step in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if cells.get(step) == "F" and step not in minute:
                    minute[step] = minute[row, column] + 1
                    queue.append(step)
        fresh = [place for place, cell in cells.items() if cell == "F"]
        if any(place not in minute for place in fresh):
            return None
        return str(max((minute[place] for place in fresh), default=0))


class Queens:
    """Rows of . and Q, as many as columns."""

    def scene(self, fields: dict) -> tuple[str, ...]:
        return tuple(fields["board"].split("/"))

    def read(self, text: str) -> Reading:
        if blank(text):
            return Reading("missing")
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
            return Reading("unparsable")
        tables = []
        count = 0
        for piece in text.split(";"):
            if blank(piece):
                continue
            name, colon, rest = piece.partition(":")
            if colon and strip(name).lower() == "board":
                piece = rest
            piece = re.sub("[ \t]", "", piece)
            if not re.fullmatch("[.Qq/\n\r]*", piece):
                return Reading("unparsable")
            table = tuple(line.upper() for line in re.split("[/\n\r]", piece) if line)
            tables.append(table)
            count += sum(map(len, table))
        if not tables:
            return Reading("partial")
        said: dict = {}
        for table in tables:
            for place, values in Kiwi.places(table).items():
                said[place] = said.get(place, set()) | values
        if len(tables) > 1:
            return Reading("contradictory", None, said, count) if len(set(tables)) > 1 else Reading("unparsable")
        board = tables[0]
        square = bool(board) and len(board) <= 12 and all(len(line) == len(board) for line in board)
        return Reading("complete" if square else "partial", board if square else None, said, count)

    def facts(self, truth: tuple[str, ...], reading: Reading) -> Fraction:
        cells = {place: next(iter(values)) for place, values in Kiwi.places(truth).items()}
        return score(cells, cells, reading)

    def same(self, truth: tuple[str, ...], described: tuple[str, ...]) -> bool:
        return truth == described

    def answer(self, scene: tuple[str, ...], kind: str, params: dict) -> str | None:
        """By trying every way to put the missing queens into the free columns."""
        queens = [(row, column) for row, line in enumerate(scene) for column, cell in enumerate(line) if cell == "Q"]
        rows = [row for row, line in enumerate(scene) if "Q" not in line]
        columns = [column for column in range(len(scene)) if all(line[column] != "Q" for line in scene)]
        missing = len(scene) - len(queens)
        row = int(params.get("row", 0)) - 1
        asked = {"distance": missing == 2, "walk": missing > 2, "column": missing > 0 and row in rows}
        if not asked.get(kind) or len(rows) != missing or len(columns) != missing or attacks(queens):
            return None
        values = set()
        for order in permutations(columns):
            placed = list(zip(rows, order, strict=True))
            if not attacks(queens + placed):
                if kind == "column":
                    values.add(dict(placed)[row] + 1)
                else:
                    values.add(sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(placed)))
        return str(values.pop()) if len(values) == 1 else None


def attacks(queens: list[tuple[int, int]]) -> bool:
    return any(
        a[0] == b[0] or a[1] == b[1] or abs(a[0] - b[0]) == abs(a[1] - b[1])
        for at, a in enumerate(queens)
        for b in queens[at + 1 :]
    )


def family(name: str, fields: dict) -> Clock | Kiwi | Queens:
    if name == "clock":
        return Clock()
    if name == "n_queens":
        return Queens()
    if name == "rotting_kiwi":
        board = fields["board"].split("/")
        return Kiwi(len(board), len(board[0]))
    raise KeyError(name)
