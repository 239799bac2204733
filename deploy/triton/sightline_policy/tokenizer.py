"""Text to ids and back, exact for every UTF-8 text. assets/tokenizer.json is made by tools/make_tokenizer.py."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer, pre_tokenizers

TOKENIZER_FILE = Path(__file__).resolve().parent / "assets" / "tokenizer.json"
IMAGE_PAD = "<|image_pad|>"
VIDEO_PAD = "<|video_pad|>"
VISION_START = "<|vision_start|>"
VISION_END = "<|vision_end|>"
VISION_PAD = "<|vision_pad|>"
IM_START = "<|im_start|>"
IM_END = "<|im_end|>"
END_OF_TEXT = "<|endoftext|>"
# What only the chat template and the image may bring in; the policy gives these no probability.
NEVER_SAMPLED = (IMAGE_PAD, VIDEO_PAD, VISION_START, VISION_END, VISION_PAD, IM_START, END_OF_TEXT)


def _byte_of_character() -> dict[str, int]:
    """Invert the byte-level alphabet: printable Latin-1 stands for itself, the other bytes follow from U+0100 on."""
    own = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in set(own)]
    return {chr(byte): byte for byte in own} | {chr(256 + i): byte for i, byte in enumerate(others)}


class PolicyTokenizer:
    """Byte-level tokenizer. Text of users never becomes a special token; only `special` gives those ids."""

    def __init__(
        self,
        path: Path = TOKENIZER_FILE,
        end_of_turn: str = IM_END,
        never_sampled: tuple[str, ...] | None = NEVER_SAMPLED,
    ) -> None:
        """`never_sampled` None: every special token but the end of a turn."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.encode_special_tokens = True
        self.size: int = self._tokenizer.get_vocab_size()
        alphabet = _byte_of_character()
        assert set(alphabet) == set(pre_tokenizers.ByteLevel.alphabet())
        added = self._tokenizer.get_added_tokens_decoder()
        self._bytes: list[bytes] = []
        unnamed = []
        for token in range(self.size):
            piece = self._tokenizer.id_to_token(token)
            if piece is None:
                unnamed.append(token)
                self._bytes.append(b"")
                continue
            plain = piece.encode() if token in added else bytes(alphabet[character] for character in piece)
            self._bytes.append(plain)
        self.end_of_turn = self.special(end_of_turn)
        if never_sampled is None:
            never_sampled = tuple(t.content for t in added.values() if t.special and t.content != end_of_turn)
        self.never_sampled = (*(self.special(name) for name in never_sampled), *unnamed)
        self.added = {piece.content: token for token, piece in added.items()}

    def special(self, name: str) -> int:
        token = self._tokenizer.token_to_id(name)
        assert token is not None, name
        return token

    def name(self, token: int) -> str:
        return self._tokenizer.id_to_token(token)

    def encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def bytes_of(self, token: int) -> bytes:
        return self._bytes[token]

    def decode(self, tokens: list[int]) -> str:
        """Join the bytes of tokens. Bytes that are not UTF-8, which a sampler may produce, become U+FFFD."""
        return b"".join(self._bytes[token] for token in tokens).decode("utf-8", errors="replace")
