"""Items from the columns and ground truths of trainers."""

import json
from collections.abc import Mapping
from typing import Any

# Names of data set columns (those of `sightline dataset export` too) and what they are called in an item.
COLUMNS = {
    "answer": "answer",
    "answer_type": "answerType",
    "answerType": "answerType",
    "family": "family",
    "asked": "question",
    "scene": "scene",
    "mode": "mode",
    "reader": "reader",
    "truncated": "truncated",
    "selfAnswer": "selfAnswer",
    "captionAnswer": "captionAnswer",
    "judgeRecall": "judgeRecall",
}


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """An item from a row: known columns, JSON texts read, and no empty values (tables fill up with None).

    `question` counts only as an object of kind and params; as a text it is what the model was asked in words.
    """
    item = {name: _read(row[column]) for column, name in COLUMNS.items() if row.get(column) is not None}
    question = _read(row.get("question"))
    if isinstance(question, Mapping):
        item["question"] = question
    if "answer" in item:
        item["answer"] = str(row["answer"])
    return item


def text_of(completion: Any) -> str:
    """A completion as text: plain, or the messages of a conversation, whose content may be a list of parts."""
    if isinstance(completion, str):
        return completion
    if isinstance(completion, Mapping):
        content = completion.get("content", completion.get("text"))
        return "" if content is None else text_of(content)
    if isinstance(completion, list | tuple):
        return "".join(text_of(part) for part in completion)
    raise TypeError(f"a completion is a text or a list of messages, not {type(completion).__name__}")


def ground_truth_item(ground_truth: Any, extra: Any = None) -> dict[str, Any]:
    """An item from a ground truth: an object (or its JSON) with the item's fields, or the right answer alone.

    What `extra` says beside it counts too. Without an answerType a whole number is an integer, all else a text.
    """
    truth = _read(ground_truth)
    row = dict(extra) if isinstance(extra, Mapping) else {}
    row.update(truth if isinstance(truth, Mapping) else {"answer": ground_truth})
    item = item_of(row)
    if "answer" in item and "answerType" not in item:
        digits = item["answer"].strip().lstrip("+-")
        item["answerType"] = "integer" if digits.isascii() and digits.isdigit() else "text"
    return item


def _read(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    return _dense(value)


def _dense(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _dense(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_dense(inner) for inner in value]
    return value
