"""The client against the real service, and the service against the command line."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from sightline_rewards import Client, RewardError, easyr1, verl
from sightline_rewards.items import ground_truth_item, item_of, text_of
from sightline_rewards.trl import reward_funcs

from conftest import SIGHTLINE

CLOCK = {
    "answer": "5:33",
    "answer_type": "TIME",
    "family": "clock",
    "asked": '{"kind": "in", "parameters": {"hours": "2", "minutes": "8"}}',
    "scene": '{"hour": "3", "minute": "25"}',
}
SEEN = "<description>hour: 3; minute: 25</description><answer>5:33</answer>"


@pytest.mark.parametrize("design", ["mixture", "perception_gated"])
def test_parity_with_the_command_on_1000_completions(client, odd, tmp_path, design):
    lines = tmp_path / "odd.jsonl"
    lines.write_text("".join(json.dumps(line) + "\n" for line in odd))
    command = [SIGHTLINE, "reward", "score", "--design", design, "--in", lines]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    by_command = [json.loads(line) for line in printed.splitlines()]
    assert len(by_command) == 1000
    assert client.score(design, odd) == by_command
    assert client.rewards(design, odd) == [result["total"] for result in by_command]


def test_batches_keep_their_order(url, odd):
    small = Client(url, batch=7)
    assert [result["id"] for result in small.score("vanilla", odd[:100])] == [line["id"] for line in odd[:100]]
    assert small.score("vanilla", []) == []


def test_many_threads(client, odd):
    wanted = client.rewards("vanilla", odd[:50])
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda _: client.rewards("vanilla", odd[:50]), range(40)):
            assert found == wanted


def test_says_what_is_wrong(client):
    with pytest.raises(RewardError, match=r"items\[0\]: completion: is missing; give a text"):
        client.score("vanilla", [{}])
    with pytest.raises(RewardError, match="design: there is no 'nope' here; use one of vanilla"):
        client.score("nope", [{}])
    with pytest.raises(RewardError, match=r"items\[0\]: scene: is missing, and perception_facts"):
        client.score("perception_facts", [{"completion": "", "answer": "1", "answerType": "integer"}])
    with pytest.raises(RewardError, match="start `sightline reward serve`"):
        Client("http://127.0.0.1:1").designs()
    assert not Client("http://127.0.0.1:1").healthy()
    assert client.healthy()
    with pytest.raises(ValueError, match="url"):
        Client("ftp://x")


def test_designs(client):
    designs = {design["name"]: design for design in client.designs()}
    assert designs["mixture"]["tags"] == ["image_description", "think", "rethink", "answer"]


def test_trl_function(client):
    (plain,) = reward_funcs("perception_facts", client=client)
    assert plain.__name__ == "perception_facts"
    columns = {name: [value] * 3 for name, value in CLOCK.items()}
    wrong = "<description>hour: 9; minute: 25</description><answer>5:33</answer>"
    logged = {}
    conversation = [{"role": "assistant", "content": [{"type": "text", "text": SEEN}]}]
    rewards = plain(
        prompts=["a", "b", "c"],
        completions=[SEEN, wrong, ""],
        completion_ids=[[1], [2, 3], []],
        question=["When is it?"] * 3,
        log_metric=logged.__setitem__,
        **columns,
    )
    assert rewards == [1.0, 0.75, 0.0]
    assert logged["sightline/A"] == pytest.approx(2 / 3)
    assert logged["sightline/P"] == pytest.approx(1 / 3)
    assert plain(prompts=["a"], completions=[conversation], **{name: [value] for name, value in CLOCK.items()}) == [1.0]


def test_verl_calls(client):
    """By the call signature of verl's reward managers; verl itself is not installed here."""
    truth = {**CLOCK, "question": "When is it?"}
    score = verl.compute_score(
        data_source="clock", solution_str=SEEN, ground_truth="5:33", extra_info=truth, design="vanilla", client=client
    )
    assert score["score"] == pytest.approx(0.9)
    assert score["acc"] == 1.0
    assert score["term/accuracy"] == 1.0
    scores = verl.compute_scores(
        data_sources=["a", "a"],
        solution_strs=["<answer>7</answer>", "7"],
        ground_truths=["7", "7"],
        extra_infos=[None, {"index": 1}],
        design="only_accuracy",
        client=client,
    )
    assert [one["score"] for one in scores] == [1.0, 0.0]


def test_easyr1_batch(client):
    """By the call signature of EasyR1's batch reward function; EasyR1 itself is not installed here."""
    scores = easyr1.compute_score(
        [
            {"response": SEEN, "response_length": 12, "ground_truth": json.dumps(CLOCK)},
            {"response": "", "response_length": 0, "ground_truth": json.dumps(CLOCK)},
        ],
        design="perception_facts",
        client=client,
    )
    assert [one["overall"] for one in scores] == [1.0, 0.0]
    assert scores[0]["accuracy"] == 1.0


def test_items_from_rows():
    row = {"answer": 7, "answer_type": "INTEGER", "question": "How many?", "scene": {"a": 1, "b": None}, "image": b""}
    assert item_of(row) == {"answer": "7", "answerType": "INTEGER", "scene": {"a": 1}}
    assert item_of({"question": {"kind": "in"}}) == {"question": {"kind": "in"}}
    assert ground_truth_item("-12") == {"answer": "-12", "answerType": "integer"}
    assert ground_truth_item("green") == {"answer": "green", "answerType": "text"}
    assert text_of([{"role": "assistant", "content": "a"}, {"role": "tool", "content": None}]) == "a"
    with pytest.raises(TypeError):
        text_of(3)
