from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import serve


def test_a_process_that_nobody_has_waited_for_is_dead() -> None:
    # A killed server stays so for as long as its parent does not ask: its region must be removed all the same.
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        assert Path(f"/proc/{ended.pid}/stat").exists()
        assert not serve.is_alive(ended.pid)
    assert not serve.is_alive(ended.pid)
    assert serve.is_alive(os.getpid())
