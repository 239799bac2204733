"""End this process when another one ends, however that ends. As a program: the process that looks after the two."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from pathlib import Path


def die_with(parent: int, region: Path | None = None) -> None:
    """Kill this process when `parent`, its parent, ends: an orphan would hold memory and the state folder.

    `region` is removed after this process, which was killed before it could do so, or whose parent was.

    A thread cannot do it: a stub whose Triton was killed in the middle of a call may wait for it for ever in native
    code that holds the interpreter's lock. Nor can PR_SET_PDEATHSIG: it fires when the *thread* that started this
    process ends, and Triton's loading thread ends right after the load.
    """
    libraries = {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}
    command = [sys.executable, "-I", "-S", os.path.abspath(__file__), str(parent), str(os.getpid())]
    command += [] if region is None else [str(region)]
    quiet = subprocess.DEVNULL
    # Nobody waits for it: it ends right after this process. Who ends the server's whole session must not end it.
    _WATCHERS.append(
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=libraries, start_new_session=True)
    )
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


_WATCHERS: list[subprocess.Popen[bytes]] = []


def _look_after(parent: int, child: int, regions: list[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        watched = os.pidfd_open(child)
        with contextlib.suppress(ProcessLookupError):
            select.select([os.pidfd_open(parent), watched], [], [])
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(watched, signal.SIGKILL)
        select.select([watched], [], [])
    for region in regions:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(region)


if __name__ == "__main__":
    _look_after(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
