"""What answers mean: strict and lenient reading, comparison, the graded reward of the paper."""

import re
from fractions import Fraction

from text import collapse, first, openings, strip


def integer(text: str) -> int | None:
    """[+-]?digits, ASCII only, nothing else but white space around."""
    text = strip(text)
    if not re.fullmatch("[+-]?[0-9]+", text):
        return None
    # int() refuses thousands of digits unless asked; completions may hold any number of them.
    sign = -1 if text[0] == "-" else 1
    value = 0
    for start in range(0, len(digits := text.lstrip("+-")), 4000):
        piece = digits[start : start + 4000]
        value = value * 10 ** len(piece) + int(piece)
    return sign * value


def time(text: str) -> tuple[int, int] | None:
    """H:MM or HH:MM, as hour modulo 12 and minute: 12 and 0 are the same hour, 13 is none."""
    found = re.fullmatch("([0-9]{1,2}):([0-9]{2})", strip(text))
    if not found:
        return None
    hour, minute = int(found.group(1)), int(found.group(2))
    return (hour % 12, minute) if hour <= 12 and minute <= 59 else None


def equal(kind: str, said: str, right: str) -> bool:
    if kind == "integer":
        return integer(said) is not None and integer(said) == integer(right)
    if kind == "time":
        return time(said) is not None and time(said) == time(right)
    return collapse(said).lower() == collapse(right).lower()


def strict(text: str) -> str | None:
    """The whole trimmed content of the first closed answer element; none where that is empty."""
    content = first(text, "answer")
    return strip(content) or None if content is not None else None


def last(kind: str, text: str) -> str | None:
    """The last thing of the kind: digits with a minus directly before, digits and colons, letters."""
    pattern = {"integer": "-?[0-9]+", "time": "[0-9:]+", "text": r"[^\W\d_]+"}[kind]
    found = re.findall(pattern, text)
    return found[-1] if found else None


def lenient(kind: str, text: str) -> str | None:
    """From the first answer tag, closed or not; else the last boxed or bold text; else the last line."""
    content = first(text, "answer")
    if content is not None:
        return last(kind, content)
    if openings(text, "answer"):
        return last(kind, re.split("<answer>", text, maxsplit=1, flags=re.I | re.A)[1])
    marked = []
    box = text.rfind("\\boxed{")
    if box >= 0 and (end := text.find("}", box + 7)) >= 0:
        marked.append((end, text[box + 7 : end]))
    stars = [found.start() for found in re.finditer(r"\*(?=\*)", text)]
    if stars and (pair := bold(text)):
        marked.append(pair)
    if marked and (found := last(kind, max(marked)[1])) is not None:
        return found
    lines = re.split("[\n\r]", strip(text))
    return last(kind, lines[-1])


def bold(text: str) -> tuple[int, str] | None:
    """What stands between the last two pairs of stars."""
    end = text.rfind("**")
    start = text.rfind("**", 0, end) if end >= 2 else -1
    return (end, text[start + 2 : end]) if start >= 0 else None


def graded(kind: str, said: str | None, right: str) -> Fraction:
    """The Continuous reward's answer, exactly: by distance on the dials, or by difference."""
    if said is None:
        return Fraction(0)
    if kind == "integer":
        mine, gold = integer(said), integer(right)
        if mine is None or gold is None or abs(mine - gold) > 5:
            return Fraction(0)
        return Fraction(1, 1 + abs(mine - gold))
    if kind == "time":
        mine, gold = time(said), time(right)
        if mine is None or gold is None:
            return Fraction(0)
        hours = dial(mine[0], gold[0], 12)
        minutes = dial(mine[1], gold[1], 60)
        hour = Fraction(0) if hours > 2 else 1 - Fraction(hours, 5)
        minute = Fraction(0) if minutes > 10 else 1 - Fraction(minutes, 20)
        return hour / 2 + minute / 2
    return Fraction(equal(kind, said, right))


def dial(one: int, other: int, around: int) -> int:
    apart = abs(one - other) % around
    return min(apart, around - apart)
