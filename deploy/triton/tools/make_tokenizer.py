#!/usr/bin/env python3
"""Write sightline_policy/assets/tokenizer.json from assets/corpus.txt. Same corpus, same file.

Every byte is a token, so any text has ids. Beyond that only whole words of the corpus are tokens: lower-case or
Capitalised, of three or more letters, or short lower-case ones behind a space. Digits, punctuation, single capitals and
board strings stay one token a character. A change here changes every weight matrix
of tiny-vl, hence every state digest.
"""

from __future__ import annotations

import re
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

ASSETS = Path(__file__).resolve().parent.parent / "sightline_policy" / "assets"
TAGS = [f"<{slash}{name}>" for name in ("description", "answer", "think", "rethink", "visual") for slash in ("", "/")]
SPECIALS = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
    "<|image_pad|>", "<|video_pad|>",
]  # fmt: skip
SPACE = "Ġ"  # how byte-level tokenizers write a leading space


def words(corpus: str) -> list[str]:
    plain = re.sub(r"<[^>]*>", " ", corpus)
    return sorted({word for word in re.findall(r"[A-Za-z]+", plain) if re.fullmatch(r"[a-z]+|[A-Z][a-z]{2,}", word)})


def build(corpus: str) -> Tokenizer:
    pieces = sorted(pre_tokenizers.ByteLevel.alphabet())
    for word in words(corpus):
        pieces += [word, SPACE + word] if len(word) >= 3 else [SPACE + word]
    # ignore_merges: a word of the vocabulary is one token, every other word falls to its bytes, without a merge table.
    tokenizer = Tokenizer(models.BPE(vocab={piece: i for i, piece in enumerate(pieces)}, merges=[], ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_tokens([AddedToken(tag, normalized=False) for tag in TAGS])
    tokenizer.add_special_tokens([AddedToken(special, normalized=False, special=True) for special in SPECIALS])
    return tokenizer


def main() -> None:
    tokenizer = build((ASSETS / "corpus.txt").read_text(encoding="utf-8"))
    tokenizer.save(str(ASSETS / "tokenizer.json"), pretty=True)
    print(f"{tokenizer.get_vocab_size()} tokens")


if __name__ == "__main__":
    main()
