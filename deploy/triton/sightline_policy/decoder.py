"""The bare decode loop: one token for many rows over the model's own weights, without a general library's layers.

A prompt's keys and values lie here once, however many rows continue it: the rows' queries meet them together, meet
their own keys apart, and both results are joined by their normalizers, which is exact. Own keys lie in a cache that
is allocated in blocks, not grown token by token.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn.functional import pad, rms_norm
from transformers import PreTrainedModel

from .architectures import architecture_of
from .packing import Packing

_FIRST_CAPACITY = 64
_POSITIONS_AT_ONCE = 1024


@dataclass(frozen=True)
class Prefix:
    """A prompt after its pass: `layers` hold keys and values, each [key heads, length, size]; `next_position` is that
    of the first token behind it."""

    layers: list[tuple[torch.Tensor, torch.Tensor]]
    length: int
    next_position: int


def prefixes(packing: Packing, lengths: list[int], following: list[int]) -> list[Prefix]:
    """Take the prompts out of a packing whose pass kept its keys and values."""
    return [
        Prefix(packing.keys_and_values(index, length), length, position)
        for index, (length, position) in enumerate(zip(lengths, following, strict=True))
    ]


def _attend(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, bias: torch.Tensor | None, scaling: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Attention with the logarithm of its normalizer: [rows, heads, queries, size] and [rows, heads, queries]."""
    if query.device.type == "cpu":
        return torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
            query, key, value, 0.0, False, attn_mask=bias, scale=scaling
        )
    scores = torch.matmul(query, key.transpose(-1, -2)).float() * scaling
    if bias is not None:
        scores = scores + bias
    normalizer = scores.logsumexp(-1, keepdim=True)
    return torch.matmul((scores - normalizer).exp().to(value.dtype), value), normalizer[..., 0]


class _Prompts:
    """The prefixes that rows continue, stacked per layer, with the way from rows to prompts and back."""

    def __init__(self, prefixes: list[Prefix], of_row: list[int], tower: _Tower) -> None:
        width = max(of_row.count(number) for number in range(len(prefixes)))
        rows: list[list[int]] = [[] for _ in prefixes]
        back = []
        for row, number in enumerate(of_row):
            back.append(number * width + len(rows[number]))
            rows[number].append(row)
        self.count, self.width = len(prefixes), width
        device = tower.device
        even = back == list(range(self.count * width))
        padded = [row for group in rows for row in group + [group[0]] * (width - len(group))]
        self._there = None if even else torch.tensor(padded, device=device)
        self._back = None if even else torch.tensor(back, device=device)
        longest = max(prefix.length for prefix in prefixes)
        self.bias = None
        if any(prefix.length < longest for prefix in prefixes):
            lengths = torch.tensor([prefix.length for prefix in prefixes])
            outside = torch.arange(longest) >= lengths[:, None]
            bias = torch.zeros(outside.shape, dtype=tower.dtype).masked_fill(outside, -torch.inf).to(device)
            self.bias = bias[:, None, None].expand(-1, 1, width * tower.repeats, -1)

        def stacked(layer: int, part: int) -> torch.Tensor:
            own = [pad(prefix.layers[layer][part], (0, 0, 0, longest - prefix.length)) for prefix in prefixes]
            return torch.stack(own)

        self.layers = [(stacked(layer, 0), stacked(layer, 1)) for layer in range(len(tower.layers))]

    def attend(self, layer: int, query: torch.Tensor, scaling: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Queries [rows, key heads, repeats, size] over each row's prompt; the result in the same order."""
        heads, repeats, size = query.shape[1:]
        asked = query if self._there is None else query.index_select(0, self._there)
        asked = asked.view(self.count, self.width, heads, repeats, size).transpose(1, 2).flatten(2, 3)
        seen, normalizer = _attend(asked, *self.layers[layer], self.bias, scaling)
        seen = seen.view(self.count, heads, self.width, repeats, size).transpose(1, 2).flatten(0, 1)
        normalizer = normalizer.view(self.count, heads, self.width, repeats).transpose(1, 2).flatten(0, 1)
        if self._back is None:
            return seen, normalizer
        return seen.index_select(0, self._back), normalizer.index_select(0, self._back)


class _Tower:
    """The text tower's weights as they lie in the network, so that they are always the present ones."""

    def __init__(self, network: PreTrainedModel) -> None:
        architecture = architecture_of(network)
        self._positions = architecture.positions
        text = architecture.text_tower(network)
        config = text.config
        attention = text.layers[0].self_attn
        self.layers = list(text.layers)
        self.norm = text.norm
        self.embedding = text.embed_tokens.weight
        self.rotary = text.rotary_emb
        self.device, self.dtype = self.embedding.device, self.embedding.dtype
        self.heads = config.num_attention_heads
        self.key_heads = config.num_key_value_heads
        self.repeats = self.heads // self.key_heads
        self.size = attention.head_dim
        self.scaling = attention.scaling

    def rotation(self, start: int, end: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and signed sines [positions, 1, size] of text, whose three axes count alike."""
        positions = self._positions(torch.arange(start, end, device=self.device).expand(3, 1, -1))
        cosine, sine = self.rotary(self.embedding[:1], positions)
        half = self.size // 2
        sine = torch.cat([-sine[0, :, :half], sine[0, :, half:]], dim=-1)
        return cosine[0][:, None], sine[:, None]


class Decoder:
    """Rows that grow by one token a step. Not for gradients: use it under `torch.inference_mode()`."""

    def __init__(self, network: PreTrainedModel) -> None:
        self._tower = _Tower(network)
        self._prefixes: list[Prefix] = []
        self._counts = torch.zeros(0, dtype=torch.long)
        self._starts = torch.zeros(0, dtype=torch.long)
        self._prompts: _Prompts | None = None
        self._caches: list[tuple[torch.Tensor, torch.Tensor]] = []
        self._cosine, self._sine = self._tower.rotation(0, _POSITIONS_AT_ONCE)

    @property
    def rows(self) -> int:
        return len(self._prefixes)

    def arrange(self, keep: list[int], added: list[Prefix]) -> list[int]:
        """Let all rows but `keep` go and add a row for each prefix of `added`. The rows are then ordered by prompt;
        the result names them: below `len(keep)` an index into `keep`, above an index into `added` plus its length."""
        everything = [self._prefixes[row] for row in keep] + added
        numbers: dict[int, int] = {}
        for prefix in everything:
            numbers.setdefault(id(prefix), len(numbers))
        order = sorted(range(len(everything)), key=lambda place: numbers[id(everything[place])])
        self._prefixes = [everything[place] for place in order]
        if not order:
            self._prompts = None
            return order
        different = {id(prefix): prefix for prefix in self._prefixes}
        of_row = [numbers[id(prefix)] for prefix in self._prefixes]
        tower = self._tower
        self._prompts = _Prompts(list(different.values()), of_row, tower)
        kept, chosen = torch.tensor(keep, dtype=torch.long), torch.tensor(order)
        counts = torch.cat([self._counts[kept], torch.zeros(len(added), dtype=torch.long)])
        self._counts = counts[chosen]
        self._starts = torch.tensor([prefix.next_position for prefix in self._prefixes])
        if not self._caches:
            empty = torch.zeros(0, tower.key_heads, _FIRST_CAPACITY, tower.size, dtype=tower.dtype, device=tower.device)
            self._caches = [(empty, empty) for _ in tower.layers]
        kept, chosen = kept.to(tower.device), chosen.to(tower.device)
        self._caches = [
            tuple(
                torch.cat([cache.index_select(0, kept), cache.new_zeros(len(added), *cache.shape[1:])])
                .index_select(0, chosen)
                for cache in pair
            )
            for pair in self._caches
        ]  # fmt: skip
        return order

    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """Take the next token of each row [rows]; return the hidden states [rows, hidden] that the one after it
        is read from."""
        tower, prompts = self._tower, self._prompts
        assert prompts is not None
        rows, longest = self.rows, int(self._counts.max()) + 1
        self._reserve(longest, int((self._starts + self._counts).max()) + 1)
        places = (self._starts + self._counts).to(tower.device)
        cosine, sine = self._cosine[places], self._sine[places]
        counts = self._counts.to(tower.device)
        even = bool((self._counts == longest - 1).all())
        everyone = torch.arange(rows, device=tower.device)
        bias = None
        if not even:
            hidden = torch.arange(longest, device=tower.device) > counts[:, None]
            bias = torch.zeros(hidden.shape, dtype=tower.dtype, device=tower.device).masked_fill_(hidden, -torch.inf)
            bias = bias[:, None, None].expand(-1, 1, tower.repeats, -1)
        half = tower.size // 2
        x = tower.embedding[tokens]
        for number, layer in enumerate(tower.layers):
            attention, norm = layer.self_attn, layer.input_layernorm
            h = rms_norm(x, norm.weight.shape, norm.weight, norm.variance_epsilon)
            q = attention.q_proj.forward(h).view(rows, tower.heads, tower.size)
            k = attention.k_proj.forward(h).view(rows, tower.key_heads, tower.size)
            v = attention.v_proj.forward(h).view(rows, tower.key_heads, tower.size)
            q = torch.addcmul(q * cosine, q.roll(half, -1), sine)
            k = torch.addcmul(k * cosine, k.roll(half, -1), sine)
            keys, values = self._caches[number]
            if even:
                keys[:, :, longest - 1] = k
                values[:, :, longest - 1] = v
            else:
                keys[everyone, :, counts] = k
                values[everyone, :, counts] = v
            q = q.view(rows, tower.key_heads, tower.repeats, tower.size)
            own, own_sum = _attend(q, keys[:, :, :longest], values[:, :, :longest], bias, tower.scaling)
            seen, seen_sum = prompts.attend(number, q, tower.scaling)
            share = torch.sigmoid(seen_sum - own_sum).unsqueeze(-1).to(own.dtype)
            joined = torch.lerp(own, seen, share).reshape(rows, -1)
            x = x + attention.o_proj.forward(joined)
            mlp, norm = layer.mlp, layer.post_attention_layernorm
            h = rms_norm(x, norm.weight.shape, norm.weight, norm.variance_epsilon)
            gate = mlp.act_fn(mlp.gate_proj.forward(h))
            x = x + mlp.down_proj.forward(gate * mlp.up_proj.forward(h))
        self._counts += 1
        return rms_norm(x, tower.norm.weight.shape, tower.norm.weight, tower.norm.variance_epsilon)

    def _reserve(self, tokens: int, positions: int) -> None:
        """Make room for `tokens` own tokens a row and for rotations up to `positions`."""
        capacity = self._caches[0][0].shape[2]
        if tokens > capacity:
            self._caches = [tuple(pad(cache, (0, 0, 0, capacity)) for cache in pair) for pair in self._caches]
        while positions > len(self._cosine):
            known = len(self._cosine)
            cosine, sine = self._tower.rotation(known, 2 * known)
            self._cosine, self._sine = torch.cat([self._cosine, cosine]), torch.cat([self._sine, sine])
