"""Streams of a PDF file as an archive demands them: what the library writes, with its end mark on a line of its own."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class LinedStream(pdfdoc.PDFStream):  # type: ignore[misc]
    """A stream whose end mark begins a line, as an archive demands."""

    def format(self, document: Any) -> bytes:
        return bytes(super().format(document)[: -len(b"endstream\n")] + b"\nendstream\n")


def line_streams(document: Any) -> None:
    """Make all plain streams of a document such ones."""
    for made in document.idToObject.values():
        if type(made) is pdfdoc.PDFStream:
            made.__class__ = LinedStream
