"""Produce and merge beside pygeodiff and apsw sessions: `python benchmarks/sync_peers.py --with-peers`.

20,000 records of 20 fields, two replicas, each with 2,000 field edits and 200 inserts, 25 fields edited on both sides.
Each run is a fresh process; medians are printed, and our ratio to each peer of the same run. `--peers DIR` (or PEERS) names
the folder of the peers' scripts. `--with-peers` makes a throwaway environment and installs them into it; without it, or
`--peers-python` that has them, only ours is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "benchmarks" / "_sync_ours.py"
PACKAGES = ("pygeodiff==2.3.2", "apsw==3.54.1.0", "zstandard==0.25.0")
PEERS = {
    "pygeodiff, integer keys": ("peer_geodiff.py", "int"),
    "pygeodiff, text keys": ("peer_geodiff.py", "text"),
    "apsw sessions": ("peer_apsw.py", "live"),
}
MINE = {"ours": "record", "ours, a save a field": "field"}
COLUMNS = (
    ("produce ms", "delta_s", 1e3), ("sent kB", "zstd", 1e-3), ("merge ms", "merge_s", 1e3), ("back ms", "back_s", 1e3),
    ("over MB", "over_mb", 1), ("reported", "conflicts_reported", 1), ("too many", "over_reported", 1),
    ("lost", "edits_lost", 1), ("missing", "rows_missing", 1),
)  # fmt: skip
TRUE_CONFLICTS = 25

Runs = dict[str, list[Mapping[str, Any]]]


def main() -> int:
    arguments = _arguments()
    if not (arguments.peers / "workload.py").is_file():
        print(f"no workload.py in {arguments.peers}: name the folder of the peers with --peers")
        return 2
    with tempfile.TemporaryDirectory() as folder, _peers_python(arguments) as python:
        environment = {**os.environ, "PEERS": str(arguments.peers), "PEERS_WORK": folder}
        found: Runs = {}
        for _ in range(arguments.runs):  # one after another, so that a busy moment of the machine touches all alike
            for name, saves in MINE.items():
                found.setdefault(name, []).append(_result([sys.executable, str(OURS)], {**environment, "SAVES": saves}))
            for name, (script, mode) in PEERS.items() if python else ():
                command = [str(python), str(arguments.peers / script), mode]
                found.setdefault(name, []).append(_result(command, environment))
    return _told(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--peers", type=Path, default=Path(os.environ.get("PEERS", ROOT.parent / "shared" / "peers")))
    parser.add_argument("--with-peers", action="store_true")
    parser.add_argument("--peers-python", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


@contextmanager
def _peers_python(arguments: argparse.Namespace) -> Iterator[Path | None]:
    """The Python that has the peers: the one named, or one in an environment that goes away afterwards."""
    if arguments.peers_python or not arguments.with_peers:
        yield arguments.peers_python
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES], check=True)
        yield python


def _result(command: list[str], environment: Mapping[str, str]) -> Mapping[str, Any]:
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise SystemExit(f"{command[1]} gave no result: {done.stderr[-400:]}")
    answer: Mapping[str, Any] = json.loads(line.removeprefix("RESULT "))
    return answer


def _told(found: Runs) -> int:
    """The table and the ratios; 1 where a conflict was not reported, or something was lost by us."""
    print(f"medians of {len(found['ours'])}: " + ", ".join(heading for heading, _, _ in COLUMNS))
    for name, runs in found.items():
        print(f"{name:24} " + " ".join(f"{_median(runs, key) * scale:9.1f}" for _, key, scale in COLUMNS))
    for name in PEERS:
        if name in found:
            ratios = ", ".join(
                f"{heading.split()[0]} {_median(found['ours'], key) / _median(found[name], key):.2f}"
                for heading, key, _ in COLUMNS[:4]
            )
            print(f"ours to {name}: {ratios}")
    mine = [run for name in MINE for run in found[name]]
    sound = all(
        run["converged"]
        and run["conflicts_reported"] == TRUE_CONFLICTS
        and not (run["over_reported"] or run["edits_lost"] or run["rows_missing"])
        for run in mine
    )
    print(f"every conflict reported, none too many, nothing lost, both sides equal: {'yes' if sound else 'NO'}")
    return 0 if sound else 1


def _median(runs: list[Mapping[str, Any]], key: str) -> float:
    return float(statistics.median(run[key] for run in runs))


if __name__ == "__main__":
    sys.exit(main())
