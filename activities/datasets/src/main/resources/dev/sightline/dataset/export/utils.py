"""Prompts and exact scoring for a data set that Sightline exported; read by lmms-eval from the YAML files beside it."""

import re
from typing import Any

_ANSWER = re.compile(r"<answer>(.*?)</answer>", re.DOTALL | re.IGNORECASE)
_BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_INTEGER = re.compile(r"[+-]?\d+")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_LETTER = re.compile(r"\(?([A-Z])\)?[.:]?")

_FORMS = {
    "INTEGER": "Give one whole number.",
    "TIME": "Give a time as H:MM.",
    "WORD": "Give one of the words that the question names.",
}


def doc_to_visual(doc: dict) -> list:
    image = doc.get("image")
    return [] if image is None else [image.convert("RGB")]


def doc_to_text(doc: dict, lmms_eval_specific_kwargs: dict | None = None) -> str:
    given = lmms_eval_specific_kwargs or {}
    ask = f"{_FORMS[doc['answer_type']]} Put your final answer between <answer> and </answer>."
    return f"{given.get('pre_prompt', '')}{doc['question']}\n{ask}{given.get('post_prompt', '')}"


def doc_to_text_options(doc: dict, lmms_eval_specific_kwargs: dict | None = None) -> str:
    given = lmms_eval_specific_kwargs or {}
    options = "\n".join(f"{chr(65 + i)}. {option}" for i, option in enumerate(doc["options"]))
    ask = "Put the letter of the right option between <answer> and </answer>."
    return f"{given.get('pre_prompt', '')}{doc['question']}\n{options}\n{ask}{given.get('post_prompt', '')}"


def final_answer(reply: str) -> str:
    """The last answer tag, else the last boxed, else the last bold text, else the last line."""
    for pattern in (_ANSWER, _BOXED, _BOLD):
        found = pattern.findall(reply)
        if found:
            return found[-1].strip()
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    return lines[-1].removeprefix("Answer:").strip() if lines else ""


def same_answer(said: str, gold: str, answer_type: str) -> bool:
    """Exact equality by answer type; a list or a range is never right."""
    said = said.strip().rstrip(".").strip()
    if answer_type == "INTEGER":
        return bool(_INTEGER.fullmatch(said)) and int(said) == int(gold)
    if answer_type == "TIME":
        read, want = _TIME.fullmatch(said), _TIME.fullmatch(gold)
        return bool(read and want) and int(read[2]) < 60 and int(read[1]) <= 12 and _minute(read) == _minute(want)
    return " ".join(said.casefold().split()) == " ".join(gold.casefold().split())


def _minute(match: re.Match) -> int:
    return int(match[1]) % 12 * 60 + int(match[2])


def process_results(doc: dict, results: list) -> dict:
    right = same_answer(final_answer(results[0]), doc["answer"], doc["answer_type"])
    return {"exact_answer": float(right)}


def process_results_options(doc: dict, results: list) -> dict:
    said = final_answer(results[0])
    letter = _LETTER.fullmatch(said)
    same = same_answer(said, doc["answer"], doc["answer_type"])
    right = letter[1] == doc["right_option"] if letter else same
    return {"exact_answer": float(right)}


def with_options(dataset: Any) -> Any:
    return dataset.filter(lambda doc: len(doc["options"] or []) > 0)
