"""Models of LLaVA-OneVision's and SmolVLM's interface: same rollouts and gradients as transformers, same jobs."""

import json

import pytest
import torch
from test_model_folder import body, quiet, step
from transformers import (
    GenerationConfig,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    PreTrainedTokenizerFast,
    SmolVLMConfig,
    SmolVLMForConditionalGeneration,
)
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil
from transformers.models.smolvlm.image_processing_pil_smolvlm import SmolVLMImageProcessorPil

from sightline_policy.export import CHAT_TEMPLATE
from sightline_policy.passes import score_completions
from sightline_policy.payloads import read_rollout
from sightline_policy.rollout import roll_out
from sightline_policy.tokenizer import TOKENIZER_FILE
from sightline_policy.vision_language import load

from conftest import mixed_prompts, rollout_payload

KINDS = ("llava_onevision", "smolvlm")
SIDE, PATCH = 28, 7
TEXT = {
    "hidden_size": 48, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "initializer_range": 0.08, "max_position_embeddings": 2048,
}  # fmt: skip
VISION = {
    "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": SIDE,
    "patch_size": PATCH,
}  # fmt: skip


def tokenizer(*more):
    made = PreTrainedTokenizerFast(
        tokenizer_file=str(TOKENIZER_FILE), bos_token="<|im_start|>", eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    made.add_special_tokens({"additional_special_tokens": ["<image>", *more]})
    made.chat_template = CHAT_TEMPLATE.replace("<|vision_start|><|image_pad|><|vision_end|>", "<image>")
    return made


def llava():
    words = tokenizer()
    config = LlavaOnevisionConfig(
        text_config={"model_type": "qwen2", "vocab_size": len(words), **TEXT},
        vision_config={"model_type": "siglip_vision_model", "vision_use_head": False, **VISION},
        image_token_index=words.convert_tokens_to_ids("<image>"),
        image_grid_pinpoints=[[28, 28], [28, 56], [56, 28], [56, 56], [28, 84], [84, 84]],
    )
    processor = LlavaOnevisionImageProcessorPil(
        size={"height": SIDE, "width": SIDE}, image_grid_pinpoints=config.image_grid_pinpoints
    )
    return words, LlavaOnevisionForConditionalGeneration, config, processor


def smolvlm():
    cells = [f"<row_{row}_col_{column}>" for row in range(1, 5) for column in range(1, 5)]
    words = tokenizer("<fake_token_around_image>", "<global-img>", *cells)
    config = SmolVLMConfig(
        text_config={"model_type": "llama", "vocab_size": len(words), "pad_token_id": words.pad_token_id, **TEXT},
        vision_config=VISION,
        image_token_id=words.convert_tokens_to_ids("<image>"),
        scale_factor=2,
    )
    processor = SmolVLMImageProcessorPil(size={"longest_edge": 2 * SIDE}, max_image_size={"longest_edge": SIDE})
    return words, SmolVLMForConditionalGeneration, config, processor


@pytest.fixture(scope="module", params=KINDS)
def folder(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / request.param
    words, network_class, config, processor = {"llava_onevision": llava, "smolvlm": smolvlm}[request.param]()
    torch.manual_seed(3)
    network = network_class(config)
    network.generation_config = GenerationConfig(eos_token_id=words.eos_token_id, pad_token_id=words.pad_token_id)
    network.save_pretrained(folder)
    words.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def loaded(folder):
    return load(folder, torch.device("cpu"))


def read(payload):
    return read_rollout(json.dumps(payload).encode())


def shown(loaded, encoded):
    """What transformers' forward takes of a prompt besides its ids."""
    return {} if encoded.patches is None else {"pixel_values": encoded.patches[None], **encoded.extras}


def test_greedy_rollouts_are_those_of_transformers(loaded):
    payload = {**rollout_payload(mixed_prompts(), 2, 0.0, most=12), "stop": []}
    samples, _ = roll_out(loaded, read(payload), quiet)
    forbidden = loaded.forbidden.nonzero()[:, 0].tolist()
    for index, item in enumerate(read(payload).prompts):
        encoded = loaded.encoder.encode(item)
        ids = encoded.ids[None]
        theirs = loaded.network.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=12, do_sample=False,
            suppress_tokens=forbidden, **shown(loaded, encoded),
        )  # fmt: skip
        for sample in (0, 1):
            assert samples[2 * index + sample].tokens == theirs[0, encoded.length :].tolist()


def gradients(model):
    return {name: weight.grad.clone() for name, weight in model.named_parameters() if weight.grad is not None}


def test_log_probs_and_gradients_are_those_of_transformers(loaded):
    prompts = [loaded.encoder.encode(item) for item in read(rollout_payload(mixed_prompts())).prompts]
    rows = [(index, [5 + index, 9, 11 + sample]) for index in range(len(prompts)) for sample in range(2)]
    ours = score_completions(loaded, prompts, rows, 1.0).log_probs
    ours.sum().backward()
    found = gradients(loaded)
    loaded.network.zero_grad(set_to_none=True)
    for row, (index, tokens) in enumerate(rows):
        ids = torch.cat([prompts[index].ids, torch.tensor(tokens[:-1])])[None]
        logits = loaded.network(
            input_ids=ids, attention_mask=torch.ones_like(ids), **shown(loaded, prompts[index])
        ).logits[0, prompts[index].length - 1 :]
        plain = torch.log_softmax(logits.masked_fill(loaded.forbidden, -torch.inf), -1)
        plain = plain.gather(-1, torch.tensor(tokens)[:, None])[:, 0]
        torch.testing.assert_close(ours[row].detach(), plain.detach(), rtol=0, atol=1e-5)
        plain.sum().backward()
    theirs = gradients(loaded)
    assert theirs.keys() == found.keys()
    largest = max(float(gradient.abs().max()) for gradient in theirs.values())
    for name, gradient in theirs.items():
        torch.testing.assert_close(found[name], gradient, rtol=1e-4, atol=1e-5 * largest)
    assert {loaded.is_vision(name) for name in theirs} == {True, False}
    loaded.network.zero_grad(set_to_none=True)


def test_special_tokens_are_never_sampled(loaded):
    samples, _ = roll_out(loaded, read(rollout_payload(mixed_prompts()[:1], 64, 5.0)), quiet)
    special = {loaded.tokenizer.special(name) for name in ("<image>", "<|im_start|>", "<|endoftext|>")}
    assert not special & {token for sample in samples for token in sample.tokens}


def test_a_run_trains_comes_back_and_is_exported(client, folder, tmp_path):
    opened = client.open(body(folder, gradientCheckpointing=True))
    first = step(client, opened["lineage"])
    assert first["metrics"]["gradientNorm"] > 0 and not first["skipped"]
    kept = client.job("checkpoint", parameters={"name": "c"}, lineage=first["lineage"])
    client.job("reset")
    restored = client.job("restore", parameters={"checkpoint": kept["checkpoint"]})
    assert restored["stateDigest"] == first["stateDigest"]
    target = tmp_path / "exported"
    client.job("export", parameters={"directory": str(target)})
    payload = {**rollout_payload(mixed_prompts(), 1, 0.0, most=8), "stop": []}
    ours = client.job("rollout", payload, lineage=first["lineage"])["completions"]
    client.ask("close")
    again = client.open(body(target))
    assert client.job("rollout", payload, lineage=again["lineage"])["completions"] == ours
