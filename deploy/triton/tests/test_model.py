import json

import pytest
import torch

from sightline_policy.payloads import read_fit, read_rollout, read_train
from sightline_policy.rollout import roll_out, uniforms
from sightline_policy.train import OptimizerSettings, fit_step, grpo_step

from conftest import (
    fit_payload,
    mixed_prompts,
    network_log_probs,
    network_logits,
    picture,
    prompt,
    rollout_payload,
    train_payload,
)


def quiet(phase, done, total):
    pass


def read(payload):
    return read_rollout(json.dumps(payload).encode())


def as_rows(samples, prompts):
    return [
        {"prompt": prompts[s.prompt]["id"], "sample": s.sample, "tokens": s.tokens, "logProbs": s.log_probs}
        for s in samples
    ]


def test_an_84_pixel_image_is_3_by_3_merged_tokens(model):
    request = read(rollout_payload([prompt("a", picture(1))]))
    encoded = model.encoder.encode(request.prompts[0])
    assert encoded.grid == (1, 6, 6)
    assert int((encoded.ids == model.network.config.image_token_id).sum()) == 9


def test_positions_are_those_of_transformers(model):
    for item in read(rollout_payload(mixed_prompts())).prompts:
        encoded = model.encoder.encode(item)
        kinds = (encoded.ids == model.network.config.image_token_id).int()[None]
        grid = None if encoded.grid is None else torch.tensor([encoded.grid])
        positions, delta = model.network.model.get_rope_index(encoded.ids[None], kinds, image_grid_thw=grid)
        assert torch.equal(positions[:, 0], encoded.positions)
        assert encoded.next_position == encoded.length + int(delta)


def test_a_greedy_result_does_not_depend_on_companions(model):
    prompts = mixed_prompts()
    together, _ = roll_out(model, read(rollout_payload(prompts, 2, 0.0)), quiet)
    for index, item in enumerate(prompts):
        alone, _ = roll_out(model, read(rollout_payload([item], 1, 0.0)), quiet)
        assert alone[0].tokens == together[2 * index].tokens
        assert alone[0].log_probs == pytest.approx(together[2 * index].log_probs, abs=1e-5)


def test_a_given_opening_is_read_as_if_the_policy_had_said_it(model):
    opening = "<description>--F/-FF/RF-</description>"
    request = read(rollout_payload([prompt("a", picture(1), prefix=opening)], samples=1, temperature=0))
    (given,), _ = roll_out(model, request, quiet)
    assert given.tokens and len(given.tokens) == len(given.log_probs)
    said = model.tokenizer.encode(opening)
    plain = model.encoder.encode(read(rollout_payload([prompt("a", picture(1))])).prompts[0])
    logits = network_logits(model, plain, said + given.tokens)
    assert logits[len(said) :].argmax(dim=-1).tolist() == given.tokens


def test_samples_follow_their_own_seed_only(model):
    prompts = mixed_prompts()
    payload = rollout_payload(prompts, 4)
    together, _ = roll_out(model, read(payload), quiet)
    single = {**payload, "prompts": [prompts[2]], "samples": 1, "sampleSeeds": [[payload["sampleSeeds"][2][3]]]}
    alone, _ = roll_out(model, read(single), quiet)
    assert alone[0].tokens == together[2 * 4 + 3].tokens
    assert len({tuple(s.tokens) for s in together[:4]}) == 4


def test_uniform_numbers_look_uniform_and_differ():
    import numpy as np

    seeds = np.arange(2000, dtype=np.int64).astype(np.uint64)
    values = np.stack([uniforms(seeds, np.full(len(seeds), position)) for position in range(20)])
    assert values.min() >= 0.0 and values.max() < 1.0
    assert abs(values.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(values[:, :-1].ravel(), values[:, 1:].ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(values[:-1].ravel(), values[1:].ravel())[0, 1]) < 0.02
    assert len(np.unique(values)) == values.size


@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_sampler_log_probs_are_those_of_a_teacher_forced_pass(model, temperature):
    request = read(rollout_payload(mixed_prompts(), 3, temperature))
    samples, _ = roll_out(model, request, quiet)
    encoded = [model.encoder.encode(item) for item in request.prompts]
    with torch.no_grad():
        for sample in samples:
            plain = network_log_probs(model, encoded[sample.prompt], sample.tokens, temperature)
            assert sample.log_probs == pytest.approx(plain.tolist(), abs=1e-4)


def test_stop_strings_end_a_completion_and_stay_in_its_text(model):
    payload = rollout_payload([prompt("a", picture(1))], 128, most=4)
    payload["stop"] = ["e", "zz"]
    samples, _ = roll_out(model, read(payload), quiet)
    texts = [model.tokenizer.decode([t for t in s.tokens if t != model.tokenizer.end_of_turn]) for s in samples]
    assert {s.finish for s in samples} >= {"stop", "length"}
    for sample, text in zip(samples, texts, strict=True):
        if sample.finish == "stop":
            assert "e" in text or "zz" in text
            assert "e" not in model.tokenizer.decode(sample.tokens[:-1])
        else:
            assert "e" not in text
        assert (sample.finish == "length") == (len(sample.tokens) == 4 and sample.finish not in ("stop", "eos"))


def fresh(model):
    from sightline_policy.tiny_vl import TinyVl

    other = TinyVl(model.settings, model.device)
    return other, OptimizerSettings(0.9, 0.999, 1e-8, 0.0).create(other)


def test_micro_batches_change_a_step_by_rounding_only(model):
    prompts = mixed_prompts()
    samples, _ = roll_out(model, read(rollout_payload(prompts, 3)), quiet)
    results = []
    for plan in ([list(range(18))], [[17, 0, 5], [1, 2, 3, 4], list(range(6, 17))]):
        mine, optimizer = fresh(model)
        payload = train_payload(prompts, as_rows(samples, prompts), microBatches=plan)
        metrics, skipped = grpo_step(mine, optimizer, read_train(json.dumps(payload).encode(), "run-1"), quiet)
        assert not skipped
        results.append((metrics, mine))
    (one, first), (two, second) = results
    assert one.loss == pytest.approx(two.loss, abs=1e-6)
    assert one.gradient_norm == pytest.approx(two.gradient_norm, rel=1e-4)
    assert one.ratio / one.tokens == pytest.approx(1.0, abs=1e-5)
    # AdamW's first step has the size of the learning rate wherever the sign is sure.
    close = [
        (a - b).abs().lt(1e-4).float().mean()
        for (_, a), (_, b) in zip(first.named_parameters(), second.named_parameters(), strict=True)
    ]
    assert min(close) > 0.95


def test_training_raises_the_advantaged_completion(model):
    prompts = [prompt("a", picture(1))]
    samples, _ = roll_out(model, read(rollout_payload(prompts, 3)), quiet)
    rows = as_rows(samples, prompts)
    mine, optimizer = fresh(model)
    for step in range(5):
        payload = train_payload(prompts, rows, step=step, microBatches=[[0, 1, 2]])
        grpo_step(mine, optimizer, read_train(json.dumps(payload).encode(), "run-1"), quiet)
    encoded = mine.encoder.encode(read(rollout_payload(prompts)).prompts[0])
    with torch.no_grad():
        after = torch.stack([network_log_probs(mine, encoded, s.tokens).sum() for s in samples])
    before = torch.tensor([sum(s.log_probs) for s in samples])
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_fitting_learns_its_targets(model):
    prompts = mixed_prompts()[:2]
    mine, optimizer = fresh(model)
    losses = []
    for step in range(40):
        request = read_fit(json.dumps(fit_payload(prompts, step=step, learningRate=3e-3)).encode(), "run-1")
        losses.append(fit_step(mine, optimizer, request, quiet)[0].loss)
    assert losses[0] > 5.5
    assert losses[-1] < 1.0
