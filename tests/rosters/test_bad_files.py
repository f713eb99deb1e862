"""Files that are no list, or pretend to be one: one key each, in little memory and time, nothing raised."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlwt

from shequ_desktop.rosters.people import PaperList, read_lists
from shequ_desktop.rosters.sheets import FileProblem
from shequ_desktop.wording import say

DATA = Path(__file__).resolve().parents[1] / "data"
GOOD = (DATA / "roster" / "花名册-合并表头.xlsx").read_bytes()
GOOD_XLS = (DATA / "roster" / "居民信息表.xls").read_bytes()
TODAY = date(2026, 11, 25)
HEAD = "姓名,身份证号,性别\n赵春生,152523194109030110,男\n"


def told(path: Path, content: bytes) -> str:
    """Key of the problem, or "" where it was read."""
    path.write_bytes(content)
    read = read_lists(path, today=TODAY)
    if isinstance(read, FileProblem):
        assert say(read.key, "zh_CN")
        return read.key
    return ""


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "roster_empty"),
        (b" \n\n ", "roster_empty"),
        (b"\0" * 9000, "roster_nul"),
        (HEAD.replace("赵", "赵\0").encode(), "roster_nul"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(500), "roster_other_file"),
        (b"%PDF-1.7 ...", "roster_other_file"),
        (random.Random(2).randbytes(5000).replace(b"\0", b"\1"), "roster_encoding"),
        ("不是名册".encode(), "roster_no_heading"),
        ("姓名,年龄".encode("utf-16-le") + b"\x00\xd8", "roster_encoding"),
        (GOOD[: len(GOOD) // 2], "roster_cut"),
        (GOOD_XLS[:3000], "roster_cut"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "roster_web_archive"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "roster_xml_2003"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_what_is_no_list_is_told_by_one_sentence_whatever_its_name(content: bytes, key: str, name: str, tmp_path: Path) -> None:
    assert told(tmp_path / name, content) == key


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert read_lists(tmp_path / "nowhere.xlsx", today=TODAY) == FileProblem("roster_missing")
    assert read_lists(tmp_path, today=TODAY) == FileProblem("roster_is_folder")


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "list"])
def test_a_workbook_under_another_name_is_read(name: str, tmp_path: Path) -> None:
    assert told(tmp_path / name, GOOD) == ""
    assert told(tmp_path / name, GOOD_XLS) == ""


def test_a_heading_without_rows_is_a_list_of_nobody(tmp_path: Path) -> None:
    path = tmp_path / "heads.csv"
    path.write_bytes("姓名,身份证号\n".encode("gb18030"))
    read = read_lists(path, today=TODAY)
    assert not isinstance(read, FileProblem)
    assert [paper.people for paper in read] == [()]


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode("utf-8-sig"),
        HEAD.encode("gb18030"),
        HEAD.encode("utf-16"),
        HEAD.encode("utf-16-le"),
        HEAD.replace(",", ";").encode(),
        HEAD.replace(",", "\t").encode("gb18030"),
        HEAD.replace("\n", "\r\n").encode(),
    ],
)
def test_text_is_read_in_every_usual_encoding_and_division(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    read = read_lists(tmp_path / "list.csv", today=TODAY)
    assert not isinstance(read, FileProblem)
    assert [person.name for person in read[0].people] == ["赵春生"]


def encrypted_office_file() -> bytes:
    """A compound file whose directory holds EncryptedPackage, as Excel writes a workbook with a password."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 24, 0x3E, 3)
    struct.pack_into("<HH", header, 28, 0xFFFE, 9)
    return bytes(header) + "EncryptedPackage".encode("utf-16-le").ljust(1024, b"\0")


def test_an_encrypted_workbook_is_told_as_such(tmp_path: Path) -> None:
    assert told(tmp_path / "list.xlsx", encrypted_office_file()) == "roster_encrypted"


def test_an_old_workbook_with_a_password_is_told_as_such(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for at, word in enumerate(("姓名", "身份证号")):
        sheet.write(0, at, word)
    content = BytesIO()
    book.save(content)
    plain = content.getvalue()
    start = plain.index(b"\x09\x08\x10\x00")  # the first record; the one behind it becomes FILEPASS
    locked = plain[: start + 20] + b"\x2f\x00" + plain[start + 22 :]
    assert told(tmp_path / "list.xls", plain) == ""
    assert told(tmp_path / "list.xls", locked) == "roster_encrypted"


def with_entry(name: str, content: bytes, blanks_mb: int = 0) -> bytes:
    """The good workbook with one entry replaced, and blanks behind it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            with target.open(entry, "w") as opened:
                opened.write(content if entry == name else source.read(entry))
                for _ in range(blanks_mb if entry == name else 0):
                    opened.write(b" " * 1_000_000)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows: bytes) -> bytes:
    return b"<worksheet " + XMLNS + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def bomb() -> bytes:
    return with_entry(SHEET, b"<worksheet>" + b"<row/>" * 100, blanks_mb=400)


def ten_thousand_columns() -> bytes:
    return with_entry(SHEET, sheet_xml(b"<row>" + b"<c/>" * 10_000 + b"</row>"))


def one_cell_far_away() -> bytes:
    return with_entry(SHEET, sheet_xml(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def wide_and_long() -> bytes:
    return with_entry(
        SHEET, sheet_xml(b'<row r="1"><c r="NT1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>')
    )


def lying_directory() -> bytes:
    """Says that its sheet unpacks to ten bytes."""
    content = bytearray(bomb())
    at = content.rindex(SHEET.encode()) - 46  # its entry in the central directory
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


def shared_text_everywhere() -> bytes:
    strings = b"<sst " + XMLNS + b"><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 20_000))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(with_entry(SHEET, sheet_xml(cells)))) as source, zipfile.ZipFile(out, "w", 8) as target:
        for entry in source.namelist():
            if entry != "xl/sharedStrings.xml":
                target.writestr(entry, source.read(entry))
        target.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def far_cell_in_old_format() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    sheet.write(0, 0, "姓名")
    sheet.write(65_535, 255, "x")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def repeated_cells_in_open_document() -> bytes:
    row = (
        b'<table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("META-INF/manifest.xml", "<manifest/>")
        target.writestr(
            "content.xml", b"<office:document-content><table:table>" + row + b"</table:table></office:document-content>"
        )
    return out.getvalue()


BOMBS = {
    made.__name__: made
    for made in (
        bomb,
        ten_thousand_columns,
        one_cell_far_away,
        wide_and_long,
        lying_directory,
        shared_text_everywhere,
        far_cell_in_old_format,
        repeated_cells_in_open_document,
    )
}

GUARDED = """
import resource, sys
from datetime import date
from pathlib import Path
from shequ_desktop.rosters.people import read_lists
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
print(getattr(read_lists(Path(sys.argv[1]), today=date(2026, 11, 25)), "key", "read"))
told = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
print(int(told) // 1024)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_twenty_seconds_and_300_megabytes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(BOMBS[name]())
    argv = [sys.executable, "-c", GUARDED, str(path)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60, cwd=Path(__file__).parents[2])
    key, peak_mb = done.stdout.split()
    assert key == "roster_too_large"
    assert int(peak_mb) < 300
    assert done.stderr == ""


def test_csv_with_ten_thousand_columns_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path / "wide.csv", ("姓名," * 10_000).encode()) == "roster_too_large"


def test_hidden_sheets_are_passed_over_and_all_others_with_a_heading_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "性别"])
    book.worksheets[0].append(["赵春生", "男"])
    for title, state in (("密", "hidden"), ("二组", "visible"), ("说明", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["这里没有人"] if title == "说明" else ["姓名", "性别"])
        sheet.append(["钱玉珍", "女"])
    book.save(tmp_path / "list.xlsx")
    read = read_lists(tmp_path / "list.xlsx", today=TODAY)
    assert not isinstance(read, FileProblem)
    assert [(paper.sheet.name, len(paper.people)) for paper in read] == [("Sheet", 1), ("二组", 1)]


@pytest.mark.parametrize("source", [GOOD, GOOD_XLS], ids=["xlsx", "xls"])
def test_files_damaged_anywhere_raise_nothing(source: bytes, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(25):
        content = bytearray(source)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        (tmp_path / "list.xlsx").write_bytes(bytes(content[: chance.randint(len(content) // 2, len(content))]))
        read = read_lists(tmp_path / "list.xlsx", today=TODAY)
        assert isinstance(read, FileProblem) or all(isinstance(paper, PaperList) for paper in read)


def open_document(rows: list[list[str]]) -> bytes:
    """A sheet as office programs write it: empty cells and rows repeated to the end of the sheet."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="{}"/></table:table-row>'
    lines = ["<table:table-row>" + "".join(map(cell.format, row)) + rest.format(16_380) for row in rows]
    lines.append('<table:table-row table:number-rows-repeated="1048000">' + rest.format(16_384))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("META-INF/manifest.xml", "<manifest/>")
        table = f'<table:table table:name="t">{"".join(lines)}</table:table>'
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        target.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return out.getvalue()


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(open_document([["姓名", "身份证号"], ["赵春生", "152523194109030110"]]))
    read = read_lists(path, today=TODAY)
    assert not isinstance(read, FileProblem)
    assert [dict(person.cells) for person in read[0].people] == [
        {"resident.name": "赵春生", "resident.id_number": "152523194109030110"}
    ]
