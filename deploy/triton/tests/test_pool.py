"""Two servers that share their checkpoints: a run moves from one to the other."""

import pytest

from sightline_policy.service import PolicyService

from client import Client, Refused
from conftest import OPEN, fit_payload, mixed_prompts


@pytest.fixture
def pool(tmp_path):
    def server(name):
        return PolicyService(tmp_path / name, threads=2, device="cpu", checkpoints=tmp_path / "shared")

    servers = [server("one"), server("two")]
    yield servers
    for service in servers:
        service.close()


def test_a_run_moves_with_its_checkpoint_and_its_old_server_refuses_who_lost_it(pool, tmp_path):
    one, two = (Client(service.handle, token=token) for service, token in zip(pool, (3, 4), strict=True))
    lineage = one.ask("open", OPEN)["lineage"]
    first = one.job("fit", fit_payload(mixed_prompts()), lineage=lineage)
    saved = one.job("checkpoint", parameters={"name": "run-1/0-1"})
    expected = one.job("fit", fit_payload(mixed_prompts(), step=2), lineage=first["lineage"])

    # The pool gives the run another server under a higher token and closes it on the old one.
    Client(pool[0].handle, token=4).ask("close")
    assert two.ask("open", OPEN)["lineage"] == lineage
    restored = two.job("restore", parameters={"checkpoint": saved["checkpoint"]})
    assert restored == {"lineage": first["lineage"], "stateDigest": first["stateDigest"]}
    moved = two.job("fit", fit_payload(mixed_prompts(), step=2), lineage=first["lineage"])
    assert moved == expected
    for act in (
        lambda: one.ask("open", OPEN),
        lambda: one.submit("checkpoint", parameters={"name": "x"}),
        lambda: one.ask("close"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.type == "STALE_TOKEN"
    assert not (tmp_path / "one" / "checkpoints").exists()


def test_a_start_removes_what_its_own_kill_left_and_not_what_another_server_writes(pool, tmp_path):
    owner = {name: (tmp_path / name / "owner").read_text() for name in ("one", "two")}
    shared = tmp_path / "shared"
    for name in ("one", "two"):
        (shared / f".writing-{owner[name]}-x").mkdir()
    pool[0].close()
    pool[0] = PolicyService(tmp_path / "one", threads=2, device="cpu", checkpoints=shared)
    assert [path.name for path in shared.iterdir()] == [f".writing-{owner['two']}-x"]
