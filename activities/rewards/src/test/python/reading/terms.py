"""What a completion is worth: every term that follows from the text, the right answer and the scene."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from answers import equal, graded, lenient, strict
from scenes import Reading, family
from text import WHITE, description, distinct_and_doubled, elements, every, first, openings, shape

NAMES = ("description", "image description", "think", "rethink", "visual", "answer")


@dataclass(frozen=True)
class Design:
    """The tags that the prompt asks for, in order, and the weights of the terms by name."""

    tags: tuple[str, ...]
    weights: dict[str, float]


# The paper's six (paper.md 5.3), written down a second time.
_STAGES = ("image description", "think", "rethink", "answer")
_STAGED = {"tag_sentences(image_description)": 0.06, "tag_sentences(think)": 0.06, "tag_sentences(rethink)": 0.08}
PAPER = {
    "vanilla": Design(("think", "answer"), {"tag_sentences(think)": 0.1, "accuracy": 0.9}),
    "only_accuracy": Design(("answer",), {"accuracy": 1.0}),
    "mixture": Design(_STAGES, {**_STAGED, "accuracy": 0.8}),
    "continuous": Design(_STAGES, {**_STAGED, "graded_answer": 0.8}),
    "visual_fusion": Design(
        ("think", "visual", "answer"),
        {"tag_sentences(think)": 0.1, "tag_sentences(visual)": 0.1, "accuracy": 0.8},
    ),
    "no_accuracy": Design(
        _STAGES,
        {
            "tag_sentences(image_description)": 0.3,
            "tag_sentences(think)": 0.3,
            "tag_sentences(rethink)": 0.3,
            "answer_tag": 0.1,
        },
    ),
}


class Completion:
    """One line of the input, read."""

    def __init__(self, line: dict) -> None:
        self.line = line
        self.text: str = line["completion"]
        self.kind: str = line["answerType"]
        self.right: str = str(line["answer"])
        self.strict = strict(self.text)
        self.lenient = lenient(self.kind, self.text)
        self.answer = self.lenient if line.get("reader") == "lenient" else self.strict

    @property
    def accurate(self) -> bool:
        return self.is_right(self.answer)

    def is_right(self, said: str | None) -> bool:
        return said is not None and equal(self.kind, said, self.right)

    # What is in the picture.

    @cached_property
    def family(self) -> object:
        return family(self.line["family"], self.line["scene"])

    @cached_property
    def truth(self) -> object:
        return self.family.scene(self.line["scene"])

    @cached_property
    def reading(self) -> Reading:
        said = description(self.text)
        return Reading("missing") if said is None else self.family.read(said)

    @property
    def same_scene(self) -> bool:
        return self.reading.scene is not None and self.family.same(self.truth, self.reading.scene)

    @cached_property
    def facts(self) -> Fraction:
        return self.family.facts(self.truth, self.reading)

    def solved(self) -> str | None:
        """The solver's answer for the described scene."""
        question = self.line["question"]
        return (
            None
            if self.reading.scene is None
            else self.family.answer(self.reading.scene, question["kind"], question.get("params", {}))
        )

    @property
    def consistent(self) -> bool | None:
        solved = self.solved()
        return None if self.answer is None or solved is None else equal(self.kind, self.answer, solved)

    # Terms of the text.

    def sentences(self, tag: str) -> tuple[int, int]:
        """U and D of a tag."""
        thought = first(self.text, "think")
        if tag == "visual":
            return distinct_and_doubled("\n".join(every(thought or "", "visual")))
        if tag == "think":
            return distinct_and_doubled(
                None if thought is None else re.sub("</?visual>", "", thought, flags=re.I | re.A)
            )
        return distinct_and_doubled(first(self.text, tag))

    def formatted(self, tags: tuple[str, ...]) -> bool:
        outer = tuple(tag for tag in tags if tag != "visual")
        if "visual" not in tags:
            return shape(self.text, NAMES) == " ".join(tags)
        bare = NAMES[:4] + NAMES[5:]
        spans = elements(self.text, "think")
        if shape(self.text, bare) != " ".join(outer) or not spans:
            return False
        found = [(tag.group(1), tag.start(), tag.end()) for tag in re.finditer("<(/?)visual>", self.text, re.I | re.A)]
        inside = all(spans[0].start < start and end < spans[0].end for _, start, end in found)
        pairs = list(zip(found[::2], found[1::2], strict=False))
        whole = all(not left[0] and right[0] and self.text[left[2] : right[1]].strip(WHITE) for left, right in pairs)
        return inside and whole and len(found) > 0 and len(found) % 2 == 0

    def length(self, settings: dict) -> int:
        return self.line["tokens"] if settings.get("unit") == "tokens" else len(self.text)

    def repetition(self, size: int) -> float:
        words = [word for word in re.split(f"[{WHITE}]+", self.text.lower()) if word]
        runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
        return len(set(runs)) / len(runs) - 1 if len(runs) > 1 else 0.0

    def raw(self, name: str, settings: dict, tags: tuple[str, ...]) -> float | None:
        """The raw value of a term by its name in records; None where only bounds are known here."""
        term, _, parameter = name.rstrip(")").partition("(")
        right = float(self.accurate)
        match term:
            case "accuracy":
                return right
            case "graded_answer":
                return float(graded(self.kind, self.answer, self.right))
            case "tag_sentences":
                distinct, doubled = self.sentences(parameter.replace("_", " "))
                return math.tanh(distinct) - math.tanh(doubled)
            case "answer_tag":
                return float(self.strict is not None)
            case "format":
                return float(self.formatted(tags))
            case "repetition":
                return self.repetition(settings["size"])
            case "constant":
                return settings["value"]
            case "length_only":
                return min(1.0, self.length(settings) / settings["limit"])
            case "overlong":
                over = self.length(settings) - (settings["limit"] - settings["buffer"])
                return 0.0 if over <= 0 else max(-1.0, -over / settings["buffer"])
            case "cosine_length":
                short, long = (settings[("right" if right else "wrong") + end] for end in ("Short", "Long"))
                share = min(1.0, self.length(settings) / settings["limit"])
                return long + (short - long) * (1 + math.cos(math.pi * share)) / 2
            case "perception_facts":
                return float(self.facts)
            case "perception_gated":
                return right * (float(self.same_scene) if settings["hard"] else float(self.facts) ** settings["gamma"])
            case "consistency":
                return float(bool(self.consistent)) * (1.0 if settings["allowUngrounded"] else float(self.facts))
            case "answer_solved":
                return float(self.is_right(self.solved()))
            case "perception_solved":
                return self.perception_solved()
            case "self_sufficient":
                return float(self.reading.scene is not None and self.is_right(self.line.get("selfAnswer")))
            case "caption_reader":
                return float(self.is_right(self.line.get("captionAnswer")))
            case "judge_recall":
                return self.line.get("judgeRecall")
            case _:
                return None

    def perception_solved(self) -> float | None:
        """Known without the draw of questions: for no scene, for the true one, and for two families in full."""
        if self.reading.scene is None:
            return 0.0
        if self.reading.scene == self.truth:
            return 1.0
        if self.line["family"] == "clock":  # every question adds a known time to the one that is shown
            return float(self.family.minutes(self.truth) == self.family.minutes(self.reading.scene))
        if self.line["family"] == "rotting_kiwi":  # there is one question only
            right = self.family.answer(self.truth, "minutes", {})
            return float(self.solved() == right)
        return None

    def counts(self) -> dict[str, int]:
        return {name.replace(" ", "_"): many for name in NAMES if (many := openings(self.text, name))}

    def marks(self) -> list[tuple[str, int, int]]:
        """Every tag in order with its place in UTF-16 units."""
        either = "|".join(name.replace(" ", "[ _]") for name in NAMES)
        found = []
        before, units = 0, 0
        for tag in re.finditer(f"<(/?)({either})>", self.text, re.I | re.A):
            units += utf16(self.text[before : tag.start()])
            before = tag.start()
            label = tag.group(1) + tag.group(2).lower().replace(" ", "_")
            found.append((label, units, units + len(tag.group())))
        return found


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
