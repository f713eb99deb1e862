"""The diff in `docs/adding-a-field.md` is true: applied to a copy of the program, the field works from typing to export."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = min(Path(__file__).parent.glob("archive-records_0001-*"))

USE = """
import json, shutil, sys
from pathlib import Path
import sqlalchemy as sa
from shequ_desktop.domain.changes import SCHEMA
from shequ_desktop.services import declarations, doctoring, finding, records
from shequ_desktop.services.exporting import lines
from tests.made import TODAY, make_archive, reopen, typed
import shequ_desktop
scratch = Path(sys.argv[1])
assert Path(shequ_desktop.__file__).is_relative_to(scratch), shequ_desktop.__file__

new = make_archive(scratch / "new")
home = typed(new, "household", number="17", winter_pasture="北沟第三个敖包")
wrong = records.add(new, kind="household", typed={"winter_pasture": "x" * 5000}, today=TODAY)
with new.read() as reader:
    exported = [json.loads(line) for line in lines(reader)]
    column = list(reader.columns("household", "winter_pasture"))
    log = [dict(row.change.fields) for row in reader.log_of([home])]

old = reopen(Path(sys.argv[2]))
with old.read() as reader:
    waited = [fields for _, *fields in reader.columns("household", "winter_pasture") if fields[0]]
print(json.dumps({
    "schema": SCHEMA,
    "declared": declarations.described()["kinds"]["household"]["fields"]["winter_pasture"]["term"],
    "exported": [line["fields"]["winter_pasture"] for line in exported],
    "column": [value for _, value in column],
    "log": log[0]["winter_pasture"],
    "found": [hit.id == home for hit in finding.find(new, words="三个敖包")],
    "refused": [problem.field for problem in wrong],
    "waited": waited,
    "waited found": len(finding.find(old, words="北沟")),
    "healthy": sorted({check.state for archive in (new, old) for check in doctoring.examine(archive)}),
}))
"""


def diff() -> str:
    text = (ROOT / "docs" / "adding-a-field.md").read_text(encoding="utf-8")
    found = re.search(r"```diff\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the program to which the diff was applied."""
    folder = tmp_path / "program"
    for part in ("shequ_desktop", "resources/codes", "resources/areas", "i18n"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "made.py", folder / "tests")
    applied = subprocess.run(
        ["git", "apply", "--unidiff-zero", "--whitespace=error", "-"],
        cwd=folder,
        input=diff(),
        text=True,
        capture_output=True,
        check=False,
    )
    assert applied.returncode == 0, applied.stderr
    return folder


def test_the_diff_that_adds_a_field_is_all_that_it_takes(scratch: Path, tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "old")
    told = subprocess.run(
        [sys.executable, "-c", USE, str(scratch), str(tmp_path / "old")],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(scratch), "PYTHONSAFEPATH": "1"},
        text=True,
        capture_output=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {
        "schema": 3,
        "declared": "冬营地",
        "exported": ["北沟第三个敖包"],
        "column": ["北沟第三个敖包"],
        "log": "北沟第三个敖包",
        "found": [True],
        "refused": ["winter_pasture"],
        "waited": [["北沟"]],
        "waited found": 1,
        "healthy": ["right"],
    }
