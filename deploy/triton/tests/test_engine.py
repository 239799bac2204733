"""Rollouts: whatever else is in the batch, a sample's tokens are its own; rows leave and enter while others go on."""

import json

import pytest
import torch

from sightline_policy import rollout
from sightline_policy.decoder import Decoder
from sightline_policy.payloads import read_rollout
from sightline_policy.rollout import roll_out

from conftest import mixed_prompts, network_log_probs, rollout_payload


def quiet(phase, done, total):
    pass


def run(model, prompts, **changes):
    """Samples by (prompt, sample), of prompts with 4 samples each; most end early, at one of some letters."""
    payload = {**rollout_payload(mixed_prompts(), 4, most=80), "stop": ["q", "Z", "9", "an"], **changes}
    seeds = dict(zip([p["id"] for p in payload["prompts"]], payload["sampleSeeds"], strict=True))
    payload["prompts"], payload["sampleSeeds"] = prompts, [seeds[p["id"]] for p in prompts]
    rows, _ = roll_out(model, read_rollout(json.dumps(payload).encode()), quiet)
    return {(prompts[row.prompt]["id"], row.sample): row for row in rows}


@pytest.mark.parametrize("at_once", [1, 3, 7, 24])
def test_samples_are_the_same_for_any_batch_size_and_order(model, monkeypatch, at_once):
    whole = run(model, mixed_prompts())
    assert {row.finish for row in whole.values()} >= {"stop", "length"}
    monkeypatch.setattr(rollout, "ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(rollout, "_PROMPT_TOKENS_AT_ONCE", 40)
    again = run(model, mixed_prompts()[::-1])
    assert again.keys() == whole.keys()
    for name, row in again.items():
        assert (row.tokens, row.finish) == (whole[name].tokens, whole[name].finish)
        assert row.log_probs == pytest.approx(whole[name].log_probs, abs=1e-5)


def test_waiting_rows_enter_while_others_go_on(model, monkeypatch):
    steps = []
    step = Decoder.step
    monkeypatch.setattr(Decoder, "step", lambda self, tokens: steps.append(self.rows) or step(self, tokens))
    monkeypatch.setattr(rollout, "ROWS_AT_ONCE", 8)
    rows = run(model, mixed_prompts())
    grown = [len(row.tokens) - 1 for row in rows.values()]
    assert max(steps) <= 8
    # Three batches of eight, each as long as its longest row, would take more steps.
    batches = [max(grown[start : start + 8]) for start in (0, 8, 16)]
    assert max(grown) <= len(steps) < sum(batches)
    assert sum(steps) < 1.5 * sum(grown)


@pytest.mark.parametrize("at_once", [5, 64])
def test_log_probs_are_those_of_the_whole_network(model, monkeypatch, at_once):
    monkeypatch.setattr(rollout, "ROWS_AT_ONCE", at_once)
    prompts = read_rollout(json.dumps(rollout_payload(mixed_prompts())).encode()).prompts
    encoded = {item.id: model.encoder.encode(item) for item in prompts}
    rows = run(model, mixed_prompts(), stop=[])
    assert max(len(row.tokens) for row in rows.values()) > 64  # the cache has grown once
    with torch.no_grad():
        for (name, _), row in rows.items():
            plain = network_log_probs(model, encoded[name], row.tokens)
            assert row.log_probs == pytest.approx(plain.tolist(), abs=1e-5)


def test_the_decoder_goes_past_its_first_table_of_positions(model, monkeypatch):
    monkeypatch.setattr("sightline_policy.decoder._POSITIONS_AT_ONCE", 16)
    short = run(model, mixed_prompts())
    monkeypatch.undo()
    assert {name: row.tokens for name, row in run(model, mixed_prompts()).items()} == {
        name: row.tokens for name, row in short.items()
    }
