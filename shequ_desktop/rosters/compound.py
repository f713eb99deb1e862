"""Looks into an old Excel file (.xls) before anything reads it: whole, encrypted, or larger than it seems.

Knows the compound file (MS-CFB) and as much of its records (BIFF) as tells rows and columns.
"""

from __future__ import annotations

import struct

from shequ_desktop.rosters.sheets import MAX_CELLS, FileProblem

_END = 0xFFFFFFFA
_BOF, _EOF, _FILEPASS = (0x0809, 0x0409, 0x0209, 0x0009), 0x000A, 0x002F
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207, 0x027E, 0x0406))


class _CutError(Exception):
    """The file ends before what it points at."""


def look_into(content: bytes) -> FileProblem | None:
    """None where the file can be read."""
    try:
        stream = _workbook_stream(content) if content.startswith(b"\xd0\xcf") else content
        return _look_at_records(stream) if stream else FileProblem("roster_other_file")
    except (_CutError, struct.error, IndexError):
        return FileProblem("roster_cut")


def _workbook_stream(content: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise _CutError
    directory_at, cutoff, mini_fat_at = struct.unpack_from("<I", content, 48)[0], *struct.unpack_from("<II", content, 56)
    fat = _fat(content, size)
    directory = _chain(content, fat, directory_at, size)
    root_at = 0
    for at in range(0, len(directory) - 127, 128):
        name_length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(name_length - 2, 0)].decode("utf-16-le", "replace").lower()
        start, length = struct.unpack_from("<II", directory, at + 116)
        if at == 0:
            root_at = start
        if name in ("workbook", "book"):
            if length >= cutoff:
                return _chain(content, fat, start, size)[:length]
            mini = _chain(content, fat, mini_fat_at, size)
            mini_fat = list(struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4]))
            return _chain(_chain(content, fat, root_at, size), mini_fat, start, 64, header=0)[:length]
    return b""


def _fat(content: bytes, size: int) -> list[int]:
    sectors = [n for n in struct.unpack_from("<109I", content, 76) if n < _END]
    following, seen = struct.unpack_from("<I", content, 68)[0], 0
    while following < _END and seen < 1_000:
        listed = struct.unpack_from(f"<{size // 4}I", content, size * (following + 1))
        sectors += [n for n in listed[:-1] if n < _END]
        following, seen = listed[-1], seen + 1
    fat: list[int] = []
    for sector in sectors:
        fat += struct.unpack_from(f"<{size // 4}I", content, size * (sector + 1))
    return fat


def _chain(content: bytes, fat: list[int], start: int, size: int, *, header: int = 1) -> bytes:
    pieces: list[bytes] = []
    sector = start
    while sector < _END:
        at = size * (sector + header)
        if at >= len(content) or len(pieces) > len(fat):
            raise _CutError
        pieces.append(content[at : at + size])
        sector = fat[sector]
    return b"".join(pieces)


def _look_at_records(stream: bytes) -> FileProblem | None:
    at, cells, last_row, last_column = 0, 0, -1, -1
    ended = False
    unpack = struct.Struct("<HH").unpack_from
    while at + 4 <= len(stream):
        record, length = unpack(stream, at)
        if record in _CELLS and length >= 4:
            row, column = unpack(stream, at + 4)
            if record in (0x00BD, 0x00BE):  # several cells in one record: its last two bytes name the last column
                column = struct.unpack_from("<H", stream, at + 2 + length)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif record == _FILEPASS:
            return FileProblem("roster_encrypted")
        elif record in _BOF:
            last_row = last_column = -1
            ended = False
        elif record == _EOF:
            cells += (last_row + 1) * (last_column + 1)
            ended = True
        elif record == 0 and length == 0:
            break
        at += 4 + length
    if not ended:
        return FileProblem("roster_cut")
    return FileProblem("roster_too_large") if cells > MAX_CELLS else None
