"""Build the one-folder package and do a day's work with it from another folder (`python3 dev.py package`); minutes, not seconds.

Must not import the program: it knows the built folder and the command line only.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "dist" / "shequ-desktop"
PROGRAM = BUILT / ("shequ-desktop.exe" if os.name == "nt" else "shequ-desktop")

# What may not be handed out with the program: modules of Qt under GPL only, the league's database driver, tools.
FORBIDDEN = re.compile(
    r"QtCharts|Qt6Charts|VirtualKeyboard|QtQml|Qt6Qml|Quick|psycopg|libpq|tkinter|libtcl|libtk|/pytest/|opengl32sw", re.IGNORECASE
)
NEEDED = ("resources/codes/sex.csv", "resources/fonts", "i18n/messages", "storage/migrations/env.py")

ROSTER = "姓名,身份证号,现住址,人员类别\n试一试,,内蒙古自治区赛罕区第一村,留守老人\n"


def build() -> None:
    folders = ("--distpath", "dist", "--workpath", "build")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, "build.spec"]
    subprocess.run(command, cwd=ROOT, check=True)


def file_list() -> list[str]:
    return sorted(file.relative_to(BUILT).as_posix() for file in BUILT.rglob("*") if file.is_file())


def look_at(files: list[str]) -> list[str]:
    """What is wrong with the package's list of files."""
    wrong = [f"must not be in the package: {name}" for name in files if FORBIDDEN.search("/" + name)]
    return wrong + [f"is not in the package: {part}" for part in NEEDED if not any(part in name for name in files)]


def call(elsewhere: Path, *arguments: str) -> str:
    """One command of the built program, from a folder that holds nothing of the project; its answer."""
    home = {"HOME": str(elsewhere / "home"), "SHEQU_PASSPHRASE": "a package is tried here"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))} | home
    command = [str(elsewhere / BUILT.name / PROGRAM.name), "--data", str(elsewhere / "archive"), "--json", *arguments]
    began = time.monotonic()
    done = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    print(f"{' '.join(arguments[:2])}: exit {done.returncode}, {time.monotonic() - began:.1f} s", flush=True)
    if done.returncode:
        raise SystemExit(f"{arguments[0]} failed: {done.stderr.strip()[-600:]}")
    return done.stdout


def work_a_day(elsewhere: Path) -> None:
    """Import a roster, ask the doctor, print a form; the copy lies in another folder than it was built in."""
    shutil.copytree(BUILT, elsewhere / BUILT.name)
    (elsewhere / "home").mkdir()
    (elsewhere / "roster.csv").write_text(ROSTER, encoding="utf-8")
    counts = json.loads(call(elsewhere, "import-roster", "roster.csv"))
    assert counts["rows"] == 1, counts
    json.loads(call(elsewhere, "doctor"))
    call(elsewhere, "print", "home-visit", "--all", "--out", "forms.pdf")
    paper = (elsewhere / "forms.pdf").read_bytes()
    assert paper.startswith(b"%PDF-"), "print wrote no PDF"
    assert b"NotoSansSC" in paper, "the form's font is not embedded"


def main() -> int:
    build()
    files = file_list()
    size = sum((BUILT / name).stat().st_size for name in files)
    print(f"{BUILT.name}: {len(files)} files, {size / 1e6:.0f} MB", flush=True)
    if wrong := look_at(files):
        print("\n".join(wrong[:20]), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        work_a_day(Path(folder))
    print("The package works from another folder.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
