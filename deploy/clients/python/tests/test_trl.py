"""TRL's own GRPOTrainer takes steps by a reward of ours, in the environment of `deploy/trainers/environment`."""

import pytest

from sightline_rewards.trl import reward_funcs

pytest.importorskip("trl", reason="TRL is not installed here; run these tests by tests/run")

import torch
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
from trl import GRPOConfig, GRPOTrainer

WORDS = ["<pad>", "<end>", "<think>", "</think>", "<answer>", "</answer>", "so", "it", "is", ".", "7", "3", "user", "?"]
CHAT = "{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}"


def tokenizer() -> PreTrainedTokenizerFast:
    words = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made = PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<end>", unk_token="?", padding_side="left"
    )
    made.chat_template = CHAT
    return made


def policy() -> Qwen2ForCausalLM:
    torch.manual_seed(3)
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=len(WORDS),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=128,
            pad_token_id=0,
            eos_token_id=1,
        )
    )


@pytest.mark.parametrize("conversational", [False, True])
def test_grpo_steps(client, tmp_path, conversational):
    (inner,) = reward_funcs("vanilla", client=client)
    seen = []

    def vanilla(completions, **others):
        rewards = inner(completions=completions, **others)
        seen.append((completions, others["answer"], others["trainer_state"].global_step, rewards))
        return rewards

    question = "so it is ?"
    prompt = [{"role": "user", "content": question}] if conversational else question
    rows = [{"prompt": prompt, "answer": answer, "answer_type": "INTEGER", "question": question} for answer in "7373"]
    model = policy()
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    trainer = GRPOTrainer(
        model=model,
        reward_funcs=[vanilla],
        processing_class=tokenizer(),
        train_dataset=Dataset.from_list(rows * 8),
        args=GRPOConfig(
            output_dir=str(tmp_path),
            max_steps=4,
            per_device_train_batch_size=64,
            num_generations=16,
            max_completion_length=24,
            learning_rate=1e-2,
            beta=0.0,
            use_cpu=True,
            bf16=False,
            report_to=[],
            logging_steps=1,
            save_strategy="no",
            disable_tqdm=True,
            seed=0,
        ),
    )
    trainer.train()

    assert [step for _, _, step, _ in seen] == [0, 1, 2, 3]
    logs = [entry for entry in trainer.state.log_history if "reward" in entry]
    for (completions, answers, _, rewards), entry in zip(seen, logs, strict=True):
        assert len(rewards) == 64
        texts = [one[0]["content"] if conversational else one for one in completions]
        items = [
            {"completion": text, "answer": answer, "answerType": "integer"}
            for text, answer in zip(texts, answers, strict=True)
        ]
        assert rewards == client.rewards("vanilla", items)
        assert entry["reward"] == pytest.approx(sum(rewards) / 64, abs=1e-5)
        assert "sightline/accuracy" in entry
    assert any(len(set(rewards)) > 1 for *_, rewards in seen)
    assert any(not torch.equal(weights, before[name]) for name, weights in trainer.model.state_dict().items())
