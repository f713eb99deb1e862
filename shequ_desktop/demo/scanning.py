"""Reads the square codes of printed forms from their PDF, as a scanner reads them from paper (扫码)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import zxingcpp

_SCALE = 2.0
"""144 dots an inch: a phone's camera sees more."""


def codes_of(file: Path) -> Iterator[str]:
    """What the code of each page says, page by page; pages without a code are passed over."""
    document = pdfium.PdfDocument(str(file))
    try:
        for page in document:
            picture = page.render(scale=_SCALE, grayscale=True).to_pil()
            for found in zxingcpp.read_barcodes(picture):
                yield found.text
    finally:
        document.close()
