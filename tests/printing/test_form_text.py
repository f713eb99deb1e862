"""What was put into a form comes out of the file again, by independent readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp

from shequ_desktop.printing.booklet import Printed
from shequ_desktop.printing.drawing import Unprintable, unprintable
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet, Member
from tests.printing.papers import READERS, by_pdfium, print_home_visits, run_together, texts_of

NAMES = ("吕䶮", "王㛃", "李𫖮", "赵𬭎", "钱𬀩", "孙𰻝", "王\U00020021明", "周·额尔敦")


@pytest.mark.parametrize("read", READERS)
def test_rare_names_come_out_whole(read: object, typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    assert callable(read)
    for number, name in enumerate(NAMES):
        file = tmp_path / f"{number}.pdf"
        head = replace(typical.head, name=name)
        print_home_visits([replace(typical, head=head, members=(Member(name=name),))], file, words=words)
        text = read(file)
        assert text.count(name) == 2, name
        assert "■" not in text
        assert "\ufffd" not in text


@pytest.mark.parametrize("name", ["typical", "sixteen", "alone", "endless"])
@pytest.mark.parametrize("read", READERS)
def test_every_text_of_a_sheet_is_on_its_paper(
    read: object, name: str, sheets: dict[str, HomeVisitSheet], printed: dict[str, Path]
) -> None:
    assert callable(read)
    text = run_together(read(printed[name]))
    whole = replace(sheets[name], copies="", printed_by="") if name == "endless" else sheets[name]
    lost = [value for value in texts_of(whole) if run_together(value) not in text]
    if name == "endless":  # its address goes on over three pages: count what other words stand between
        assert text.count("很远的冬营地") >= 395
        lost = [value for value in lost if "冬营地" not in value]
    assert lost == []


def test_sixteen_members_each_stand_once_in_the_table(sixteen: HomeVisitSheet, printed: dict[str, Path]) -> None:
    text = run_together(by_pdfium(printed["sixteen"]))
    assert [text.count(member.id_number) for member in sixteen.members] == [1] * 16


def test_each_page_says_which_it_is_of_how_many_and_the_table_heading_stands_again(printed: dict[str, Path]) -> None:
    pages = [run_together(page.extract_text()) for page in pypdf.PdfReader(printed["sixteen"]).pages]
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页，共{len(pages)}页" in page
        assert "入户走访登记表" in page
    with_members = [page for page in pages if "1525**********10" in page]
    assert len(with_members) == 2
    assert all("与户主关系" in page for page in with_members)


@pytest.mark.parametrize("name", ["typical", "sixteen"])
def test_the_code_on_every_page_is_read_back(name: str, sheets: dict[str, HomeVisitSheet], printed: dict[str, Path]) -> None:
    for page in pypdfium2.PdfDocument(printed[name]):
        found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        assert [code.text for code in found] == [sheets[name].qr]


def test_a_long_code_of_two_ids_is_read_at_150_dpi(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    held = "SHEQU1:0193a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b:0193a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1c"
    print_home_visits([replace(typical, qr=held)], tmp_path / "f.pdf", words=words)
    picture = pypdfium2.PdfDocument(tmp_path / "f.pdf")[0].render(scale=150 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [held]


def opened(holder: Any, name: str) -> Any:
    """What an entry of a PDF dictionary points to."""
    return holder.get_object()[name].get_object()


def test_fonts_are_embedded_in_part_only(printed: dict[str, Path]) -> None:
    found = 0
    for page in pypdf.PdfReader(printed["sixteen"]).pages:
        for font in opened(opened(page, "/Resources"), "/Font").values():
            described = opened(font, "/FontDescriptor")
            assert "/FontFile2" in described
            assert described["/FontName"][7] == "+"
            found += 1
    assert found
    assert printed["sixteen"].stat().st_size < 200_000


def test_a_character_without_glyph_is_a_box_and_is_named_beforehand(
    typical: HomeVisitSheet, words: FormWords, tmp_path: Path
) -> None:
    sheet = replace(typical, head=replace(typical.head, name="冯\U000323af"), qr="SHEQU:\U000323af")
    named = (Unprintable("冯\U000323af", ("\U000323af",)),)
    assert unprintable(sheet) == named
    assert print_home_visits([sheet], tmp_path / "f.pdf", words=words) == Printed(1, 1, named)
    plain = replace(sheet, head=replace(typical.head, name="冯　"))
    print_home_visits([plain], tmp_path / "plain.pdf", words=words)
    assert "■" not in by_pdfium(tmp_path / "f.pdf")
    assert dark_points(tmp_path / "f.pdf") > dark_points(tmp_path / "plain.pdf") + 50
    assert unprintable(typical) == ()


def dark_points(file: Path) -> int:
    """Dark points in the cell of the head's name."""
    picture = pypdfium2.PdfDocument(file)[0].render(scale=3).to_pil().convert("L").crop((3 * 86, 3 * 120, 3 * 148, 3 * 175))
    return sum(picture.histogram()[:128])
