"""Back from paper: the square codes on a photo or in a scanned PDF, however it was turned, blurred or lit.

Knows no form; says what codes hold, not what they mean.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
SCALE = 200 / 72
PAGES_MOST = 60
PIXELS_MOST = 80_000_000
SIDE_MOST = 4000
"""A picture is made no longer than this: a phone's camera gives more than a code needs."""


class _UnreadableError(ValueError):
    """The file is neither a photo nor a PDF that can be opened."""


def codes_in(file: Path) -> tuple[str, ...] | None:
    """What the codes of a file say, each once, in the order of its pages. None: neither a photo nor a PDF that opens."""
    found: dict[str, None] = {}
    try:
        for picture in _pictures(file):
            found |= dict.fromkeys(codes_of(picture))
    except (_UnreadableError, OSError):
        return None
    return tuple(found)


def codes_of(picture: Image.Image) -> tuple[str, ...]:
    """The codes of one picture; it is looked at in several lights until one is found."""
    grey = ImageOps.grayscale(picture)
    for seen in _lights(grey):
        texts = tuple(code.text for code in zxingcpp.read_barcodes(seen, formats=QR) if code.text)
        if texts:
            return texts
    return ()


def _lights(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is; brightened; sharpened; larger, for a code that is small or blurred; smaller, for a grainy one."""
    yield grey
    bright = ImageOps.autocontrast(grey, cutoff=1)
    yield bright
    for radius in (2, 4, 8):
        yield bright.filter(ImageFilter.UnsharpMask(radius=radius, percent=300, threshold=0))
    if max(grey.size) < SIDE_MOST:
        large = bright.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield large
        yield large.filter(ImageFilter.UnsharpMask(radius=6, percent=400, threshold=0))
    small = bright.filter(ImageFilter.GaussianBlur(1)).resize((max(1, grey.width // 2), max(1, grey.height // 2)))
    yield small
    yield small.filter(ImageFilter.UnsharpMask(radius=3, percent=300, threshold=0))


def _pictures(file: Path) -> Iterator[Image.Image]:
    with file.open("rb") as opened:
        is_pdf = opened.read(1024).lstrip().startswith(b"%PDF")
    yield from _pdf_pages(file) if is_pdf else _photo(file)


def _pdf_pages(file: Path) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise _UnreadableError from error
    try:
        for page in itertools.islice(document, PAGES_MOST):
            scale = min(SCALE, SIDE_MOST / max(1.0, *page.get_size()))
            yield page.render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()


def _photo(file: Path) -> Iterator[Image.Image]:
    """The photo upright, as its camera says it was held."""
    try:
        with Image.open(file, formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as opened:
            if opened.width * opened.height > PIXELS_MOST:
                raise _UnreadableError
            opened.draft("L", (SIDE_MOST, SIDE_MOST))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((SIDE_MOST, SIDE_MOST))
            yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise _UnreadableError from error
