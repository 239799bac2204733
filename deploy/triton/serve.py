#!/usr/bin/env python3
"""Start Triton with the policy model on 127.0.0.1. No package but the installed wheel is used.

The process becomes tritonserver itself (exec), so its pid is Triton's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

from sightline_policy.s3_settings import S3Settings

HERE = Path(__file__).resolve().parent
SHARED_MEMORY = Path("/dev/shm")


def fail(message: str) -> NoReturn:
    print(f"serve.py: {message}", file=sys.stderr)
    raise SystemExit(2)


def wheel_folder() -> Path:
    """Return the folder of the tritonserver that nvidia-pytriton carries."""
    folder = Path(sysconfig.get_paths()["purelib"]) / "pytriton" / "tritonserver"
    if not (folder / "bin" / "tritonserver").exists():
        fail("nvidia-pytriton is not in this Python environment; install requirements.lock and use its python")
    return folder


def library_folder() -> str:
    """Return the folder of this interpreter's own libpython, which the stub must load."""
    folder = sysconfig.get_config_var("LIBDIR")
    name = sysconfig.get_config_var("INSTSONAME") or ""
    if ".so" not in name or not (Path(folder) / name).exists():
        fail(
            f"Python {sys.version.split()[0]} has no shared libpython; use a Python built with --enable-shared "
            "(Debian: install libpython3-dev or python3's libpython package) and make the environment again"
        )
    return folder


def backend_folder(work: Path, wheel: Path) -> Path:
    """Lay out the Python backend by links: a copied stub would not find its own libraries."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    stub = wheel / "python_backend_stubs" / version / "triton_python_backend_stub"
    if not stub.exists():
        fail(f"this wheel has no stub for Python {version}; use 3.11 or 3.12")
    backends = work / "backends"
    shutil.rmtree(backends, ignore_errors=True)
    python = backends / "python"
    python.mkdir(parents=True)
    for part in (wheel / "backends" / "python").iterdir():
        (python / part.name).symlink_to(part)
    (python / stub.name).symlink_to(stub)
    return backends


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody has waited for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat[stat.rfind(")") + 2] not in "ZX"  # the name may hold blanks and brackets


def shared_memory_prefix(state: Path) -> str:
    """Return a prefix for this process's regions and remove those that killed servers of this state folder left."""
    # The path decides, not the time: the next start over the same folder knows what is its own.
    own = f"sightline_{state.stat().st_dev:x}_{state.stat().st_ino:x}_"
    for region in SHARED_MEMORY.glob(f"{own}*"):
        owner = region.name[len(own) :].partition("_")[0]
        if owner.isdigit() and not is_alive(int(owner)):
            region.unlink(missing_ok=True)
    return f"{own}{os.getpid()}_"


def main() -> NoReturn:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of journal, tokens and checkpoints")
    parser.add_argument("--work", type=Path, required=True, help="folder for the backend's links; made anew")
    parser.add_argument("--checkpoints", type=Path, help="folder that the servers of a pool share; default: in --state")
    parser.add_argument("--threads", type=int, default=0, help="threads of torch; 0 = all cores")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--ranks", type=int, default=1, help="processes that share each model by FSDP; one GPU each")
    parser.add_argument("--deterministic", action="store_true", help="only kernels that give the same bits each time")
    parser.add_argument("--grpc-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--metrics-port", type=int, required=True)
    options = parser.parse_args()

    if options.ranks < 1:
        fail(f"--ranks is {options.ranks}; use 1 for one process, or 2 and more")
    try:
        S3Settings.read(os.environ)
    except ValueError as error:
        fail(str(error))
    wheel, library = wheel_folder(), library_folder()
    state, work = options.state.resolve(), options.work.resolve()
    state.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    backends = backend_folder(work, wheel)

    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    environment["LD_LIBRARY_PATH"] = library
    environment["SIGHTLINE_POLICY_STATE"] = str(state)
    environment["SIGHTLINE_POLICY_THREADS"] = str(options.threads)
    environment["SIGHTLINE_POLICY_DEVICE"] = options.device
    environment["SIGHTLINE_POLICY_CHECKPOINTS"] = str(options.checkpoints.resolve()) if options.checkpoints else ""
    environment["SIGHTLINE_POLICY_RANKS"] = str(options.ranks)
    environment["SIGHTLINE_POLICY_DETERMINISTIC"] = str(int(options.deterministic))
    # Waiting torch threads must not spin: the machine is shared with Java and PostgreSQL.
    environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    environment.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    environment.setdefault("HF_HUB_OFFLINE", "1")
    environment.setdefault("TOKENIZERS_PARALLELISM", "false")

    server = wheel / "bin" / "tritonserver"
    arguments = [
        str(server),
        f"--backend-directory={backends}",
        f"--model-repository={HERE / 'model_repository'}",
        "--model-control-mode=explicit",
        "--load-model=policy",
        "--allow-gpu-metrics=false",
        "--allow-cpu-metrics=false",
        "--disable-auto-complete-config",
        "--exit-timeout-secs=10",
        "--grpc-address=127.0.0.1",
        f"--grpc-port={options.grpc_port}",
        "--http-address=127.0.0.1",
        f"--http-port={options.http_port}",
        "--metrics-address=127.0.0.1",
        f"--metrics-port={options.metrics_port}",
        f"--backend-config=python,shm-region-prefix-name={shared_memory_prefix(state)}",
    ]
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(server, arguments, environment)
    raise AssertionError("exec returned")


if __name__ == "__main__":
    main()
