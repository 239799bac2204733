"""Every loss and its gradient against TRL's own trainer, which runs in an environment of its own (it needs NumPy 2)."""

import json
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from sightline_policy.losses import KINDS, OWN_AGGREGATION, Correction, Kl, token_losses, token_weights

from conftest import loss_settings

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent.parent / "trainers" / "environment"
ROWS, GROUP, LONGEST, END = 8, 4, 9, 2
NAMES = {"dr-grpo": "dr_grpo", "gspo": "grpo"}
EXTRAS = ("plain", "one-batch", "masked", "kl", "kl-of-paper", "token-truncate", "sequence-truncate")


def configuration(kind, extra):
    """TRL's settings for the loss that `settings` says."""
    batches = 1 if extra == "one-batch" else 2
    config = {
        "loss_type": NAMES.get(kind, kind), "epsilon": 0.2, "epsilon_high": 1.2 if kind == "cispo" else 0.28,
        "importance_sampling_level": "sequence" if kind == "gspo" else "token", "max_completion_length": 16,
        "per_device_train_batch_size": ROWS // batches, "gradient_accumulation_steps": batches,
        "num_generations": GROUP, "mask_truncated_completions": extra == "masked",
        "beta": 0.15 if extra.startswith("kl") else 0.0, "use_bias_correction_kl": extra == "kl",
    }  # fmt: skip
    if extra.endswith("truncate"):
        config |= {
            "vllm_importance_sampling_mode": extra.replace("-", "_"),
            "vllm_importance_sampling_clip_max": 1.25,
        }
    return config


def settings(kind, extra):
    kl = Kl("k3", 0.15, weighted=extra == "kl") if extra.startswith("kl") else None
    return loss_settings(kind, kl=kl, correction=Correction(extra, 1.25) if extra.endswith("truncate") else None)


def inputs(seed):
    """Completions of unequal lengths, some without an end; every ratio off 1, some of them clipped."""
    generator = torch.Generator().manual_seed(seed)

    def draw(scale):
        return torch.randn(ROWS, LONGEST, generator=generator) * scale

    lengths = torch.tensor([9, 1, 4, 6, 2, 9, 3, 7])
    tokens = torch.full((ROWS, LONGEST), 3)
    ended = torch.tensor([False, True, True, False, True, True, True, False])
    tokens[torch.arange(ROWS), lengths - 1] = torch.where(ended, END, 3)
    base = draw(0.7) - 2.0
    return {
        "tokens": tokens, "lengths": lengths, "rewards": torch.rand(ROWS, generator=generator), "new": base,
        "old": base + draw(0.3), "sampler": base + draw(0.4), "reference": base + draw(0.5),
    }  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """TRL's answers by case, all from one process."""
    found = subprocess.run([ENVIRONMENT, "--find"], capture_output=True, text=True)
    if found.returncode:
        pytest.skip(f"there is no environment with TRL; deploy/trainers/{ENVIRONMENT.name} makes it")
    folder = tmp_path_factory.mktemp("trl")
    tensors, cases = {}, []
    for number, (kind, extra) in enumerate((kind, extra) for kind in KINDS for extra in EXTRAS):
        name = f"{kind}/{extra}"
        tensors |= {f"{name}/{key}": value.contiguous() for key, value in inputs(number).items()}
        vllm = extra.endswith("truncate")
        cases.append({"name": name, "config": configuration(kind, extra), "vllm": vllm})
    save_file(tensors, folder / "in.safetensors", {"cases": json.dumps(cases)})
    command = [found.stdout.strip(), str(HERE / "trl_losses.py"), folder / "in.safetensors", folder / "out.safetensors"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    with safe_open(folder / "out.safetensors", "pt") as file:
        print(file.metadata())
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)


def ours(kind, extra, given, advantages, cut):
    """Our loss, the size of its terms and its gradient, in two micro-batches.

    `cut` weighs each micro-batch by its own tokens, as TRL does for bnpo.
    """
    loss_of = settings(kind, extra)
    truncated = given["tokens"][torch.arange(ROWS), given["lengths"] - 1] != END
    lengths = torch.where(truncated, 0, given["lengths"]) if extra == "masked" else given["lengths"]
    mask = torch.arange(LONGEST)[None] < lengths[:, None]
    values = given["new"].clone().requires_grad_()
    total = scale = 0.0
    for rows in (slice(0, 4), slice(4, 8)):
        counted = lengths[rows] if cut else lengths
        weights = token_weights(counted.tolist(), OWN_AGGREGATION[kind], loss_of.constant_length)
        weights = torch.tensor(weights)[:, None] / 2 if cut else torch.tensor(weights)[rows, None]
        said = token_losses(
            loss_of, values[rows], given["old"][rows], advantages[rows, None], mask[rows], given["sampler"][rows],
            given["reference"][rows],
        )  # fmt: skip
        loss = (torch.where(mask[rows], said.loss, 0.0) * weights).sum()
        loss.backward()
        total += float(loss.detach())
        scale += float((torch.where(mask[rows], said.loss.detach(), 0.0) * weights).abs().sum())
    return total, scale, values.grad


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize("kind", KINDS)
def test_loss_and_gradient_are_those_of_trl(answers, kind, extra):
    name = f"{kind}/{extra}"
    given = inputs([f"{k}/{e}" for k in KINDS for e in EXTRAS].index(name))
    gradient = answers[f"{name}/gradient"]
    advantages = answers[f"{name}/advantages"]
    by_parts = kind == "bnpo" and extra != "one-batch"
    loss, scale, mine = ours(kind, extra, given, advantages, by_parts)
    assert gradient.abs().max() > 1e-2
    assert loss == pytest.approx(float(answers[f"{name}/loss"]), abs=1e-5 * scale)
    assert (mine - gradient).abs().max() <= 1e-5 * gradient.abs().max()
    if by_parts:
        # The one difference that we keep: our normaliser is the step's, TRL's the micro-batch's.
        _, _, whole = ours(kind, extra, given, advantages, False)
        assert (whole - gradient).abs().max() > 1e-3 * gradient.abs().max()
