"""Checkpoints in S3, against a real server: kept when acknowledged, gone on with after kills, fetched and verified."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from s3_server import BUCKET, S3Server
from test_triton import WHEEL, Triton, regions

from sightline_policy.group import RankGroup
from sightline_policy.s3_settings import S3Settings
from sightline_policy.service import PolicyService

from client import Client, Refused
from conftest import MODEL, OPEN, ROOT, fit_payload, mixed_prompts

# Weights and moments of several parts of 5 MiB.
LARGE = {**OPEN, "model": {**MODEL, "hiddenSize": 256, "textLayers": 3, "intermediateSize": 1024}}
# Saves a run's first step to S3 and is killed when the server has taken some parts.
SAVE_AND_DIE = """
import json, os, signal, sys, threading
from pathlib import Path
from sightline_policy import bucket
from sightline_policy.s3_settings import S3Settings
from sightline_policy.service import PolicyService
from client import Client
from conftest import fit_payload, mixed_prompts
state, left = Path(sys.argv[1]), int(sys.argv[2])
service = PolicyService(state, threads=2, device="cpu", s3=S3Settings.read(os.environ))
taken = threading.Semaphore(left)
def count(**_):
    if not taken.acquire(blocking=False):
        os.kill(os.getpid(), signal.SIGKILL)
service._checkpoints.remote._bucket._client.meta.events.register("before-send.s3.UploadPart", count)
client = Client(service.handle)
lineage = client.ask("open", json.loads(sys.argv[3]))["lineage"]
client.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
client.job("checkpoint", parameters={"name": "run-1/0-1"})
"""


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    before = dict(os.environ)
    os.environ.update(server.environment)
    yield server
    os.environ.clear()
    os.environ.update(before)
    server.stop()


@pytest.fixture
def serve(s3, tmp_path, request):
    """Gives a server over a state folder of this test, with a prefix of its own in the bucket."""
    prefix, running = request.node.name.replace("_", "-")[:60], []

    def start(name="state", part_mib=5, settings=None):
        for service in running:
            service.close()
        service = PolicyService(tmp_path / name, threads=2, device="cpu", s3=settings or s3.settings(prefix, part_mib))
        running[:] = [service]
        return Client(service.handle)

    start.prefix = f"{prefix}/"
    yield start
    for service in running:
        service.close()


def saved(client, body=OPEN):
    """A run of one step and its checkpoint."""
    lineage = client.open(body)["lineage"]
    step = client.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
    return step, client.job("checkpoint", parameters={"name": "run-1/0-1"})


def restore(client, checkpoint, body=OPEN):
    client.open(body)
    return client.job("restore", parameters={"checkpoint": checkpoint})


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value


def wait_for(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_a_checkpoint_is_in_s3_when_it_is_acknowledged_and_comes_back_from_there(serve, s3, tmp_path):
    step, done = saved(serve())
    name = done["checkpoint"]
    folder = tmp_path / "state" / "checkpoints" / name
    assert s3.keys(serve.prefix) == sorted(f"{serve.prefix}{name}/{file}" for file in done["files"])
    for file in done["files"]:
        stored = s3.client.get_object(Bucket=BUCKET, Key=f"{serve.prefix}{name}/{file}")["Body"].read()
        assert stored == (folder / file).read_bytes()

    shutil.rmtree(folder)
    assert restore(serve(), name) == {"lineage": step["lineage"], "stateDigest": step["stateDigest"]}
    # A server that has never seen the run, and a damaged copy of the folder's.
    assert restore(serve("elsewhere"), name)["stateDigest"] == step["stateDigest"]
    damaged = tmp_path / "elsewhere" / "checkpoints" / name / "optimizer.safetensors"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    assert restore(serve("elsewhere"), name)["stateDigest"] == step["stateDigest"]
    assert damaged.read_bytes() == (tmp_path / "state" / "checkpoints" / name / "optimizer.safetensors").read_bytes()


def test_a_run_starts_from_a_checkpoint_that_is_only_in_s3(serve, tmp_path):
    _, done = saved(serve())
    shutil.rmtree(tmp_path / "state" / "checkpoints")
    client = Client(serve()._call, run="run-2")
    answer = client.ask("open", {**OPEN, "base": {"checkpoint": done["checkpoint"]}})
    assert "loading" in answer
    assert client.open({**OPEN, "base": {"checkpoint": done["checkpoint"]}})["alreadyOpen"]


def test_an_upload_goes_on_behind_a_kill(serve, s3, tmp_path):
    environment = {
        **os.environ, "SIGHTLINE_POLICY_S3": f"s3://{BUCKET}/{serve.prefix}", "SIGHTLINE_POLICY_S3_PART_MIB": "5",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tools", ROOT / "tests"))),
    }  # fmt: skip
    # The kill comes in the upload of the second file, the statement is not there yet.
    command = [sys.executable, "-c", SAVE_AND_DIE, str(tmp_path / "state"), "5", json.dumps(LARGE)]
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-2000:]
    ((key, upload),) = s3.uploads(serve.prefix).items()
    held = s3.parts(key, upload)
    before = s3.sent_parts(serve.prefix)
    assert held and not any(found.endswith("checkpoint.json") for found in s3.keys(serve.prefix))

    client = serve()
    step, done = saved(client, LARGE)
    sent = s3.sent_parts(serve.prefix)
    again = [part for part in sent[len(before) :] if part in before]
    assert len(sent) == len(set(sent)) and not again, "a part that S3 held was sent twice"
    total = sum(-(-(tmp_path / "state" / "checkpoints" / done["checkpoint"] / file).stat().st_size // (5 << 20))
                for file in ("model.safetensors", "optimizer.safetensors"))  # fmt: skip
    assert len(sent) == total and not s3.uploads(serve.prefix)
    print(f"{len(before)} of {total} parts before the kill ({len(held)} of {Path(key).name}), {len(sent) - len(before)}"
          " after it, none twice")  # fmt: skip

    # A repeat of the whole job finds everything there.
    client.job("checkpoint", parameters={"name": "run-1/0-1"})
    assert s3.sent_parts(serve.prefix) == sent
    shutil.rmtree(tmp_path / "state" / "checkpoints")
    assert restore(serve(), done["checkpoint"], LARGE)["stateDigest"] == step["stateDigest"]


def test_a_part_that_s3_holds_wrongly_is_sent_again(serve, s3, tmp_path):
    client = serve()
    lineage = client.open(LARGE)["lineage"]
    client.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
    done = client.job("checkpoint", parameters={"name": "x"})
    key = f"{serve.prefix}{done['checkpoint']}/model.safetensors"
    s3.client.delete_object(Bucket=BUCKET, Key=key)
    sha = {"ChecksumAlgorithm": "SHA256"}
    upload = s3.client.create_multipart_upload(Bucket=BUCKET, Key=key, **sha)["UploadId"]
    s3.client.upload_part(Bucket=BUCKET, Key=key, UploadId=upload, PartNumber=1, Body=bytes(5 << 20), **sha)
    client.job("checkpoint", parameters={"name": "x"})
    stored = s3.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    local = tmp_path / "state" / "checkpoints" / done["checkpoint"] / "model.safetensors"
    assert stored == local.read_bytes()


def test_a_fetch_goes_on_with_what_a_killed_one_left(serve, s3, tmp_path):
    step, done = saved(serve(), LARGE)
    name = done["checkpoint"]
    folder = tmp_path / "state" / "checkpoints"
    data = (folder / name / "optimizer.safetensors").read_bytes()
    shutil.rmtree(folder / name)
    arriving = folder / f".fetching-{(tmp_path / 'state' / 'owner').read_text()}-{name}"
    for left in (data[: 12 << 20], bytes(3 << 20)):
        arriving.mkdir()
        (arriving / "optimizer.safetensors").write_bytes(left)
        assert restore(serve(), name, LARGE)["stateDigest"] == step["stateDigest"]
        assert not arriving.exists()
        shutil.rmtree(folder / name)


def test_a_damaged_object_and_a_missing_one_are_named(serve, s3, tmp_path):
    _, done = saved(serve())
    name = done["checkpoint"]
    shutil.rmtree(tmp_path / "state" / "checkpoints")
    key = f"{serve.prefix}{name}/model.safetensors"
    stored = s3.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    s3.client.put_object(Bucket=BUCKET, Key=key, Body=stored[:-1] + b"x")
    client = serve()
    error = refused(lambda: restore(client, name))
    assert error.type == "CHECKPOINT_CORRUPT" and f"s3://{BUCKET}/{key}" in str(error)
    s3.client.delete_object(Bucket=BUCKET, Key=key)
    error = refused(lambda: restore(client, name))
    assert error.type == "CHECKPOINT_MISSING" and f"s3://{BUCKET}/{key}" in str(error)
    error = refused(lambda: restore(client, "0" * 64))
    assert error.type == "CHECKPOINT_MISSING" and f"s3://{BUCKET}/{serve.prefix}{'0' * 64}" in str(error)
    assert not (tmp_path / "state" / "checkpoints" / name).exists()


def test_prune_removes_both_also_when_s3_is_away_meanwhile(serve, s3, tmp_path):
    client = serve()
    _, done = saved(client)
    name = done["checkpoint"]
    begun = {"Bucket": BUCKET, "Key": f"{serve.prefix}{name}/model.safetensors"}
    s3.client.create_multipart_upload(**begun)
    s3.stop()
    try:
        started = time.monotonic()
        assert client.ask("prune", {"checkpoints": [name]}) == {"removed": [name]}
        assert time.monotonic() - started < 1.0, "a control call waited for S3"
        serve()  # the note outlives the process
        assert json.loads((tmp_path / "state" / "s3-removals.json").read_bytes()) == [name]
    finally:
        s3.start()
    wait_for(lambda: not s3.keys(serve.prefix) and not s3.uploads(serve.prefix), 60)
    wait_for(lambda: json.loads((tmp_path / "state" / "s3-removals.json").read_bytes()) == [])
    # What was pruned may be made again.
    assert saved(serve())[1]["checkpoint"] == name
    assert len(s3.keys(serve.prefix)) == 3


def test_s3_away_is_worth_another_try_and_a_wrong_bucket_is_not(serve, s3):
    client = serve()
    lineage = client.open(OPEN)["lineage"]
    s3.stop()
    try:
        error = refused(lambda: client.job("checkpoint", parameters={"name": "x"}))
        assert error.type == "STORE_UNAVAILABLE" and serve.prefix in str(error)
        # The run has lost nothing by it.
        step = client.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
    finally:
        s3.start()
    done = client.job("checkpoint", parameters={"name": "x"})
    assert done["lineage"] == step["lineage"] and len(s3.keys(serve.prefix)) == 3

    absent = S3Settings.read({**s3.environment, "SIGHTLINE_POLICY_S3": "s3://no-such-bucket/x"})
    client = serve("other", settings=absent)
    client.open(OPEN)
    error = refused(lambda: client.job("checkpoint", parameters={"name": "x"}))
    assert error.type == "INVALID_REQUEST" and "s3://no-such-bucket/x" in str(error) and "bucket" in str(error)


@pytest.mark.skipif(not WHEEL.exists(), reason="nvidia-pytriton is not installed; install requirements.lock")
def test_a_triton_that_lost_its_disk_restores_from_s3(s3, tmp_path, monkeypatch):
    monkeypatch.setenv("SIGHTLINE_POLICY_S3", f"s3://{BUCKET}/triton")
    triton = Triton(tmp_path / "one")
    try:
        step, done = saved(Client(triton.call))
        triton.kill()
        remove_regions(tmp_path / "one")
        shutil.rmtree(tmp_path / "one")
        triton = Triton(tmp_path / "two")
        restored = restore(Client(triton.call), done["checkpoint"])
        assert restored == {"lineage": step["lineage"], "stateDigest": step["stateDigest"]}
    finally:
        triton.kill()
        remove_regions(triton.folder)


def test_ranks_restore_what_their_lead_fetches(s3, tmp_path, monkeypatch):
    monkeypatch.setenv("SIGHTLINE_POLICY_S3", f"s3://{BUCKET}/ranks")
    group = RankGroup(tmp_path, 2, 2, "cpu")
    try:
        client = Client(group.handle)
        step, done = saved(client)
        shutil.rmtree(tmp_path / "checkpoints" / done["checkpoint"])
        restored = client.job("restore", parameters={"checkpoint": done["checkpoint"]})
        assert restored == {"lineage": step["lineage"], "stateDigest": step["stateDigest"]}
        error = refused(lambda: client.job("restore", parameters={"checkpoint": "0" * 64}))
        assert error.type == "CHECKPOINT_MISSING"
        assert client.ask("ping")["runs"][0]["lineage"] == step["lineage"], "no rank was lost by it"
    finally:
        group.close()


def remove_regions(folder):
    for name in regions(folder):
        (Path("/dev/shm") / name).unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SIGHTLINE_POLICY_S3": "policies/x"}, "write s3://bucket/prefix"),
        ({"SIGHTLINE_POLICY_S3": "s3://policies", "SIGHTLINE_POLICY_S3_PART_MIB": "4"}, "from 5 to 1024"),
    ],
)
def test_settings_are_refused_by_name(environment, named):
    with pytest.raises(ValueError, match=named):
        S3Settings.read(environment)
    assert S3Settings.read({}) is None
    assert S3Settings.read({"SIGHTLINE_POLICY_S3": "s3://policies/a/b/"}).url("c") == "s3://policies/a/b/c"
