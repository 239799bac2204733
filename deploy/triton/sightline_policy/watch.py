"""End this process when another one ends, however that ends."""

from __future__ import annotations

import os
import select
import signal
import threading


def die_with(parent: int) -> None:
    """Kill this process when `parent`, its parent, ends: an orphan would hold memory and the state folder.

    PR_SET_PDEATHSIG cannot be used: it fires when the *thread* that started this process ends, and Triton's loading
    thread ends right after the load.
    """
    handle = os.pidfd_open(parent)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)

    def watch() -> None:
        select.select([handle], [], [])
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
