"""Policy-gradient steps with each loss, on the tiny model."""

import json
from pathlib import Path

import pytest
import torch

from sightline_policy.losses import KINDS
from sightline_policy.payloads import read_rollout, read_train
from sightline_policy.rollout import roll_out
from sightline_policy.tiny_vl import TinyVl
from sightline_policy.train import grpo_step

from client import Refused
from conftest import LOSS, OPEN, fit_payload, loss_body, mixed_prompts, rollout_payload, train_payload

KL = {"estimator": "k3", "coefficient": 0.05, "weighted": True}


def quiet(phase, done, total):
    pass


@pytest.fixture(scope="module")
def rows(model):
    """Completions of four prompts, with sampler's and reference's log-probabilities away from the policy's."""
    prompts = mixed_prompts()[:4]
    samples, _ = roll_out(model, read_rollout(json.dumps(rollout_payload(prompts, 3)).encode()), quiet)
    return [
        {
            "prompt": prompts[s.prompt]["id"], "sample": s.sample, "tokens": s.tokens,
            "logProbs": [p + 0.3 * ((row + at) % 3 - 1) for at, p in enumerate(s.log_probs)],
            "referenceLogProbs": [p - 0.2 * ((row + at) % 2) for at, p in enumerate(s.log_probs)],
        }
        for row, s in enumerate(samples)
    ]  # fmt: skip


def step(model, rows, loss, masked=(), **changes):
    """Return the gradient that one step has, as one vector, and its metrics."""
    payload = train_payload(mixed_prompts()[:4], rows, loss=loss, maxGradientNorm=1e12, learningRate=1.0, **changes)
    for index, (row, source) in enumerate(zip(payload["completions"], rows, strict=True)):
        row["advantage"] = [0.9, -1.1, 0.2][index % 3]
        if "kl" in loss:
            row["referenceLogProbs"] = source["referenceLogProbs"]
        if index in masked:
            row["masked"] = True
    mine = TinyVl(model.settings, model.device)
    before = torch.cat([p.detach().flatten().clone() for _, p in mine.named_parameters()])
    optimizer = torch.optim.SGD([p for _, p in mine.named_parameters()], lr=0.0)
    metrics, skipped = grpo_step(mine, optimizer, read_train(json.dumps(payload).encode(), "run-1"), quiet)
    assert not skipped
    return before - torch.cat([p.detach().flatten() for _, p in mine.named_parameters()]), metrics


@pytest.mark.parametrize("kind", KINDS)
def test_any_plan_of_micro_batches_has_the_same_gradient(model, rows, kind):
    """SGD at rate 1 takes the gradient off the weights; what is left is float32's rounding of the weights."""
    loss = loss_body(kind, kl={**KL, "coefficient": 0.1})
    whole, one = step(model, rows, loss, microBatches=[list(range(12))], masked={4})
    parts, two = step(model, rows, loss, microBatches=[[11, 0, 5], [4], [1, 2, 3], [6, 7, 8, 9, 10]], masked={4})
    assert whole.abs().max() > 1e-3
    assert (whole - parts).abs().max() < 1e-6
    assert one.as_json(1.0) == pytest.approx({**two.as_json(1.0), "microBatches": 1}, rel=1e-4, abs=1e-6)
    # The mean over a completion moves the ratio of gspo less than those of its tokens move.
    assert one.max_ratio > (1.02 if kind == "gspo" else 1.2) and one.kl > 0


def test_a_masked_completion_gives_nothing_but_its_place_in_the_count(model, rows):
    few = [row for index, row in enumerate(rows) if index not in (2, 7)]
    advantages = {index: [0.9, -1.1, 0.2][index % 3] for index in range(12) if index not in (2, 7)}

    def without(loss):
        payload = train_payload(mixed_prompts()[:4], few, loss=loss)
        for row, advantage in zip(payload["completions"], advantages.values(), strict=True):
            row["advantage"] = advantage
        mine = TinyVl(model.settings, model.device)
        optimizer = torch.optim.SGD([p for _, p in mine.named_parameters()], lr=0.0)
        return grpo_step(mine, optimizer, read_train(json.dumps(payload).encode(), "run-1"), quiet)[0]

    for kind, share in (("dapo", 1.0), ("grpo", 10 / 12)):
        _, masked = step(model, rows, loss_body(kind), masked={2, 7})
        assert masked.loss == pytest.approx(share * without(loss_body(kind)).loss, rel=1e-5)
        assert masked.tokens == sum(len(row["tokens"]) for row in few)


def test_a_corrected_step_is_the_truncated_policy_gradient(model, rows):
    """With the ratio to the present policy, which is 1, what is left is the truncated weight on each token."""
    loss = loss_body("grpo", correction={"mode": "token-truncate", "cap": 1.1})
    _, metrics = step(model, rows, loss)
    assert metrics.max_ratio == pytest.approx(1.0)
    drift = torch.tensor([-0.3 * ((row + at) % 3 - 1) for row, r in enumerate(rows) for at in range(len(r["tokens"]))])
    assert metrics.correction / metrics.tokens == pytest.approx(float(drift.exp().clamp(max=1.1).mean()), rel=1e-4)
    assert metrics.clipped_low + metrics.clipped_high == 0


def test_the_start_answers_while_the_run_has_moved_on(client):
    lineage = client.ask("open", OPEN)["lineage"]
    prompts = mixed_prompts()[:2]
    asked = rollout_payload(prompts)
    before = client.job("rollout", asked, lineage=lineage)
    moved = client.job("fit", fit_payload(prompts, learningRate=0.01), lineage=lineage)
    start = client.job("rollout", {**asked, "weights": "start"}, lineage=moved["lineage"])
    assert start["completions"] == before["completions"]
    assert start["stateDigest"] == before["stateDigest"]
    now = client.job("rollout", asked, lineage=moved["lineage"])
    assert now["completions"] != before["completions"]
    assert now["stateDigest"] == moved["stateDigest"] == client.ask("ping")["runs"][0]["stateDigest"]


def test_the_start_scores_while_the_run_has_moved_on(client):
    lineage = client.ask("open", OPEN)["lineage"]
    prompts = mixed_prompts()[:2]
    rollout = client.job("rollout", rollout_payload(prompts), lineage=lineage)["completions"]
    completions = [{"prompt": row["prompt"], "tokens": row["tokens"]} for row in rollout]
    asked = {"prompts": prompts, "completions": completions, "temperature": 1.0}
    before = client.job("score", asked, lineage=lineage)
    moved = client.job("fit", fit_payload(prompts, learningRate=0.01), lineage=lineage)
    start = client.job("score", {**asked, "weights": "start"}, lineage=moved["lineage"])
    assert start == before
    now = client.job("score", {**asked, "weights": "current"}, lineage=moved["lineage"])
    assert now != before
    assert client.ask("ping")["runs"][0]["stateDigest"] == moved["stateDigest"]
    # The KL of a step is that of the moved policy to the start; at the start it was 0.
    payload = train_payload(prompts, rollout, step=2, loss=loss_body("grpo", kl=KL))
    for row, scored in zip(payload["completions"], start["completions"], strict=True):
        row["referenceLogProbs"] = scored["logProbs"]
    result = client.job("train", payload, lineage=moved["lineage"])
    differences = [
        q - p
        for a, b in zip(now["completions"], start["completions"], strict=True)
        for p, q in zip(a["logProbs"], b["logProbs"], strict=True)
    ]
    expected = torch.tensor(differences)
    assert result["metrics"]["kl"] == pytest.approx(float((expected.exp() - expected - 1).mean()), rel=1e-3)
    assert result["metrics"]["kl"] > 1e-3


def test_steps_have_the_digests_that_they_had(client):
    """Numbers change on purpose only; `golden/steps.json` can hold in its own environment only.

    Whoever changes these numbers knowingly says so in CHANGELOG.md and writes the new digests.
    """
    golden = json.loads((Path(__file__).resolve().parent.parent / "golden" / "steps.json").read_text())
    here = client.ask("describe")["environmentDigest"]
    if golden["environment"] != here:
        pytest.skip(f"made in environment {golden['environment'][:12]}, this is {here[:12]}")
    prompts = mixed_prompts()
    lineage = client.ask("open", OPEN)["lineage"]
    digests = []
    for number in range(3):
        rows = [
            {
                "prompt": prompts[row % 6]["id"], "sample": row // 6, "tokens": list(range(60 + row, 64 + 2 * row)),
                "logProbs": [-5.5 + 0.25 * ((row + at) % 5) for at in range(4 + row)],
            }
            for row in range(12)
        ]  # fmt: skip
        constant = {"aggregation": "constant", "constantLength": 16}
        aggregation = [{"aggregation": "sequence-mean"}, {"aggregation": "token-mean"}, constant][number]
        payload = train_payload(prompts, rows, step=number, loss={**LOSS, **aggregation})
        result = client.job("train", payload, lineage=lineage)
        lineage = result["lineage"]
        digests.append(result["stateDigest"])
        assert 0.1 < result["metrics"]["clipShare"] < 0.9
    assert digests == golden["stateDigests"], digests


@pytest.mark.parametrize("kind", ["grpo", "gspo", "sapo"])
def test_a_ratio_beyond_all_bounds_is_refused(client, kind):
    opened = client.ask("open", OPEN)
    prompts = mixed_prompts()[:2]
    rollout = client.job("rollout", rollout_payload(prompts), lineage=opened["lineage"])
    payload = train_payload(prompts, rollout["completions"], loss=loss_body(kind))
    payload["completions"][0]["logProbs"][0] = -1e30
    payload["completions"][0]["advantage"] = -1.0
    with pytest.raises(Refused) as caught:
        client.job("train", payload, lineage=opened["lineage"])
    assert caught.value.type == "NOT_FINITE" and caught.value.detail["quantity"] in ("loss", "gradientNorm")
    after = client.ask("ping")["runs"][0]
    assert (after["lineage"], after["stateDigest"]) == (opened["lineage"], opened["baseStateDigest"])
    good = train_payload(prompts, rollout["completions"], loss=loss_body("dapo"))
    good["completions"][0]["logProbs"] = good["completions"][1]["logProbs"][:1] * len(good["completions"][0]["tokens"])
    assert client.job("train", good, lineage=opened["lineage"])["stateDigest"] != opened["baseStateDigest"]


@pytest.mark.parametrize(
    ("loss", "field"),
    [
        ({**loss_body("grpo"), "kind": "ppo"}, "kind"),
        (loss_body("grpo", surprise=1), "surprise"),
        (loss_body("dapo", aggregation="sequence-mean"), "aggregation"),
        (loss_body("cispo", ratioCap=None), "ratioCap"),
        (loss_body("cispo", clipLow=0.2), "clipLow"),
        (loss_body("grpo", clipHigh=None), "clipHigh"),
        (loss_body("sapo", temperatureNegative=0.0), "temperatureNegative"),
        (loss_body("dr-grpo", constantLength=None), "constantLength"),
        (loss_body("grpo", kl={**KL, "estimator": "k4"}), "kl.estimator"),
        (loss_body("grpo", kl={**KL, "more": 1}), "kl.more"),
        (loss_body("grpo", kl={"estimator": "k3", "coefficient": 1.0}), "kl.weighted"),
        (loss_body("grpo", correction={"mode": "token-mask", "cap": 2.0}), "correction.mode"),
        (loss_body("grpo", correction={"mode": "token-truncate"}), "correction.cap"),
    ],
)
def test_a_wrong_setting_is_named(model, rows, loss, field):
    from sightline_policy.errors import PolicyError

    payload = train_payload(mixed_prompts()[:4], rows, loss=loss)
    with pytest.raises(PolicyError) as caught:
        read_train(json.dumps(payload).encode(), "run-1")
    assert caught.value.kind == "INVALID_REQUEST"
    assert caught.value.detail["field"] == f"payload.loss.{field}"


def test_reference_log_probs_come_with_a_kl_and_only_then(rows):
    from sightline_policy.errors import PolicyError

    with_kl = train_payload(mixed_prompts()[:4], rows, loss=loss_body("grpo", kl=KL))
    without = train_payload(mixed_prompts()[:4], rows)
    without["completions"][1]["referenceLogProbs"] = rows[1]["referenceLogProbs"]
    for payload in (with_kl, without):
        with pytest.raises(PolicyError) as caught:
            read_train(json.dumps(payload).encode(), "run-1")
        assert caught.value.detail["field"] == "payload.completions"
    without["completions"][1]["referenceLogProbs"] = [0.0] * 99
    with pytest.raises(PolicyError) as caught:
        read_train(json.dumps(without).encode(), "run-1")
    assert caught.value.detail["field"] == "payload.completions[1].referenceLogProbs"
