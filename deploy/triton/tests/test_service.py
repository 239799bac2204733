import hashlib
import json
import threading
import time

import pytest

from sightline_policy.canonical import base_lineage, canonical_bytes, step_lineage
from sightline_policy.jobs import Job
from sightline_policy.rollout import Sample
from sightline_policy.service import PolicyService

from client import Client, Refused
from conftest import MODEL, OPEN, fit_payload, mixed_prompts, picture, prompt, rollout_payload, train_payload
from journal import live_steps


def refused(type_, call):
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.type == type_, caught.value
    return caught.value


def encode(payload):
    return json.dumps(payload).encode()


@pytest.fixture
def opened(client):
    return client.ask("open", OPEN)


def fit(client, lineage, step, **changes):
    return client.job("fit", fit_payload(mixed_prompts()[:2], run=client.run, step=step, **changes), lineage=lineage)


def journal(service_state):
    return [json.loads(line) for line in (service_state / "journal.jsonl").read_text().splitlines()]


def test_ping_and_describe(client, service):
    ping = client.ask("ping")
    assert ping["incarnation"] == service.incarnation and ping["running"] is None and ping["runs"] == []
    description = client.ask("describe")
    kept = {k: v for k, v in description.items() if k not in ("protocol", "maxChunkBytes", "environmentDigest")}
    assert hashlib.sha256(canonical_bytes(kept)).hexdigest() == description["environmentDigest"]


def test_open_is_idempotent_and_says_the_base_lineage(client, opened):
    environment = client.ask("describe")["environmentDigest"]
    assert opened["lineage"] == base_lineage(opened["baseStateDigest"], "5" * 64, environment)
    assert "alreadyOpen" not in opened
    assert client.ask("open", OPEN) == {**opened, "alreadyOpen": True}
    refused("STEP_CONFLICT", lambda: client.ask("open", {**OPEN, "runDigest": "6" * 64}))
    assert client.ask("close") == {} and client.ask("close") == {}
    assert client.ask("open", OPEN) == opened


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"protocol": 2}, "protocol"),
        ({"operation": "launch"}, "operation"),
        ({"surprise": 1}, "surprise"),
        ({"body": {"surprise": 1}}, "body.surprise"),
        ({"operation": "poll", "key": None}, "key"),
        ({"operation": "close", "fencingToken": None}, "fencingToken"),
        ({"operation": "open", "body": {**OPEN, "runDigest": "abc"}}, "body.runDigest"),
        ({"operation": "open", "body": {**OPEN, "model": {**MODEL, "heads": 3}}}, "body.model.keyValueHeads"),
        ({"expectedLineage": "XYZ"}, "expectedLineage"),
    ],
)
def test_what_the_protocol_does_not_know_is_named(service, change, field):
    request = {"protocol": 1, "operation": "ping", "run": "r", "fencingToken": 1, **change}
    answer = json.loads(service.handle(encode(request))[0])
    assert not answer["ok"]
    assert (answer["error"]["type"], answer["error"]["detail"]["field"]) == ("PROTOCOL_VIOLATION", field)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b'{"protocol":1,"protocol":1}', b'{"protocol":NaN}', b"[" * 100000]
)
def test_what_is_not_an_envelope_is_refused(service, data):
    assert json.loads(service.handle(data)[0])["error"]["type"] == "PROTOCOL_VIOLATION"


def test_tokens_only_grow_even_over_restarts(tmp_path):
    service = PolicyService(tmp_path, threads=2, device="cpu")
    Client(service.handle, token=7).ask("close")
    refused("STALE_TOKEN", lambda: Client(service.handle, token=6).ask("close"))
    Client(service.handle, run="other", token=1).ask("close")
    service.close()
    service = PolicyService(tmp_path, threads=2, device="cpu")
    error = refused("STALE_TOKEN", lambda: Client(service.handle, token=6).ask("close"))
    assert error.detail["highest"] == 7
    Client(service.handle, token=7).ask("close")
    service.close()


def test_an_old_incarnation_is_told(client):
    refused("INCARNATION_CHANGED", lambda: client.ask("ping", incarnation="0" * 32))


def test_uploads_come_in_chunks_and_are_verified(client):
    data = bytes(range(256)) * 10
    digest = hashlib.sha256(data).hexdigest()

    def put(offset, chunk, digest=digest):
        return client.ask("upload", {"digest": digest, "offset": offset, "total": len(data)}, chunk)

    assert put(0, data[:1000]) == {"received": 1000, "complete": False}
    assert put(0, data[:1000]) == {"received": 1000, "complete": False}
    assert refused("INVALID_REQUEST", lambda: put(1500, data[1500:])).detail["received"] == 1000
    assert put(1000, data[1000:]) == {"received": 2560, "complete": True}
    assert put(0, data[:10]) == {"received": 2560, "complete": True}
    refused("INVALID_REQUEST", lambda: put(0, data, "a" * 64))
    refused("PROTOCOL_VIOLATION", lambda: client.ask("ping", chunk=b"x"))


def test_what_can_be_said_at_once_is_said_by_submit(client, opened):
    lineage = opened["lineage"]
    body = {"kind": "rollout", "input": "a" * 64, "parameters": {}}

    def submit(run="run-1", expected=lineage, key="k", **changes):
        Client(client._call, run).ask("submit", {**body, **changes}, key=key, expectedLineage=expected)

    refused("POLICY_UNKNOWN", lambda: submit(run="nobody"))
    assert refused("POLICY_BEHIND", lambda: submit(expected="b" * 64)).detail["lineage"] == lineage
    assert refused("PAYLOAD_MISSING", submit).detail["digests"] == ["a" * 64]
    refused("PROTOCOL_VIOLATION", lambda: submit(expected=None))
    refused("PROTOCOL_VIOLATION", lambda: submit(kind="dance"))
    refused("PROTOCOL_VIOLATION", lambda: submit(input=None))
    refused("JOB_UNKNOWN", lambda: client.ask("poll", key="k"))


def test_a_rollout_is_a_function_of_state_and_payload(client, opened):
    payload = rollout_payload(mixed_prompts())
    keys = [client.submit("rollout", payload, lineage=opened["lineage"], key=f"r{i}") for i in range(2)]
    first, second = (client.wait(key) for key in keys)
    assert first == second
    assert client.ask("poll", key="r0")["resultDigest"] == client.ask("poll", key="r1")["resultDigest"]
    assert [(c["prompt"], c["sample"]) for c in first["completions"]] == [(p, s) for p in "abcdef" for s in range(3)]
    assert first["metrics"]["completionTokens"] == sum(len(c["tokens"]) for c in first["completions"])
    assert client.result("r0", chunk_bytes=777) == canonical_bytes(first)
    assert client.ask("poll", key="r0")["seconds"] > 0


def test_a_look_at_a_running_rollout_tells_how_far_its_completions_are():
    job = Job("run-1", "r0", "rollout", None, {}, None, state="RUNNING")
    assert "sampled" not in job.as_json()
    rows = [Sample(0, 0, tokens=[1, 2, 3], finish="stop"), Sample(0, 1, tokens=[4, 5]), Sample(0, 2)]
    job.watch(rows)
    assert job.as_json()["sampled"] == {"lengths": [3, 2, 0], "growing": [1, 2]}
    job.finish({"lineage": "a" * 64})
    assert "sampled" not in job.as_json()


def test_the_completions_that_are_watched_are_those_that_come(client, opened, monkeypatch):
    seen = []
    watch = Job.watch
    monkeypatch.setattr(Job, "watch", lambda job, rows: (seen.append(rows), watch(job, rows)))
    client.submit("rollout", rollout_payload(mixed_prompts()), lineage=opened["lineage"], key="r0")
    lengths = [len(completion["tokens"]) for completion in client.wait("r0")["completions"]]
    assert [len(row.tokens) for row in seen[0]] == lengths
    assert "sampled" not in client.ask("poll", key="r0")


def test_a_key_attaches_to_the_same_request_only(client, opened):
    payload = rollout_payload(mixed_prompts()[:1])
    client.submit("rollout", payload, lineage=opened["lineage"], key="k")
    client.submit("rollout", payload, lineage=opened["lineage"], key="k")
    client.wait("k")
    client.submit("rollout", payload, lineage=opened["lineage"], key="k")
    assert client.ask("statistics")["jobs"] == {"rollout.DONE": 1}
    other = rollout_payload(mixed_prompts()[:1], seed=9)
    refused("STEP_CONFLICT", lambda: client.submit("rollout", other, lineage=opened["lineage"], key="k"))


def test_bad_payloads_name_their_field(client, opened):
    good = rollout_payload(mixed_prompts()[:2])
    cases = {
        "payload.prompts[0].text": {
            **good,
            "prompts": [{**good["prompts"][0], "text": "no mark"}],
            "sampleSeeds": None,
        },
        "payload.sampleSeeds": {**good, "sampleSeeds": [["1"]]},
        "payload.extra": {**good, "extra": 1},
        "prompts": {**good, "prompts": [{**p, "image": p["image"] and "AAAA"} for p in good["prompts"]]},
    }
    for field, payload in cases.items():
        key = client.submit("rollout", payload, lineage=opened["lineage"], key="bad")
        assert refused("INVALID_REQUEST", lambda key=key: client.wait(key)).detail["field"] == field


def test_a_step_moves_the_lineage_once(client, service, tmp_path, opened):
    base = opened["lineage"]
    payload = fit_payload(mixed_prompts())
    batch = hashlib.sha256(encode(payload)).hexdigest()
    first = client.job("fit", payload, lineage=base)
    assert first["lineageBefore"] == base and first["batchDigest"] == batch
    assert first["lineage"] == step_lineage(base, batch, payload["identity"])
    assert client.job("fit", payload, lineage=base) == first
    other = fit_payload(mixed_prompts(), learningRate=0.5)
    refused("STEP_CONFLICT", lambda: client.job("fit", other, lineage=base))
    second_step = fit_payload(mixed_prompts(), step=2)
    refused("POLICY_BEHIND", lambda: client.job("fit", second_step, lineage="c" * 64))
    second = client.job("fit", second_step, lineage=first["lineage"])
    refused("POLICY_BEHIND", lambda: client.job("fit", payload, lineage=base))
    ping = client.ask("ping")["runs"]
    assert ping == [{"run": "run-1", "lineage": second["lineage"], "stateDigest": second["stateDigest"]}]
    steps = [e for e in journal(tmp_path / "state") if e["event"] == "step"]
    assert [e["lineage"] for e in steps] == [first["lineage"], second["lineage"]]
    assert steps[0]["batchDigest"] == batch


def test_results_stay_for_two_steps(client, opened):
    lineage, keys = opened["lineage"], []
    for step in range(3):
        keys.append(client.submit("fit", fit_payload(mixed_prompts()[:2], step=step), lineage=lineage))
        lineage = client.wait(keys[-1])["lineage"]
    refused("JOB_UNKNOWN", lambda: client.ask("poll", key=keys[0]))
    assert client.ask("poll", key=keys[1])["state"] == "DONE"


def test_a_loss_that_is_not_finite_leaves_the_state_alone(client, opened):
    lineage = opened["lineage"]
    prompts = mixed_prompts()[:2]
    rollout = client.job("rollout", rollout_payload(prompts), lineage=lineage)
    before = client.job("fit", fit_payload(prompts), lineage=lineage)
    payload = train_payload(prompts, rollout["completions"], step=2)
    payload["completions"][0]["logProbs"][0] = -1e30
    payload["completions"][0]["advantage"] = -1.0
    refused("NOT_FINITE", lambda: client.job("train", payload, lineage=before["lineage"]))
    assert client.ask("ping")["runs"][0]["lineage"] == before["lineage"]
    reference = fit(client, before["lineage"], 3)
    client.job("reset")
    again = client.job("fit", fit_payload(prompts), lineage=lineage)
    assert again["stateDigest"] == before["stateDigest"]
    assert fit(client, again["lineage"], 3)["stateDigest"] == reference["stateDigest"]


def test_zero_advantage_steps_can_be_skipped(client, opened):
    prompts = mixed_prompts()[:2]
    rollout = client.job("rollout", rollout_payload(prompts), lineage=opened["lineage"])
    payload = train_payload(prompts, rollout["completions"], zeroAdvantage="skip")
    for row in payload["completions"]:
        row["advantage"] = 0.0
    result = client.job("train", payload, lineage=opened["lineage"])
    assert result["skipped"] and result["stateDigest"] == opened["baseStateDigest"]
    assert result["lineage"] != opened["lineage"]
    applied = train_payload(prompts, payload["completions"], step=2)
    for row in applied["completions"]:
        row["advantage"] = 0.0
    result = client.job("train", applied, lineage=result["lineage"])
    # Weight decay moves the weights although the gradient is zero.
    assert not result["skipped"] and result["stateDigest"] != opened["baseStateDigest"]
    assert result["metrics"]["gradientNorm"] == 0


def test_restore_and_go_on_equals_never_stopping(client, service, tmp_path, opened):
    first = fit(client, opened["lineage"], 1)
    saved = client.job("checkpoint", parameters={"name": "run-1/0-1"})
    assert client.job("checkpoint", parameters={"name": "again"}, lineage=first["lineage"]) == saved
    second = fit(client, first["lineage"], 2)
    third = fit(client, second["lineage"], 3)
    for new_server in (False, True):
        if new_server:
            service.close()
            service = PolicyService(tmp_path / "state", threads=2, device="cpu")
            client = Client(service.handle, token=2)
            client.ask("open", OPEN)
        restored = client.job("restore", parameters={"checkpoint": saved["checkpoint"]})
        assert restored == {"lineage": first["lineage"], "stateDigest": first["stateDigest"]}
        # The step before the checkpoint may be asked for again, the steps after it are made again.
        assert fit(client, opened["lineage"], 1) == first
        assert fit(client, first["lineage"], 2) == second
        assert fit(client, second["lineage"], 3) == third
    live = live_steps(tmp_path / "state" / "journal.jsonl", "run-1")
    assert [e["lineage"] for e in live] == [first["lineage"], second["lineage"], third["lineage"]]
    assert [row["checkpoint"] for row in client.ask("list")["checkpoints"]] == [saved["checkpoint"]]
    service.close()


def test_a_repeated_restore_key_restores_again(client, opened):
    first = fit(client, opened["lineage"], 1)
    saved = client.job("checkpoint", parameters={"name": "n"})
    client.job("restore", parameters={"checkpoint": saved["checkpoint"]}, key="bring")
    fit(client, first["lineage"], 2)
    client.job("restore", parameters={"checkpoint": saved["checkpoint"]}, key="bring")
    assert client.ask("ping")["runs"][0]["lineage"] == first["lineage"]
    client.job("reset", key="base")
    assert client.ask("ping")["runs"][0] == {
        "run": "run-1", "lineage": opened["lineage"], "stateDigest": opened["baseStateDigest"]
    }  # fmt: skip


def test_broken_and_missing_checkpoints_have_names(client, service, tmp_path, opened):
    step = fit(client, opened["lineage"], 1)
    saved = client.job("checkpoint", parameters={"name": "n"})["checkpoint"]
    refused("CHECKPOINT_MISSING", lambda: client.job("restore", parameters={"checkpoint": "0" * 64}))
    file = tmp_path / "state" / "checkpoints" / saved / "model.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    error = refused("CHECKPOINT_CORRUPT", lambda: client.job("restore", parameters={"checkpoint": saved}))
    assert error.detail["file"] == "model.safetensors"
    assert client.ask("ping")["runs"][0]["lineage"] == step["lineage"]
    # Writing the same state again mends it.
    assert client.job("checkpoint", parameters={"name": "n"}, key="mend")["checkpoint"] == saved
    client.job("restore", parameters={"checkpoint": saved}, key="mended")
    assert client.ask("prune", {"checkpoints": [saved, "0" * 64]}) == {"removed": [saved]}
    assert client.ask("list")["checkpoints"] == []


def test_a_pass_over_the_budget_touches_nothing_and_a_smaller_plan_does_the_step(client, opened, monkeypatch):
    payload = fit_payload(mixed_prompts())
    parts = {**payload, "microBatches": [[index] for index in range(len(payload["completions"]))]}
    whole = client.job("fit", payload, lineage=opened["lineage"], key="whole")
    client.job("reset", key="back")
    monkeypatch.setenv("SIGHTLINE_POLICY_PASS_TOKENS", "120")
    error = refused("OUT_OF_MEMORY", lambda: client.job("fit", payload, lineage=opened["lineage"], key="step"))
    assert error.detail["tokens"] > error.detail["budget"] == 120
    state = {"run": "run-1", "lineage": opened["lineage"], "stateDigest": opened["baseStateDigest"]}
    assert client.ask("ping")["runs"] == [state]
    done = client.job("fit", parts, lineage=opened["lineage"], key="step")
    assert done["metrics"]["loss"] == pytest.approx(whole["metrics"]["loss"], rel=1e-5)
    assert done["metrics"]["gradientNorm"] == pytest.approx(whole["metrics"]["gradientNorm"], rel=1e-4)
    monkeypatch.setenv("SIGHTLINE_POLICY_PASS_TOKENS", "10")
    refused("OUT_OF_MEMORY", lambda: client.job("fit", {**parts, "identity": {**parts["identity"], "step": 2}},
                                                lineage=done["lineage"], key="single"))  # fmt: skip


def test_score_takes_smaller_passes_by_itself(client, opened, monkeypatch):
    prompts = mixed_prompts()
    rollout = client.job("rollout", rollout_payload(prompts), lineage=opened["lineage"])
    asked = [{"prompt": c["prompt"], "tokens": c["tokens"]} for c in rollout["completions"]]
    payload = {"prompts": prompts, "completions": asked}
    whole = client.job("score", payload, lineage=opened["lineage"], key="whole")
    monkeypatch.setenv("SIGHTLINE_POLICY_PASS_TOKENS", "120")
    parts = client.job("score", payload, lineage=opened["lineage"], key="parts")
    for one, other in zip(whole["completions"], parts["completions"], strict=True):
        assert one["logProbs"] == pytest.approx(other["logProbs"], abs=1e-4)


def test_a_killed_write_leaves_nothing(tmp_path):
    (tmp_path / "owner").write_text("me")
    (tmp_path / "checkpoints" / ".writing-me-abc").mkdir(parents=True)
    (tmp_path / "journal.jsonl").write_bytes(b'{"sequence":4}\n{"sequence":5,"ev')
    service = PolicyService(tmp_path, threads=2, device="cpu")
    client = Client(service.handle)
    assert client.ask("list")["checkpoints"] == []
    assert list((tmp_path / "checkpoints").iterdir()) == []
    client.ask("open", OPEN)
    assert [e["sequence"] for e in journal(tmp_path)] == [4, 5]
    service.close()


def test_a_run_may_start_from_another_runs_checkpoint(client, service, opened):
    step = fit(client, opened["lineage"], 1)
    saved = client.job("checkpoint", parameters={"name": "n"})["checkpoint"]
    arm = Client(service.handle, run="arm")
    body = {**OPEN, "base": {"checkpoint": saved}}
    started = arm.ask("open", body)
    assert started["baseStateDigest"] != opened["baseStateDigest"]
    moved = fit(arm, started["lineage"], 1)
    client.ask("prune", {"checkpoints": [saved]})
    reset = arm.job("reset")
    assert reset == {"lineage": started["lineage"], "stateDigest": started["baseStateDigest"]}
    assert fit(arm, started["lineage"], 1) == moved
    refused("CHECKPOINT_MISSING", lambda: Client(service.handle, run="late").ask("open", body))
    assert step["lineage"] == client.ask("ping")["runs"][1]["lineage"]


def test_score_gives_the_log_probs_of_the_sampler(client, opened):
    prompts = mixed_prompts()
    rollout = client.job("rollout", rollout_payload(prompts), lineage=opened["lineage"])
    asked = [{"prompt": c["prompt"], "tokens": c["tokens"]} for c in rollout["completions"]]
    scored = client.job("score", {"prompts": prompts, "completions": asked}, lineage=opened["lineage"])
    for mine, theirs in zip(scored["completions"], rollout["completions"], strict=True):
        assert mine["prompt"] == theirs["prompt"]
        assert mine["logProbs"] == pytest.approx(theirs["logProbs"], abs=1e-4)


def test_cancel_busy_and_latency(client, opened):
    long = rollout_payload([prompt(f"p{i}", picture(i)) for i in range(8)], samples=16, most=2000)
    long["stop"] = []
    client.submit("rollout", long, lineage=opened["lineage"], key="long")
    while client.ask("poll", key="long")["phase"] != "decode":
        time.sleep(0.001)
    assert client.ask("ping")["running"]["key"] == "long"
    client.submit(
        "rollout",
        {**long, "samples": 15, "sampleSeeds": [r[:15] for r in long["sampleSeeds"]]},
        lineage=opened["lineage"],
        key="next",
    )
    refused("POLICY_BUSY", lambda: client.submit("reset", key="third"))
    waits = []
    for _ in range(100):
        started = time.perf_counter()
        client.ask("poll", key="long")
        waits.append(time.perf_counter() - started)
    print(f"poll: median {sorted(waits)[50] * 1e3:.2f} ms, most {max(waits) * 1e3:.2f} ms")
    assert sorted(waits)[50] < 0.05
    assert client.ask("cancel", key="next")["state"] == "CANCELLED"
    client.ask("cancel", key="long")
    refused("CANCELLED", lambda: client.wait("long"))
    assert client.ask("poll", key="long")["state"] == "CANCELLED"
    short = rollout_payload(mixed_prompts()[:1])
    assert client.job("rollout", short, lineage=opened["lineage"], key="long")["completions"]


def test_closing_a_run_ends_its_job(client, opened):
    long = rollout_payload([prompt("p", picture(1))], samples=16, most=3000)
    long["stop"] = []
    client.submit("rollout", long, lineage=opened["lineage"], key="long")
    client.ask("close")
    refused("JOB_UNKNOWN", lambda: client.ask("poll", key="long"))
    deadline = time.monotonic() + 20
    while client.ask("ping")["running"] is not None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert client.ask("ping")["running"] is None


def test_one_state_folder_has_one_server(tmp_path, monkeypatch):
    import sightline_policy.service as module

    service = PolicyService(tmp_path, threads=2, device="cpu")
    monkeypatch.setattr(module, "_LOCK_WAIT_SECONDS", 0.1)
    with pytest.raises(RuntimeError, match="another policy server"):
        PolicyService(tmp_path, threads=2, device="cpu")
    service.close()


def test_export_loads_in_transformers(client, opened, tmp_path):
    from transformers import AutoTokenizer, Qwen2_5_VLForConditionalGeneration

    target = tmp_path / "exported"
    result = client.job("export", parameters={"directory": str(target)})
    for name, digest in result["files"].items():
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == digest
    network = Qwen2_5_VLForConditionalGeneration.from_pretrained(target)
    assert sum(p.numel() for p in network.parameters()) == opened["parameters"]
    tokenizer = AutoTokenizer.from_pretrained(target)
    assert len(tokenizer("<answer>3</answer>")["input_ids"]) == 3
    refused("INVALID_REQUEST", lambda: client.job("export", parameters={"directory": str(target)}, key="again"))


def test_calls_from_two_threads_do_not_mix(client, opened):
    errors = []

    def ask():
        try:
            for _ in range(50):
                client.ask("ping")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    fit(client, opened["lineage"], 1)
    for thread in threads:
        thread.join()
    assert errors == []
