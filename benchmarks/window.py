"""The window with 100,000 residents: `python3 dev.py bench window` prints start, keystroke, opening, scrolling and memory.

Start is compared with an empty PySide6 window in the same run; a keystroke with the service's query alone. No screen is needed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import _people
from shequ_desktop.storage.ids import IdMaker

PEOPLE, HOUSEHOLDS, CARE_EVERY = 100_000, 30_000, 16
STARTS = 7
START_RATIO_MOST, KEY_MS_MOST, OPEN_MS_MOST, FRAME_MS_MOST, IDLE_MB_MOST, GROWTH_MOST = 2.0, 50.0, 100.0, 50.0, 250.0, 0.10


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        with ProcessPoolExecutor(1) as other:  # what making takes is not the window's
            spent = other.submit(make, folder).result()
        print(f"{PEOPLE:,} residents in {HOUSEHOLDS:,} households, {PEOPLE // CARE_EVERY:,} in care, made in {spent:.0f} s")
        held = [start(folder), *acts(folder)]
    return 0 if all(held) else 1


def make(folder: Path) -> float:
    """Seconds that filling the archive took."""
    begun = time.perf_counter()
    archive = _people.filled(folder, households_count=HOUSEHOLDS, people=PEOPLE)
    ids = IdMaker()
    with archive.read() as reader:
        residents = [record for (record,) in reader.columns("resident")][::CARE_EVERY]
    care = [
        (ids.new(_people.NOW_MS), {"resident": one, "care_kind": "elder", "risk": str(place % 4 + 1), "opened_on": "2026-10-01"})
        for place, one in enumerate(residents)
    ]
    with archive.write() as work:
        work.put("care_record", care)
    archive.close()
    return time.perf_counter() - begun


def start(folder: Path) -> bool:
    """Both windows started in turn; the first pair only fills the disk's cache."""
    empty, ours = [], []
    for turn in range(STARTS + 1):
        pair = (usable_after("empty"), usable_after("ours", str(folder)))
        if turn:
            empty.append(pair[0])
            ours.append(pair[1])
    ratio = statistics.median(ours) / statistics.median(empty)
    return told(
        f"start to a usable window {1000 * statistics.median(ours):.0f} ms, "
        f"empty window {1000 * statistics.median(empty):.0f} ms: ratio {ratio:.2f}",
        ratio,
        START_RATIO_MOST,
    )


def usable_after(*arguments: str) -> float:
    """Seconds from starting Python to a painted window that takes keys."""
    begun = time.monotonic()
    done = subprocess.run(child(*arguments), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return float(done.stdout.splitlines()[0]) - begun


def child(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks._window_acts", *arguments]


def acts(folder: Path) -> list[bool]:
    """One window, one person; everything timed in it."""
    done = subprocess.run(child("acts", str(folder)), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    key, bare = p95(found["search ms"]), p95(found["bare ms"])
    growth = found["after MB"] / found["before MB"] - 1
    print(f"unlocked to Today in sight {found['unlock to Today ms']:.0f} ms")
    return [
        told(
            f"keystroke to answers painted p95 {key:.1f} ms ({len(found['search ms'])} keys, a pause of 40 ms in each), "
            f"the query alone {bare:.1f} ms: ratio {key / bare:.1f}",
            key,
            KEY_MS_MOST,
        ),
        told(f"a resident opened p95 {p95(found['open ms']):.1f} ms", p95(found["open ms"]), OPEN_MS_MOST),
        told(
            f"scrolling, longest of {len(found['frame ms'])} frames {max(found['frame ms']):.1f} ms, "
            f"p95 {p95(found['frame ms']):.1f} ms",
            max(found["frame ms"]),
            FRAME_MS_MOST,
        ),
        told(f"idle window {found['idle MB']:.0f} MB", found["idle MB"], IDLE_MB_MOST),
        told(f"memory after a day's rounds {found['after MB']:.0f} MB, growth {100 * growth:.1f} %", growth, GROWTH_MOST),
    ]


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def told(sentence: str, figure: float, most: float) -> bool:
    print(f"{'holds' if figure <= most else 'MISSES'}  {sentence} (at most {most:g})")
    return figure <= most


if __name__ == "__main__":
    sys.exit(main())
