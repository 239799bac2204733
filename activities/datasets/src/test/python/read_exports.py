"""Reads exports by the software that they are for, and prints one line for each about what was found."""

import base64
import io
import sys
from pathlib import Path

from PIL import Image

QUESTION = 'Line one\nWhat "time"\tis it, née 時 2?'


def kind(image: Image.Image) -> str:
    return f"{type(image).__name__} {image.width}x{image.height}"


def question(text: str) -> str:
    return "question=" + ("ok" if text == QUESTION else repr(text))


def parquet(folder: str) -> str:
    from datasets import load_dataset

    data = load_dataset(folder)
    rows = data["train"]
    sizes = " ".join(f"{name} {len(split)}" for name, split in sorted(data.items()))
    words = [sizes]
    assert all(isinstance(value, str) for name, value in rows[0].items() if name not in ("image", "options"))
    if "image" in rows.features:
        image = rows[3]["image"]
        blue = sum(image.convert("RGB").getpixel((x, 0)) == (0x20, 0x40, 0xFF) for x in range(image.width))
        words += [f"image={kind(image)}", f"blue={blue}"]
    assert rows[2]["question"] == QUESTION
    words += [f"options={rows[2]['options']} {rows[1]['options']}", f"id={rows[2]['id']}"]
    return " ".join(words)


def groups(folder: str) -> str:
    import pyarrow.parquet as pq

    files = sorted(Path(folder, "data").glob("train-*.parquet"))
    tables = [pq.ParquetFile(file) for file in files]
    ids = [row for table in tables for row in table.read()["id"].to_pylist()]
    assert len(set(ids)) == len(ids) and ids[24].endswith("train-24")
    return f"{len(ids)} rows in {len(files)} files, {sum(table.num_row_groups for table in tables)} groups"


def jsonl(folder: str) -> str:
    from datasets import load_dataset

    data = load_dataset("imagefolder", data_dir=folder)
    row = next(row for row in data["train"] if row["id"] == "clock.1/train-2")
    sizes = " ".join(f"{name} {len(split)}" for name, split in sorted(data.items()))
    return f"{sizes} image={kind(row['image'])} id={row['id']} {question(row['question'])}"


def vlmeval(file: str) -> str:
    import pandas

    rows = pandas.read_csv(file, sep="\t")
    picture = Image.open(io.BytesIO(base64.b64decode(rows["image"][0])))
    letters = " ".join(name for name in rows.columns if len(name) == 1)
    assert list(rows["index"]) == sorted(set(rows["index"]))
    assert {"category", "l2-category", "split"} <= set(rows.columns)
    text = next(q for q in rows["question"] if q.endswith(" 2?"))
    answer = rows["answer"][0]
    return (
        f"{len(rows)} rows, columns {letters}, {picture.format.lower()} {picture.width}x{picture.height}, "
        f"answers {answer}, {question(text)}"
    )


def shards(folder: str) -> str:
    import webdataset

    files = [str(file) for file in sorted(Path(folder).glob("train-*.tar"))]
    samples = list(webdataset.WebDataset(files, shardshuffle=False).decode("pil"))
    sample = next(s for s in samples if s["json"]["id"] == "clock.1/train-2")
    size = sample["png"].size
    return (
        f"{len(samples)} samples, png {size[0]}x{size[1]}, id={sample['json']['id']} key={sample['__key__']} "
        f"{question(sample['json']['question'])}"
    )


def lmms_eval(folder: str, name: str) -> str:
    from lmms_eval.tasks import TaskManager, get_task_dict

    manager = TaskManager(include_path=folder, include_defaults=False)
    words = []
    names = [f"{name}_test", f"{name}_test_options"]
    tasks = get_task_dict(names, manager)
    for task in names:
        docs = list(tasks[task].test_docs())
        doc = docs[0]
        target = tasks[task].doc_to_target(doc)
        right = tasks[task].process_results(doc, [f"I count.\n<answer> {target} </answer>"])
        wrong = tasks[task].process_results(doc, ["<answer>9:99</answer> or C"])
        assert QUESTION[:8] in tasks[task].doc_to_text(doc)
        words.append(f"{task} {len(docs)} docs {right['exact_answer']} {wrong['exact_answer']}")
    visual = tasks[names[0]].doc_to_visual(docs[0])[0]
    return "; ".join([*words, f"visual {visual.width}x{visual.height} {visual.mode}"])


if __name__ == "__main__":
    readers = {
        "parquet": parquet,
        "groups": groups,
        "jsonl": jsonl,
        "vlmeval": vlmeval,
        "webdataset": shards,
        "lmms-eval": lmms_eval,
    }
    # One process for all, as the imports take longest: READER ARGUMENT... , READER ARGUMENT...
    calls = " ".join(sys.argv[1:]).split(" , ")
    for call in calls:
        reader, *arguments = call.split(" ")
        print(readers[reader](*arguments))
