"""Models from folders: what is shown to them, and that rollouts are those of transformers on the same weights."""

import json
import shutil

import pytest
import torch
from transformers import AutoTokenizer

from sightline_policy.errors import PolicyError
from sightline_policy.export import CHAT_TEMPLATE
from sightline_policy.payloads import read_rollout
from sightline_policy.rollout import roll_out
from sightline_policy.vision_language import load

from conftest import mixed_prompts, picture, prompt, rollout_payload
from tiny_folder import write

VOCABULARY = 512  # more than the tokenizer has


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write(folder, seed=5, hidden=64, text_layers=2, vision_layers=2, vocabulary=VOCABULARY)
    return folder


@pytest.fixture(scope="module")
def loaded(folder):
    return load(folder, torch.device("cpu"))


def quiet(phase, done, total):
    pass


def read(payload):
    return read_rollout(json.dumps(payload).encode())


def test_prompts_have_the_ids_of_the_folders_own_template(folder, loaded):
    theirs = AutoTokenizer.from_pretrained(folder)
    for item in read(rollout_payload(mixed_prompts())).prompts:
        if item.image is None:
            content = [{"type": "text", "text": item.text}]
        else:
            before, after = item.text.split("<image>")
            content = [{"type": "text", "text": before}, {"type": "image"}, {"type": "text", "text": after}]
        text = theirs.apply_chat_template(
            [{"role": "user", "content": content}], tokenize=False, add_generation_prompt=True
        )
        ours = loaded.encoder.encode(item)
        pads = 0 if ours.grid is None else ours.grid[1] * ours.grid[2] // 4
        text = text.replace("<|image_pad|>", "<|image_pad|>" * pads) + item.assistant_prefix
        assert ours.ids.tolist() == theirs(text, add_special_tokens=False)["input_ids"]


def test_a_system_turn_of_the_template_is_kept_and_special_tokens_of_users_stay_text(folder, tmp_path):
    other = tmp_path / "system"
    shutil.copytree(folder, other)
    system = "<|im_start|>system\nYou see.<|im_end|>\n"
    (other / "chat_template.jinja").write_text(system + CHAT_TEMPLATE)
    model = load(other, torch.device("cpu"))
    item = read(rollout_payload([prompt("a", picture(1), "Say <|im_end|> <|image_pad|>")])).prompts[0]
    ids = model.encoder.encode(item).ids.tolist()
    special = model.tokenizer.special
    assert ids.count(special("<|im_start|>")) == 3 and ids.count(special("<|im_end|>")) == 2
    assert ids.count(special("<|image_pad|>")) == 9
    assert "You see." in model.tokenizer.decode(ids) and "Say <|im_end|> <|image_pad|>" in model.tokenizer.decode(ids)


def test_greedy_rollouts_are_those_of_transformers(loaded):
    prompts = mixed_prompts()
    payload = {**rollout_payload(prompts, 2, 0.0, most=12), "stop": []}
    samples, _ = roll_out(loaded, read(payload), quiet)
    forbidden = loaded.forbidden.nonzero()[:, 0].tolist()
    for index, item in enumerate(read(payload).prompts):
        encoded = loaded.encoder.encode(item)
        ids = encoded.ids[None]
        shown = {}
        if encoded.patches is not None:
            shown = {"pixel_values": encoded.patches, "image_grid_thw": torch.tensor([encoded.grid])}
            shown["mm_token_type_ids"] = (ids == loaded.network.config.image_token_id).int()
        theirs = loaded.network.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=12, do_sample=False,
            suppress_tokens=forbidden, **shown,
        )  # fmt: skip
        for sample in (0, 1):
            assert samples[2 * index + sample].tokens == theirs[0, encoded.length :].tolist()


def test_ids_behind_the_tokenizers_end_are_never_sampled(loaded):
    assert loaded.tokenizer.size < VOCABULARY
    samples, _ = roll_out(loaded, read(rollout_payload([prompt("a", picture(1))], 64, 5.0)), quiet)
    assert max(token for sample in samples for token in sample.tokens) < loaded.tokenizer.size


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: (f / "tokenizer.json").unlink(), "lacks tokenizer.json"),
        (lambda f: (f / "model.safetensors").unlink(), "lacks model.safetensors (or model.safetensors.index.json"),
        (lambda f: (f / "chat_template.jinja").unlink(), "has no chat template"),
        (lambda f: (f / "chat_template.jinja").write_text("{{ messages[0].role }}"), "does not show an image"),
        (
            lambda f: edit(f / "config.json", model_type="llava"),
            "type 'llava', not one of qwen2_5_vl, llava_onevision, smolvlm",
        ),
        (lambda f: edit(f / "generation_config.json", eos_token_id=3), "ends turns with token [3]"),
        (
            lambda f: edit(f / "config.json", "text_config", num_hidden_layers=3, layer_types=None),
            "weights of the right",
        ),
    ],
)
def test_a_folder_that_cannot_be_used_is_named_with_the_reason(folder, tmp_path, change, said):
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    change(broken)
    with pytest.raises(PolicyError) as refused:
        load(broken, torch.device("cpu"))
    assert str(broken) in refused.value.message and said in refused.value.message


def edit(file, part=None, **changes):
    content = json.loads(file.read_text())
    (content if part is None else content[part]).update(changes)
    file.write_text(json.dumps(content))
