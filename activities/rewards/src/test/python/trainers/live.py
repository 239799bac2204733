"""Holds formulas.py against the trainers' own code, and says for each what was seen.

$(deploy/trainers/environment) live.py    # status 1 where a formula and its trainer differ, or a trainer is missing
"""

import importlib.metadata
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator

import numpy as np
from cases import cases
from formulas import TRL, VERL, Terms, trl_advantages, verl_advantages

# The trainers compute in float32.
CLOSE = 1e-4


def trl_results(terms: Terms) -> Iterator[tuple[str, np.ndarray]]:
    """Lets a trainer with a random model of one layer generate one token a completion, and pays it our rewards."""
    import torch
    from datasets import Dataset
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
    from trl import GRPOConfig, GRPOTrainer

    words = Tokenizer(models.WordLevel({f"w{i}": i for i in range(32)}, unk_token="w0"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token="w1", pad_token="w2", unk_token="w0", padding_side="left"
    )
    config = LlamaConfig(
        vocab_size=32,
        hidden_size=8,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=1,
        eos_token_id=1,
        pad_token_id=2,
    )
    groups, size = next(iter(terms.values()))[1].shape
    kinds = {
        "grpo": {"scale_rewards": "group"},
        "dr-grpo": {"scale_rewards": "none"},
        "batch-normalised": {"scale_rewards": "batch"},
        "gdpo": {"multi_objective_aggregation": "normalize_then_sum"},
    }
    rows = [{"prompt": f"w{3 + g}"} for g in range(groups) for _ in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        for kind, options in kinds.items():
            torch.manual_seed(0)
            trainer = GRPOTrainer(
                model=LlamaForCausalLM(config),
                reward_funcs=[payer(name, values) for name, (_, values) in terms.items()],
                args=GRPOConfig(
                    output_dir=folder,
                    per_device_train_batch_size=groups * size,
                    num_generations=size,
                    max_completion_length=1,
                    reward_weights=[weight for weight, _ in terms.values()],
                    use_cpu=True,
                    bf16=False,
                    report_to="none",
                    disable_tqdm=True,
                    **options,
                ),
                train_dataset=Dataset.from_list(rows),
                processing_class=tokenizer,
            )
            trainer.model.train()
            advantages = trainer._generate_and_score_completions(rows)["advantages"]
            yield kind, advantages.double().numpy().reshape(groups, size)


def payer(name: str, values: np.ndarray) -> Callable[..., list[float]]:
    def reward(completions: list, **_: object) -> list[float]:
        return values.flatten().tolist()

    reward.__name__ = name
    return reward


def verl_results(terms: Terms) -> Iterator[tuple[str, np.ndarray]]:
    import torch
    from verl.trainer.ppo import core_algos

    weights = [weight for weight, _ in terms.values()]
    columns = {name: values.flatten() for name, (_, values) in terms.items()}
    groups, size = next(iter(terms.values()))[1].shape
    rewards = torch.tensor(sum(weight * values.flatten() for weight, values in terms.values()))[:, None]
    mask = torch.ones(groups * size, 1)
    index = np.repeat(np.arange(groups), size)
    shared = {"token_level_rewards": rewards, "response_mask": mask, "index": index}
    yield "grpo", core_algos.compute_grpo_outcome_advantage(**shared)[0]
    yield "dr-grpo", core_algos.compute_grpo_outcome_advantage(**shared, norm_adv_by_std_in_grpo=False)[0]
    yield "rloo", core_algos.compute_rloo_outcome_advantage(**shared)[0]
    yield (
        "gdpo",
        core_algos.compute_gdpo_outcome_advantage(
            **shared,
            config={"gdpo_reward_keys": list(columns), "gdpo_reward_weights": weights},
            non_tensor_batch=columns,
            batch={"prompts": torch.zeros(groups * size, 1), "attention_mask": torch.ones(groups * size, 2, dtype=int)},
        )[0],
    )


def check(
    package: str,
    version: str,
    results: Callable[[Terms], Iterator[tuple[str, np.ndarray]]],
    formulas: Callable[[Terms], dict[str, np.ndarray]],
) -> bool:
    arrays, worst = 0, 0.0
    try:
        found = importlib.metadata.version(package)
        for name, terms in cases().items():
            wanted = formulas(terms)
            for kind, got in results(terms):
                gap = float(np.abs(np.asarray(got).reshape(wanted[kind].shape) - wanted[kind]).max())
                arrays, worst = arrays + 1, max(worst, gap)
                if not gap <= CLOSE:
                    print(f"{package} {found}: {kind} of '{name}' is {gap:g} away from the formula")
                    return False
    except ImportError as missing:
        print(f"{package}: not compared, {missing}")
        return False
    note = "" if found == version else f"; formulas.py was written from {version}"
    print(f"{package} {found}: {arrays} arrays agree, at most {worst:.1e} apart{note}")
    return True


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    agreed = [
        check("trl", TRL["version"], trl_results, trl_advantages),
        check("verl", VERL["version"], verl_results, verl_advantages),
    ]
    sys.exit(0 if all(agreed) else 1)
