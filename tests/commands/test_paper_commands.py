"""Printing by the command line: the contract of `print home-visit`, every other form, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.conftest import Answer

Shequ = Callable[..., Answer]


@pytest.fixture
def household(shequ: Shequ) -> str:
    """A household with an elder in care, without any visit."""
    home = shequ("add", "household", "number=17", "address=陶力嘎查").out.strip()
    who = shequ("add", "resident", "name=斯琴高娃").out.strip()
    shequ("add", "membership", f"household={home}", f"resident={who}", "relation=02")
    shequ("add", "care_record", f"resident={who}", "care_kind=elder", "risk=1", "opened_on=2026-01-05")
    return home


@pytest.mark.parametrize("choice", ["--due", "--all", "--id"])
def test_home_visit_is_printed_as_contracted(shequ: Shequ, household: str, tmp_path: Path, choice: str) -> None:
    chosen = [choice, household] if choice == "--id" else [choice]
    answer = shequ("--json", "print", "home-visit", *chosen, "--out", tmp_path / "f.pdf")
    assert answer.status == 0
    assert answer.json == {"forms": 1, "out": str(tmp_path / "f.pdf"), "pages": 1, "without_household": 0}


def test_another_form_in_both_scripts_is_printed_after_a_notice(shequ: Shequ, household: str, tmp_path: Path) -> None:
    answer = shequ("print", "elder-registration", "--due", "--language", "zh_mn", "--out", tmp_path / "f.pdf")
    assert answer.status == 0
    assert "还没有经过审定" in answer.out
    assert answer.out.index("审定") < answer.out.index("已打印 1 份")
    text = pypdfium2.PdfDocument(tmp_path / "f.pdf")[0].get_textpage().get_text_range()
    assert "斯琴高娃" in text


def test_blank_forms_need_no_archive(shequ: Shequ, tmp_path: Path) -> None:
    answer = shequ("print", "care-plan", "--blank", "--out", tmp_path / "f.pdf", folder=tmp_path / "nowhere")
    assert answer.status == 0
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF-1.4")


@pytest.mark.parametrize(
    "words", [("home-visit",), ("home-visit", "--due", "--id", "x"), ("no-form", "--due"), ("home-visit", "--blank", "--id", "x")]
)
def test_wrong_use_is_one_line(shequ: Shequ, tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = shequ("print", *words, "--out", tmp_path / "f.pdf")
    assert answer.status == 2
    assert answer.one_line
    assert not (tmp_path / "f.pdf").exists()


def test_a_record_that_a_form_is_not_about_is_one_line(shequ: Shequ, household: str, tmp_path: Path) -> None:
    answer = shequ("print", "woman-registration", "--id", household, "--out", tmp_path / "f.pdf")
    assert answer.status == 1
    assert "关爱档案" in answer.one_line


def test_a_scanned_form_leads_to_its_visit(shequ: Shequ, household: str, tmp_path: Path) -> None:
    shequ("print", "home-visit", "--id", household, "--out", tmp_path / "f.pdf")
    first = shequ("--json", "visit-from-scan", tmp_path / "f.pdf")
    assert first.json["household"] == household
    assert shequ("--json", "visit-from-scan", tmp_path / "f.pdf").json == first.json
    nothing = shequ("visit-from-scan", tmp_path / "none.png")
    assert nothing.status == 1
    assert "打不开" in nothing.one_line
