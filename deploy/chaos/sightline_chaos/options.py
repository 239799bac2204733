"""What every script has in common: its options, the folder of its homes, and their end."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from .stack import ROOT

EXPERIMENTS = ROOT / "deploy" / "experiments"


def parser(name: str, doc: str | None, file: str, limit: float, compares: bool = True) -> argparse.ArgumentParser:
    """Return a parser with the options that each script has; `compares` adds those of an undisturbed run."""
    found = argparse.ArgumentParser(prog=f"deploy/chaos/{name}", description=doc,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    found.add_argument("--file", type=Path, default=EXPERIMENTS / file, help="the experiment (default: %(default)s)")
    found.add_argument("--homes", type=Path, help="folder for the homes (default: a new temporary one)")
    found.add_argument("--limit", type=float, default=limit,
                       help="seconds that one command may take (default: %(default)s)")  # fmt: skip
    if compares:
        found.add_argument("--reference", type=Path, help="home of an undisturbed run of this file, not a new run")
        found.add_argument("--keep", action="store_true", help="leave the homes where they are, also when all is well")
    return found


def chosen(parser: argparse.ArgumentParser, option: str, value: str, known: list[str]) -> list[str]:
    """Return the names of a comma list; end with the parser's error where one is unknown or none is left."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        parser.error(f"{option}: {', '.join(unknown)} unknown; choose from {', '.join(known)}")
    if not names:
        parser.error(f"{option}: name at least one of {', '.join(known)}")
    return names


def homes(given: argparse.Namespace) -> Path:
    """Make the folder of the homes and tell it; from now on SIGTERM ends the script like Ctrl-C, leaving no stack."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    folder = (given.homes or Path(tempfile.mkdtemp(prefix="chaos-"))).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    print(f"homes in {folder}", flush=True)
    return folder


def remove(homes: Path, names: list[str]) -> None:
    """Remove the homes that were made here, and their folder when nothing else is in it."""
    for name in names:
        shutil.rmtree(homes / name, ignore_errors=True)
    with contextlib.suppress(OSError):
        homes.rmdir()
