import base64
import io
import os
import random
import sys
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools")]

import torch  # noqa: E402
from PIL import Image  # noqa: E402

from sightline_policy.losses import OWN_AGGREGATION, LossSettings  # noqa: E402
from sightline_policy.service import PolicyService  # noqa: E402
from sightline_policy.tiny_vl import TinyVl, TinyVlSettings  # noqa: E402

from client import Client  # noqa: E402

torch.set_num_threads(2)

MODEL = {
    "kind": "tiny-vl", "seed": "-7", "hiddenSize": 64, "textLayers": 2, "visionLayers": 2, "heads": 4,
    "keyValueHeads": 2, "intermediateSize": 128, "patchSize": 14, "mergeSize": 2,
}  # fmt: skip
OPTIMIZER = {"kind": "adamw", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.01}
OPEN = {"model": MODEL, "base": None, "optimizer": OPTIMIZER, "runDigest": "5" * 64}
LOSS = {"kind": "grpo", "clipLow": 0.2, "clipHigh": 0.2, "aggregation": "sequence-mean", "constantLength": None}
ASK = "How many minutes until no kiwi is fresh? Answer in <answer></answer>."


def loss_settings(kind, **changes):
    """A loss of a kind with all that it reads."""
    parts = {"clip_low": 0.2, "clip_high": 0.28}
    if kind == "cispo":
        parts = {"ratio_cap": 1.2}
    elif kind == "sapo":
        parts = {"temperature_positive": 1.0, "temperature_negative": 1.05}
    aggregation = OWN_AGGREGATION[kind]
    constant = 16 if aggregation == "constant" else None
    return LossSettings(kind, aggregation, constant_length=constant, **{**parts, **changes})


def loss_body(kind, **changes):
    """The `loss` of a train payload of a kind with all that it reads."""
    settings = loss_settings(kind)
    names = {
        "clipLow": settings.clip_low, "clipHigh": settings.clip_high, "aggregation": settings.aggregation,
        "constantLength": settings.constant_length, "ratioCap": settings.ratio_cap,
        "temperaturePositive": settings.temperature_positive, "temperatureNegative": settings.temperature_negative,
    }  # fmt: skip
    return {"kind": kind, **{name: value for name, value in names.items() if value is not None}, **changes}


def picture(seed, width=84, height=84):
    pixels = np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG")
    return data.getvalue()


def prompt(name, image=None, text=ASK, prefix=""):
    encoded = None if image is None else base64.b64encode(image).decode()
    return {
        "id": name,
        "text": text if image is None else f"<image>\n{text}",
        "image": encoded,
        "assistantPrefix": prefix,
    }


def mixed_prompts():
    """Prompts with and without image, of several lengths and image sizes."""
    return [
        prompt("a", picture(1)),
        prompt("b", None, "Board: --F/-FF/RF-\n" + ASK),
        prompt("c", picture(2, 112, 56)),
        prompt("d", picture(3), prefix="<description>"),
        prompt("e", picture(4)),
        prompt("f", None, "ä 1?"),
    ]


def rollout_payload(prompts, samples=3, temperature=1.0, most=10, seed=0):
    rng = random.Random(seed)
    seeds = [[str(rng.getrandbits(64) - 2**63) for _ in range(samples)] for _ in prompts]
    return {
        "prompts": prompts, "samples": samples, "sampleSeeds": seeds, "temperature": temperature,
        "maxNewTokens": most, "stop": ["</answer>"],
    }  # fmt: skip


def train_payload(prompts, completions, run="run-1", step=1, **changes):
    rows = [
        {
            "prompt": row["prompt"], "sample": row["sample"], "tokens": row["tokens"], "logProbs": row["logProbs"],
            "advantage": [0.9, -1.1, 0.2][row["sample"] % 3],
        }
        for row in completions
    ]  # fmt: skip
    half = len(rows) // 2
    plan = [list(range(half)), list(range(half, len(rows)))]
    return {
        "identity": {"run": run, "branch": 0, "round": 1, "step": step}, "loss": LOSS, "temperature": 1.0,
        "learningRate": 1e-3, "maxGradientNorm": 1.0, "zeroAdvantage": "apply", "prompts": prompts,
        "completions": rows, "microBatches": [part for part in plan if part], **changes,
    }  # fmt: skip


def fit_payload(prompts, run="run-1", step=1, **changes):
    rows = [{"prompt": p["id"], "text": f"<answer>{index % 4}</answer>"} for index, p in enumerate(prompts)]
    return {
        "identity": {"run": run, "branch": 0, "round": 0, "step": step}, "learningRate": 1e-3, "maxGradientNorm": 1.0,
        "prompts": prompts, "completions": rows, "microBatches": [list(range(len(rows)))], **changes,
    }  # fmt: skip


def network_logits(model, prompt, tokens):
    """Logits [tokens, vocabulary] before each token behind a prompt, by transformers' forward of one row alone."""
    ids = torch.cat([prompt.ids, torch.tensor(tokens[:-1], dtype=torch.long)])[None]
    shown = {}
    if prompt.patches is not None:
        shown = {"pixel_values": prompt.patches, "image_grid_thw": torch.tensor([prompt.grid])}
    kinds = (ids == model.network.config.image_token_id).int()
    output = model.network(input_ids=ids, attention_mask=torch.ones_like(ids), mm_token_type_ids=kinds, **shown)
    return output.logits[0, prompt.length - 1 :].masked_fill(model.forbidden, -torch.inf)


def network_log_probs(model, prompt, tokens, temperature=1.0):
    """Log-probabilities of tokens behind a prompt [tokens], by transformers' forward of one row alone."""
    logits = network_logits(model, prompt, tokens) / temperature
    return torch.log_softmax(logits, -1).gather(-1, torch.tensor(tokens)[:, None])[:, 0]


@pytest.fixture(scope="session")
def model():
    settings = TinyVlSettings(
        seed=-7, hidden_size=64, text_layers=2, vision_layers=2, heads=4, key_value_heads=2, intermediate_size=128,
        patch_size=14, merge_size=2,
    )  # fmt: skip
    return TinyVl(settings, torch.device("cpu"))


@pytest.fixture
def service(tmp_path):
    service = PolicyService(tmp_path / "state", threads=2, device="cpu")
    yield service
    service.close()


@pytest.fixture
def client(service):
    return Client(service.handle)
