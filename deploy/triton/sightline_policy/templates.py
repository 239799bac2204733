"""Prompts in the chat template that a folder brings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from .model_folder import unusable
from .payloads import IMAGE_MARK, Prompt
from .prompts import PromptEncoder
from .tokenizer import IMAGE_PAD, PolicyTokenizer

# Stand for the user's text while the template is rendered; private-use characters that no template holds.
_BEFORE, _AFTER = "\ue0f0", "\ue0f1"


class TemplateEncoder(PromptEncoder):
    """Shows prompts in the folder's own chat template: the same ids as the folder's processor gives, except that text
    of the user never becomes a special token."""

    def __init__(
        self,
        tokenizer: PolicyTokenizer,
        image_processor: Any,
        max_length: int,
        folder: Path,
        image_token: str = IMAGE_PAD,
    ) -> None:
        super().__init__(tokenizer, image_processor, max_length, image_token)
        specials = sorted(tokenizer.added, key=len, reverse=True)
        self._special = re.compile("|".join(map(re.escape, specials)))
        render = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        template = _template(folder) or render.chat_template
        if template is None:
            raise unusable(
                folder, "has no chat template (chat_template.jinja, or chat_template in tokenizer_config.json)"
            )
        texts = [{"type": "text", "text": _BEFORE}], [{"type": "image"}, {"type": "text", "text": _AFTER}]
        self._plain, self._shown = (
            self._pieces(
                render.apply_chat_template(
                    [{"role": "user", "content": content}],
                    chat_template=template, tokenize=False, add_generation_prompt=True,
                )
            )
            for content in (texts[0], texts[0] + texts[1])
        )  # fmt: skip
        if self._shown.count(self._image_pad) != 1 or _AFTER not in "".join(
            piece for piece in self._shown if isinstance(piece, str)
        ):
            raise unusable(folder, "has a chat template that does not show an image followed by text in a user turn")

    def _pieces(self, rendered: str) -> list[int | str]:
        """Split at special tokens, which become ids; runs of text stay, joined with the user's only when encoded."""
        pieces: list[int | str] = []
        end = 0
        for match in self._special.finditer(rendered):
            pieces += [rendered[end : match.start()], self._tokenizer.added[match.group()]]
            end = match.end()
        return [piece for piece in [*pieces, rendered[end:]] if piece != ""]

    def _ids(self, prompt: Prompt, image: list[int]) -> list[int]:
        before, _, after = prompt.text.partition(IMAGE_MARK) if prompt.image is not None else (prompt.text, "", "")
        pieces = list(self._plain if prompt.image is None else self._shown)
        if isinstance(pieces[-1], str):
            pieces[-1] += prompt.assistant_prefix
        else:
            pieces.append(prompt.assistant_prefix)
        user = {_BEFORE: before, _AFTER: after}
        ids: list[int] = []
        for piece in pieces:
            if isinstance(piece, str):
                filled = "".join(user.get(part, part) for part in re.split(f"([{_BEFORE}{_AFTER}])", piece))
                ids += self._tokenizer.encode(filled)
            else:
                ids += image if piece == self._image_pad else [piece]
        return ids


def _template(folder: Path) -> str | None:
    """The processor's template, which Qwen2.5-VL's folders keep beside the tokenizer's."""
    if (folder / "chat_template.jinja").is_file():
        return (folder / "chat_template.jinja").read_text(encoding="utf-8")
    if (folder / "chat_template.json").is_file():
        return json.loads((folder / "chat_template.json").read_text(encoding="utf-8"))["chat_template"]
    return None
