"""Looks into a packed workbook before anything unpacks it: real sizes, rows, columns. A bomb is refused here."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from shequ_desktop.rosters.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES, FileProblem

_CHUNK = 1 << 20
_OVERLAP = 512
_USUAL_ROW = re.compile(rb'<row r="(\d{1,10})"')
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,200}?\sr=["'](\d{1,10})["']""")
_ROW_START = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_CELL_START = re.compile(rb"<(?:\w+:)?c[\s>/]")
_USUAL_WIDE = re.compile(rb' r="([A-Z]{2,7})\d')
_WIDE = re.compile(rb"""\sr=["']([A-Z]{2,7})\d""")
_STRING = re.compile(rb"</(?:\w+:)?si>")
_VALUE = re.compile(rb"<(?:\w+:)?v>(\d{1,9})</")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_ODS_REPEAT = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,12})"')
_LONG_TEXT = 2_000


class _TooLargeError(Exception):
    """Unpacked, the file passes a limit."""


def look_into(content: bytes, sort: str) -> FileProblem | None:
    """None where the workbook is of a size that can be read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                return FileProblem("roster_encrypted")
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                return FileProblem("roster_too_large")
            _look_at_entries(content, entries, sort)
    except _TooLargeError:
        return FileProblem("roster_too_large")
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError):
        return FileProblem("roster_cut")
    return None


def _look_at_entries(content: bytes, entries: list[zipfile.ZipInfo], sort: str) -> None:
    left = MAX_UNPACKED_BYTES
    cells = 0
    strings: list[bytes] = []
    for entry in entries:
        sheet = _SheetSize() if entry.filename.startswith("xl/worksheets/") else None
        whole = bytearray() if sort == "ods" and entry.filename == "content.xml" else None
        for piece in _unpacked(content, entry):
            left -= len(piece)
            if left < 0:
                raise _TooLargeError
            if sheet:
                sheet.add(piece)
            elif whole is not None:
                whole += piece
            elif entry.filename.endswith("sharedStrings.xml"):
                strings.append(piece)
        if sheet:
            cells += sheet.cells()
        elif whole is not None:
            cells += _cells_of_ods(bytes(whole))
    if cells > MAX_CELLS or _repeated_bytes(content, entries, b"".join(strings)) > MAX_UNPACKED_BYTES:
        raise _TooLargeError


def _repeated_bytes(content: bytes, entries: list[zipfile.ZipInfo], strings: bytes) -> int:
    """What long texts come to that many cells share: each cell gets a copy of its own."""
    lengths = {str(n).encode(): len(text) for n, text in enumerate(_STRING.split(strings)) if len(text) > _LONG_TEXT}
    if not lengths:
        return 0
    shared = 0
    for entry in entries:
        if entry.filename.startswith("xl/worksheets/"):
            xml = b"".join(_unpacked(content, entry))
            shared += sum(lengths.get(number, 0) for number in _VALUE.findall(xml))
    return shared


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What really comes out of an entry, in pieces, whatever size the directory claims."""
    name_length, extra_length = struct.unpack_from("<HH", content, entry.header_offset + 26)
    start = entry.header_offset + 30 + name_length + extra_length
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("packed in another way")
    unpacker = zlib.decompressobj(-15)
    piece = unpacker.decompress(packed, _CHUNK)
    while piece:
        yield piece
        piece = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
    if not unpacker.eof and entry.compress_size:
        raise zlib.error("cut")


class _SheetSize:
    """Counts rows and columns of a sheet while its XML passes by."""

    def __init__(self) -> None:
        self.last_row = self.starts = self.longest_row = 0
        self.widest = b"Z"
        self.tail = b""

    def add(self, piece: bytes) -> None:
        text = self.tail + piece
        rows, wide = _USUAL_ROW.findall(text), _USUAL_WIDE
        placed, cells = text.count(b' r="'), text.count(b"<c ") + text.count(b"<c>") + text.count(b"<c/")
        if text.count(b"<row") != len(rows) or b":row" in text or placed + 2 < cells + len(rows):
            rows, wide = rows + _ROW.findall(text), _WIDE
            self.starts += len(_ROW_START.findall(piece))
            self.longest_row = max(self.longest_row, *(len(_CELL_START.findall(row)) for row in _ROW_END.split(text)))
        self.last_row = max(self.last_row, max(map(int, rows), default=0))
        for letters in set(wide.findall(text)):
            self.widest = max(self.widest, letters, key=lambda found: (len(found), found))
        self.tail = piece[-_OVERLAP:]
        if self.rows > MAX_ROWS or self.columns > MAX_COLUMNS:
            raise _TooLargeError

    @property
    def rows(self) -> int:
        return max(self.last_row, self.starts)

    @property
    def columns(self) -> int:
        return max(_number_of(self.widest), self.longest_row)

    def cells(self) -> int:
        return self.rows * self.columns


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells_of_ods(xml: bytes) -> int:
    """Cells with the empty ones between them; what stands empty at the end of rows and sheets does not count."""
    cells = width = used = 0
    repeat_row = 1
    for tag, attributes in _ODS_TAG.findall(xml):
        found = _ODS_REPEAT.search(attributes)
        repeat = int(found[1]) if found else 1
        if tag == b"table-row":
            cells, width, used, repeat_row = cells + used * repeat_row, 0, 0, repeat
        else:
            width += repeat
            if not attributes.rstrip().endswith(b"/"):
                used = width
        if used > MAX_COLUMNS or (used and repeat_row > MAX_ROWS) or cells > MAX_CELLS:
            raise _TooLargeError
    return cells + used * repeat_row
