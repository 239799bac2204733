from __future__ import annotations

from pathlib import Path

from sightline_policy.regions import own_region, remove_those_of_dead_stubs


def test_a_new_stub_removes_what_the_dead_ones_of_its_server_left(tmp_path: Path) -> None:
    own, dead = "sightline_fe00_ab_71_11111111-aaaa", "sightline_fe00_ab_71_22222222-bbbb"
    others = ["sightline_fe00_ab_710_33333333", "sightline_fe00_cd_71_44444444", "PostgreSQL.71"]
    for name in (own, dead, *others):
        (tmp_path / name).touch()

    assert remove_those_of_dead_stubs(own, tmp_path) == [dead]
    assert {path.name for path in tmp_path.iterdir()} == {own, *others}


def test_without_a_region_of_ours_nothing_is_touched(tmp_path: Path) -> None:
    (tmp_path / "sightline_fe00_ab_71_22222222").touch()

    assert own_region(["stub", "model.py", "triton_python_backend_shm_region_1"]) is None
    assert remove_those_of_dead_stubs(None, tmp_path) == []


def test_the_region_is_read_from_the_command_line() -> None:
    words = ["/work/stub", "/work/model.py", "sightline_fe00_ab_71_1111", "1048576", ""]
    assert own_region(words) == "sightline_fe00_ab_71_1111"
