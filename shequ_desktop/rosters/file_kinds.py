"""Tells by its content what a file is, whatever its name says, and refuses what no list can be."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from shequ_desktop.rosters.sheets import MAX_ENTRIES, FileProblem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6")
_KNOWN_OTHERS = (*_PICTURES, b"%PDF", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")
_BIFF_STARTS = (b"\x09\x08", b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""First record of an .xls that lies bare in its file."""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def sort_of(content: bytes) -> str | FileProblem:
    """xlsx, xls, ods, html or text; or why it is none of them."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return FileProblem("roster_nul" if b"\0" in content else "roster_empty")
    if content.startswith(b"PK\x03\x04"):
        return _sort_of_zip(content)
    if content.startswith(_OLE):
        return FileProblem("roster_encrypted") if _ENCRYPTED_STREAM in content else "xls"
    if content.startswith(_BIFF_STARTS):
        return "xls"
    if content.startswith(_KNOWN_OTHERS):
        return FileProblem("roster_other_file")
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"").lower()
    if b'progid="excel.sheet"' in head or (b"office:spreadsheet" in head and b"<workbook" in head):
        return FileProblem("roster_xml_2003")
    if head.startswith(b"mime-version:"):
        return FileProblem("roster_web_archive")
    if b"<table" in content[:200_000].lower() and head[:1] == b"<":
        return "html"
    return "text"


def _sort_of_zip(content: bytes) -> str | FileProblem:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:80] if names[:1] == ["mimetype"] else b""
            manifest = _start_of(archive, "META-INF/manifest.xml") if mimetype else b""
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, KeyError, EOFError, zlib.error):
        return FileProblem("roster_cut")
    if len(names) > MAX_ENTRIES:
        return FileProblem("roster_too_large")
    if b"encryption-data" in manifest:
        return FileProblem("roster_encrypted")
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return FileProblem("roster_xlsb" if "xl/workbook.bin" in names else "roster_other_file")


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(200_000)
