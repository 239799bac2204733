"""Many prompts and completions in one row, without padding: what is alike for all tokens is done for all at once, and
only attention looks at where one ends. A completion attends to the keys and values of its prompt's single pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch.nn.functional import scaled_dot_product_attention
from transformers import AttentionInterface, AttentionMaskInterface, PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from .architectures import architecture_of
from .prompts import EncodedPrompt

ATTENTION = "sightline-packed"
# Completions attend together while the padding that this takes stays below a fifth of the longest.
_SHORTEST_SHARE = 0.8


@dataclass(frozen=True)
class _Block:
    """Completions of prompts of one length that attend together, padded to `width`: tokens `start` to `end` of the
    row. `prompt_of` [rows] counts within the bucket; `gather` [rows x width] and `scatter` [end - start] lead into
    the padded form and back, None where nothing is padded; `mask` [width, prompt length + width]."""

    start: int
    end: int
    width: int
    prompt_of: torch.Tensor
    gather: torch.Tensor | None
    scatter: torch.Tensor | None
    mask: torch.Tensor

    def padded(self, x: torch.Tensor) -> torch.Tensor:
        """[tokens of the row, heads, size] to [rows, heads, width, size]."""
        own = x[self.start : self.end]
        if self.gather is not None:
            own = own.index_select(0, self.gather)
        return own.unflatten(0, (-1, self.width)).transpose(1, 2)

    def flat(self, x: torch.Tensor) -> torch.Tensor:
        """[rows, heads, width, size] to [end - start, heads, size]."""
        tokens = x.transpose(1, 2).flatten(0, 1)
        return tokens if self.scatter is None else tokens.index_select(0, self.scatter)


@dataclass(frozen=True)
class _Bucket:
    """`count` prompts of one length, from `start` of the row on, and behind them the blocks of their completions."""

    start: int
    count: int
    length: int
    blocks: list[_Block]

    def prompts(self, x: torch.Tensor) -> torch.Tensor:
        """[tokens of the row, heads, size] to [prompts, heads, length, size]."""
        own = x[self.start : self.start + self.count * self.length]
        return own.unflatten(0, (self.count, self.length)).transpose(1, 2)


@dataclass
class Packing:
    """A row of `ids` [tokens] at `positions` [3, 1, tokens]. `places` [predictions] are where the completions' tokens
    are read from, completion by completion in the order given; `targets` [predictions] are those tokens.
    `last` [prompts] is the place of each prompt's last token. `keep` fills `kept` with each layer's keys and values."""

    ids: torch.Tensor
    positions: torch.Tensor
    places: torch.Tensor
    targets: torch.Tensor
    last: torch.Tensor
    shown: list[EncodedPrompt]
    starts: list[int]
    buckets: list[_Bucket]
    keep: bool = False
    kept: list[tuple[torch.Tensor, torch.Tensor]] = field(default_factory=list)

    def keys_and_values(self, prompt: int, length: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """What each layer kept of a prompt: keys and values, each [key heads, length, size]."""
        span = slice(self.starts[prompt], self.starts[prompt] + length)
        return [(keys[:, span], values[:, span]) for keys, values in self.kept]


def pack(
    prompts: list[EncodedPrompt], completions: list[tuple[int, list[int]]], device: torch.device, keep: bool = False
) -> Packing:
    """Lay out prompts, each once, and completions (prompt index, tokens). Every prompt must be given as one index."""
    ids: list[torch.Tensor] = []
    positions: list[torch.Tensor] = []
    starts = [0] * len(prompts)
    inputs = [0] * len(completions)
    buckets: list[_Bucket] = []
    shown: list[EncodedPrompt] = []
    end = 0
    for length in sorted({prompt.length for prompt in prompts}):
        members = [index for index, prompt in enumerate(prompts) if prompt.length == length]
        begin = end
        for index in members:
            starts[index] = end
            ids.append(prompts[index].ids)
            positions.append(prompts[index].positions)
            shown.append(prompts[index])
            end += length
        place = {index: number for number, index in enumerate(members)}
        # The first token of a completion is read from the prompt's end, so it has one input less than tokens.
        rows = [i for i, (prompt, tokens) in enumerate(completions) if prompt in place and len(tokens) > 1]
        blocks = []
        for block in _alike(rows, [len(tokens) - 1 for _, tokens in completions]):
            counts = [len(completions[row][1]) - 1 for row in block]
            for row, count in zip(block, counts, strict=True):
                prompt, tokens = completions[row]
                inputs[row] = end
                ids.append(torch.tensor(tokens[:-1]))
                following = torch.arange(count) + prompts[prompt].next_position
                positions.append(following.expand(3, -1))
                end += count
            numbers = [place[completions[row][0]] for row in block]
            blocks.append(_block(end - sum(counts), counts, numbers, length, device))
        buckets.append(_Bucket(begin, len(members), length, blocks))
    last = torch.tensor([start + prompt.length - 1 for start, prompt in zip(starts, prompts, strict=True)])
    places = [
        torch.cat([last[prompt : prompt + 1], torch.arange(len(tokens) - 1) + inputs[row]])
        for row, (prompt, tokens) in enumerate(completions)
    ]
    targets = [torch.tensor(tokens) for _, tokens in completions]
    nothing = torch.zeros(0, dtype=torch.long)
    return Packing(
        torch.cat(ids).to(device),
        torch.cat(positions, dim=1)[:, None].to(device),
        torch.cat([nothing, *places]).to(device),
        torch.cat([nothing, *targets]).to(device),
        last.to(device),
        shown,
        starts,
        buckets,
        keep,
    )


def _alike(rows: list[int], counts: list[int]) -> Iterator[list[int]]:
    """Cut rows into blocks of alike length, longest first; rows of one length keep their order."""
    block: list[int] = []
    for row in sorted(rows, key=lambda row: -counts[row]):
        if block and counts[row] < _SHORTEST_SHARE * counts[block[0]]:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _block(start: int, counts: list[int], numbers: list[int], length: int, device: torch.device) -> _Block:
    width, total = counts[0], sum(counts)
    gather = scatter = None
    if total < width * len(counts):
        steps = torch.arange(width)
        first = torch.cumsum(torch.tensor([0, *counts[:-1]]), 0)
        inside = steps < torch.tensor(counts)[:, None]
        # Padding repeats a token of its own row; causality hides it from the others and nothing reads its result.
        gather = torch.where(inside, first[:, None] + steps, first[:, None]).flatten().to(device)
        scatter = inside.flatten().nonzero()[:, 0].to(device)
    mask = torch.ones(width, length + width, dtype=torch.bool).tril(length).to(device)
    return _Block(start, start + total, width, torch.tensor(numbers, device=device), gather, scatter, mask)


def packed_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    packing: Packing | None = None,
    **kwargs: object,
) -> tuple[torch.Tensor, None]:
    """The attention of a layer over a packed row; without a packing, transformers' own. Arguments are
    [1, heads, tokens, size], the result is [1, tokens, heads, size]."""
    if packing is None:
        return sdpa_attention_forward(module, query, key, value, attention_mask, scaling=scaling, **kwargs)
    if packing.keep:
        packing.kept.append((key[0], value[0]))
    q, k, v = (x[0].transpose(0, 1) for x in (query, key, value))
    shared = q.shape[1] > k.shape[1]
    pieces = []
    for bucket in packing.buckets:
        keys, values = bucket.prompts(k), bucket.prompts(v)
        seen = scaled_dot_product_attention(
            bucket.prompts(q), keys, values, is_causal=True, scale=scaling, enable_gqa=shared
        )
        pieces.append(seen.transpose(1, 2).flatten(0, 1))
        for block in bucket.blocks:
            seen = scaled_dot_product_attention(
                block.padded(q),
                torch.cat([keys.index_select(0, block.prompt_of), block.padded(k)], dim=2),
                torch.cat([values.index_select(0, block.prompt_of), block.padded(v)], dim=2),
                attn_mask=block.mask,
                scale=scaling,
                enable_gqa=shared,
            )
            pieces.append(block.flat(seen))
    return torch.cat(pieces)[None], None


AttentionInterface.register(ATTENTION, packed_attention)
AttentionMaskInterface.register(ATTENTION, sdpa_mask)


def embed(network: PreTrainedModel, packing: Packing) -> torch.Tensor:
    """Embed the row and put the image features in their places [1, tokens, hidden]; every image is encoded once."""
    embedded = network.model.get_input_embeddings()(packing.ids)
    pictures = [prompt for prompt in packing.shown if prompt.patches is not None]
    if pictures:
        features = architecture_of(network).features(network, pictures).to(embedded.dtype)
        places = (packing.ids == network.config.image_token_id).nonzero()[:, 0]
        embedded = embedded.index_copy(0, places, features)
    return embedded[None]


def packed_pass(network: PreTrainedModel, packing: Packing) -> torch.Tensor:
    """Run the text tower over the row; return hidden states [tokens, hidden]. The tower must use `ATTENTION`."""
    architecture = architecture_of(network)
    output = architecture.text_tower(network)(
        inputs_embeds=embed(network, packing),
        position_ids=architecture.positions(packing.positions),
        # Given with four axes, a mask is taken as it is; `ATTENTION` reads the packing instead.
        attention_mask=packing.positions.new_zeros(1, 1, 1, 1),
        use_cache=False,
        packing=packing,
    )
    return output.last_hidden_state[0]
