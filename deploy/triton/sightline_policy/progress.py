"""How far work is, told to whoever watches it. Free of torch."""

from __future__ import annotations

from collections.abc import Callable

# Takes a phase and how many of its units are done; raises when the work should end.
Progress = Callable[[str, int, int], None]
