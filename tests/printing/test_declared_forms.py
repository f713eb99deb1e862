"""Every declared form, blank and filled, in Chinese and in both scripts: complete, nothing overlapping, readable by others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from pypdf.generic import Destination

from shequ_desktop import wording
from shequ_desktop.printing import mongolian, samples
from shequ_desktop.printing.blocks import Table
from shequ_desktop.printing.booklet import Booklet, Printed, print_booklet
from shequ_desktop.printing.form import Form, draw_form, form_pages, title_of
from shequ_desktop.printing.form_catalogue import FORMS
from shequ_desktop.printing.form_sheet import FormSheet, Language
from shequ_desktop.printing.forms import elder_assessment
from shequ_desktop.printing.forms.alignment_page import alignment_page
from shequ_desktop.printing.marks import MM, TITLE, Column, Line, Text, TickBox
from tests.printing.papers import READERS, by_pdfium, by_poppler, faults, run_together

LONG = "阿拉坦其其格乌兰图雅" * 2 + "萨仁高娃"
LONG_SCRIPT = " ".join(
    ["\u1820\u182f\u1832\u1820\u1828", "\u1834\u1821\u1834\u1821\u182d", "\u1824\u182f\u1820\u182d\u1820\u1828"] * 2
)


def speak(key: str) -> str:
    return wording.catalogue("zh_CN")[key]


CHINESE, BOTH = Language(speak=speak), Language(speak=speak, scripts=True)
LANGUAGES = {"zh": CHINESE, "zh_mn": BOTH}


def long_sheet() -> FormSheet:
    """Very long values everywhere: names of 24 characters, sixteen rows in each table, addresses of many lines."""
    values: dict[str, object] = {}
    for key, value in samples.sample_values().items():
        if key.endswith("_mn"):
            values[key] = LONG_SCRIPT
        elif isinstance(value, str):
            values[key] = LONG if key.endswith("name") else value * 6
        elif value and not isinstance(value[0], str):
            values[key] = tuple({name: text * 3 for name, text in row.items() if not name.endswith("_mn")} for row in value) * 8
        else:
            values[key] = value
    return FormSheet(values=values, subject=LONG, area="很长的地名 " * 12, printed_by=LONG * 3, number="1" * 40)  # type: ignore[arg-type]


SHEETS = {"blank": FormSheet(), "filled": samples.sample(), "long": long_sheet()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_overlaps_and_nothing_leaves_the_paper(form: str, sheet: str, language: str) -> None:
    for page in form_pages(FORMS[form], SHEETS[sheet], LANGUAGES[language]):
        assert faults(page) == []


def printed(form: Form, sheet: FormSheet, language: Language, folder: Path) -> Path:
    file = folder / f"{form.name}.pdf"
    answer = print_booklet([draw_form(form, sheet, language)], file, booklet=Booklet(title=title_of(form, language)))
    assert isinstance(answer, Printed)
    return file


def wanted_texts(form: Form, sheet: FormSheet) -> list[str]:
    """The texts of the values that this form shows, names in Mongolian script left out."""
    texts: list[str] = []
    for block in form.blocks:
        if isinstance(block, Table):
            texts += (row[key] for row in sheet.rows(block.label) for key in block.labels if row.get(key))
        else:
            texts += (line for key in block.labels for line in sheet.lines(key))
    return texts


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("form", FORMS)
def test_every_chinese_value_comes_out_again(form: str, read: object, tmp_path: Path) -> None:
    assert callable(read)
    text = run_together(read(printed(FORMS[form], SHEETS["filled"], CHINESE, tmp_path)))
    wanted = wanted_texts(FORMS[form], SHEETS["filled"])
    assert len(wanted) >= 8
    assert [value for value in wanted if run_together(value) not in text] == []
    assert run_together(title_of(FORMS[form], CHINESE)) in text
    assert "\ufffd" not in text


def columns_of(form: Form, sheet: FormSheet) -> list[str]:
    return [mark.words for page in form_pages(form, sheet, BOTH) for mark in page if isinstance(mark, Column)]


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("form", FORMS)
def test_every_mongolian_word_comes_out_exactly_with_its_joiners(form: str, read: object, tmp_path: Path) -> None:
    assert callable(read)
    text = read(printed(FORMS[form], SHEETS["filled"], BOTH, tmp_path))
    columns = columns_of(FORMS[form], SHEETS["filled"])
    assert columns
    lost = [column for column in columns if mongolian.shown(column) not in text]
    assert lost == []
    assert not [letter for letter in text if 0xE000 <= ord(letter) <= 0xF8FF or ord(letter) >= 0xF0000]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_in_both_scripts_says_that_its_terms_are_a_draft_and_a_chinese_one_does_not(form: str, tmp_path: Path) -> None:
    mark = "蒙古文词语：草稿，未经审定"
    assert mark in by_pdfium(printed(FORMS[form], FormSheet(), BOTH, tmp_path))
    assert mark not in by_pdfium(printed(FORMS[form], FormSheet(), CHINESE, tmp_path))
    assert not columns_of(replace(FORMS[form], blocks=(), title_term=""), FormSheet())


def test_a_head_without_a_term_stands_in_chinese_alone() -> None:
    (page,) = form_pages(FORMS["care-plan"], FormSheet(), BOTH)
    texts = [mark.words for mark in page if isinstance(mark, Text)]
    assert "户籍地址" in texts
    assert "需" in texts


@pytest.mark.parametrize("form", FORMS)
def test_the_file_is_tagged_named_and_declared_for_an_archive(form: str, tmp_path: Path) -> None:
    file = printed(FORMS[form], SHEETS["filled"], BOTH, tmp_path)
    reader = pypdf.PdfReader(file)
    root: Any = reader.root_object
    title = title_of(FORMS[form], BOTH)
    assert reader.metadata is not None
    assert reader.metadata.title == title
    described = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert f">{title}<" in described
    assert "<pdfaid:part>1</pdfaid:part>" in described
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    (whole,) = root["/StructTreeRoot"].get_object()["/K"]
    parts = whole.get_object()["/K"]
    tags = [element.get_object()["/S"] for part in parts for element in part.get_object()["/K"]]
    assert tags.count("/" + TITLE) == 1
    assert tags[0] == "/" + TITLE
    marks = [mark.title for mark in reader.outline if isinstance(mark, Destination)]
    assert marks == ["斯琴高娃"]
    assert file.read_bytes().count(b"\nendstream") == file.read_bytes().count(b"endstream")


def test_empty_rows_are_high_enough_to_write_in_however_full_the_page() -> None:
    for language in LANGUAGES.values():
        for page in form_pages(FORMS["household-card"], SHEETS["filled"], language):
            edges = sorted(
                {mark.y0 for mark in page if isinstance(mark, Line) and mark.y0 == mark.y1 and mark.x1 - mark.x0 > 500}
            )
            assert all(later - edge > 19.5 for edge, later in pairwise(edges) if later - edge > 1)


def test_a_sample_is_about_somebody_whom_its_form_is_about() -> None:
    assert samples.sample("entrusted-care").text("resident.name") == "娜仁"
    assert samples.sample("entrusted-care").subject == "娜仁"
    assert samples.sample("care-plan").text("resident.name") == "斯琴高娃"


def test_a_long_table_stands_on_several_pages_each_with_its_heading() -> None:
    row = SHEETS["filled"].rows("households")[0]
    sheet = FormSheet(values={"households": tuple({**row, "order": str(number)} for number in range(1, 101))})
    pages = form_pages(FORMS["due-list"], sheet, CHINESE)
    assert len(pages) >= 3
    for page in pages:
        texts = [mark.words for mark in page if isinstance(mark, Text)]
        assert "户主" in texts
        assert any(text.startswith("第") and text.endswith(f"共 {len(pages)} 页") for text in texts)
    numbers = [mark.words for page in pages for mark in page if isinstance(mark, Text) and mark.words.isdigit()]
    assert numbers == [str(number) for number in range(1, 101)]


def test_what_is_chosen_is_ticked_and_what_is_not_in_the_list_is_added() -> None:
    sheet = FormSheet(values={"heating": ("火炕", "热风机")})
    (page,) = form_pages(FORMS["household-card"], sheet, CHINESE)
    boxes = {(round(mark.y), round(mark.x)): mark.ticked for mark in page if isinstance(mark, TickBox)}
    assert sum(boxes.values()) == 2
    (blank,) = form_pages(FORMS["household-card"], FormSheet(), CHINESE)
    assert not any(mark.ticked for mark in blank if isinstance(mark, TickBox))


def test_the_assessment_has_the_26_items_of_the_standard_and_ninety_points() -> None:
    items = elder_assessment.items()
    assert len(items) == 26
    assert sum(item.scores[0][0] for item in items) == 90
    most = {part: sum(item.scores[0][0] for item in items if item.part == part) for part in elder_assessment.PARTS}
    assert most == {"self_care": 32, "movement": 15, "mental": 28, "senses_social": 15}
    boxes = sum(isinstance(mark, TickBox) for page in form_pages(elder_assessment.FORM, FormSheet(), CHINESE) for mark in page)
    assert boxes == sum(len(item.scores) for item in items) + 2 + 5 + 4 + 5


def test_a_character_that_no_font_has_is_named_and_boxed_on_a_declared_form(tmp_path: Path) -> None:
    sheet = replace(SHEETS["filled"], values={**SHEETS["filled"].values, "resident.name": "冯\U000323af"})
    drawn = draw_form(FORMS["care-plan"], sheet, CHINESE)
    assert [found.text for found in drawn.boxed] == ["冯\U000323af"]
    named = replace(sheet, values={"resident.name": "巴图", "resident.name_mn": "\u182a\u18af"})
    assert [found.characters for found in draw_form(FORMS["care-plan"], named, BOTH).boxed] == [("\u18af",)]
    assert draw_form(FORMS["care-plan"], named, CHINESE).boxed == ()


def test_the_test_page_has_two_lines_of_a_hundred_millimetres_within_the_margins(tmp_path: Path) -> None:
    page = alignment_page(speak)
    lines = [mark for mark in page.pages[0] if isinstance(mark, Line)]
    assert any(round((line.x1 - line.x0) / MM, 3) == 100 for line in lines)
    assert any(round((line.y1 - line.y0) / MM, 3) == 100 for line in lines)
    assert faults(page.pages[0]) == []
    print_booklet([page], tmp_path / "t.pdf", booklet=Booklet(title="x"))
    assert "吕䶮" in pypdfium2.PdfDocument(tmp_path / "t.pdf")[0].get_textpage().get_text_range()
