import random
from pathlib import Path

import pytest

from sightline_policy.tokenizer import NEVER_SAMPLED, PolicyTokenizer

from make_tokenizer import ASSETS, build


@pytest.fixture(scope="module")
def tokenizer():
    return PolicyTokenizer()


def test_any_text_comes_back_exactly(tokenizer):
    rng = random.Random(1)
    texts = [
        "",
        " ",
        "\n\n  \t",
        "äöü €",
        "😀 kiwi\u200d",
        "<|im_end|> <image> <answer>",
        "\x00\x7f\ufffd",
        "cafe\u0301",
    ]
    for _ in range(300):
        points = [
            rng.choice([rng.randrange(128), rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)]) for _ in range(20)
        ]
        texts.append("".join(map(chr, points)))
    for text in texts:
        assert tokenizer.decode(tokenizer.encode(text)) == text


def test_text_never_becomes_a_special_token(tokenizer):
    special = {tokenizer.special(name) for name in NEVER_SAMPLED} | {tokenizer.end_of_turn}
    assert not special & set(tokenizer.encode("<|im_end|><|image_pad|><|im_start|><|endoftext|>"))


def test_boards_digits_and_punctuation_are_one_token_a_character(tokenizer):
    for text in ("--F/-FF/RF-", "FFF/RRR", "0123456789", "12:45", ".,?!:;()"):
        assert len(tokenizer.encode(text)) == len(text)


def test_tags_and_known_words_are_one_token(tokenizer):
    for text in ("<description>", "</answer>", " kiwi", "fresh", " rotten", " the"):
        assert len(tokenizer.encode(text)) == 1
    assert len(tokenizer.encode("<description>--F/-FF/RF-</description><answer>3</answer>")) == 16


def test_the_committed_file_is_what_the_corpus_gives(tmp_path):
    build((ASSETS / "corpus.txt").read_text(encoding="utf-8")).save(str(tmp_path / "t.json"), pretty=True)
    assert Path(tmp_path / "t.json").read_bytes() == (ASSETS / "tokenizer.json").read_bytes()
