"""Tags, elements and sentences of a completion, by regular expressions.

Written from the definitions alone, as a second opinion on what the Java code reads. Nothing here is fast.
"""

import re
from dataclasses import dataclass

# White space is what separates words: the ASCII controls TAB to CR and FS to US, and every Unicode separator except
# the ones that forbid a break (U+00A0, U+2007, U+202F). NEL (U+0085) is none.
WHITE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a"
    "\u2028\u2029\u205f\u3000"
)
_WHITE_RUN = re.compile(f"[{WHITE}]+")


def strip(text: str) -> str:
    return text.strip(WHITE)


def blank(text: str) -> bool:
    return not strip(text)


def collapse(text: str) -> str:
    return strip(_WHITE_RUN.sub(" ", text))


def _tag(name: str) -> str:
    # Letters of a tag match without ASCII case; re.ASCII keeps odd letters (the Kelvin sign) from matching.
    return "[ _]".join(re.escape(word) for word in name.split(" "))


def first(text: str, name: str) -> str | None:
    """The content from the first opening tag to the next closing one."""
    found = re.search(f"<{_tag(name)}>(.*?)</{_tag(name)}>", text, re.S | re.I | re.A)
    return found.group(1) if found else None


def every(text: str, name: str) -> list[str]:
    return re.findall(f"<{_tag(name)}>(.*?)</{_tag(name)}>", text, re.S | re.I | re.A)


def openings(text: str, name: str) -> int:
    return len(re.findall(f"<{_tag(name)}>", text, re.I | re.A))


def sentences(text: str) -> list[str]:
    """Lower case, cut at runs of . ! ? and line ends, white space collapsed, empties dropped."""
    pieces = re.split("[.!?\n]+", text.lower())
    return [piece for piece in map(collapse, pieces) if piece]


def distinct_and_doubled(text: str | None) -> tuple[int, int]:
    found = sentences(text or "")
    return len(set(found)), len(found) - len(set(found))


@dataclass(frozen=True)
class Element:
    start: int
    end: int
    content: str


def elements(text: str, name: str, *, to_the_end: bool = False) -> list[Element]:
    """All elements from left to right; with to_the_end one that never closes is an element too."""
    out = []
    at = 0
    pattern = re.compile(f"<{_tag(name)}>(.*?)</{_tag(name)}>", re.S | re.I | re.A)
    while found := pattern.search(text, at):
        out.append(Element(found.start(), found.end(), found.group(1)))
        at = found.end()
    if to_the_end and (left := re.compile(f"<{_tag(name)}>", re.I | re.A).search(text, at)):
        out.append(Element(left.start(), len(text), text[left.end() :]))
    return out


def description(text: str) -> str | None:
    """The first description outside all thought, if it ends before any answer begins."""
    thoughts = elements(text, "think", to_the_end=True)
    outside = [
        one
        for one in elements(text, "description")
        if all(one.end <= thought.start or thought.end <= one.start for thought in thoughts)
    ]
    answer = re.search("<answer>", text, re.I | re.A)
    if not outside or (answer and outside[0].end > answer.start()):
        return None
    return outside[0].content


def shape(text: str, names: tuple[str, ...]) -> str | None:
    """The names of the elements that the text is made of, if it is nothing but whole ones and white space."""
    either = "|".join(_tag(name) for name in names)
    tags = list(re.finditer(f"<(/?)({either})>", text, re.I | re.A))
    found = []
    at = 0
    for left, right in zip(tags[::2], tags[1::2], strict=False):
        name = left.group(2).lower().replace("_", " ")
        closes = right.group(2).lower().replace("_", " ")
        if left.group(1) or not right.group(1) or name != closes:
            return None
        if not blank(text[at : left.start()]) or blank(text[left.end() : right.start()]):
            return None
        found.append(name)
        at = right.end()
    return " ".join(found) if found and len(tags) % 2 == 0 and blank(text[at:]) else None
