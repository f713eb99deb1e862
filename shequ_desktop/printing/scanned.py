"""Back from paper: the square codes on a photo or in a scanned PDF, however it was turned, blurred or lit.

Knows no form; says what codes hold, not what they mean.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageMath, ImageOps, UnidentifiedImageError

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
SCALE = 200 / 72
PAGES_MOST = 60
PIXELS_MOST = 80_000_000
SIDE_MOST = 4000
"""A picture is made no longer than this: a phone's camera gives more than a code needs."""
TRIES = ((0.0, 1, 2, 400), (0.6, 1, 3, 700), (0.0, 2, 6, 400), (1.0, 2, 6, 400), (1.5, 2, 8, 700))
"""How much a picture is softened, enlarged, and sharpened (radius, percent), one try after the other."""


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
    for seen, binarizer in _lights(ImageOps.grayscale(picture)):
        found = zxingcpp.read_barcodes(seen, formats=QR, binarizer=binarizer)
        if texts := tuple(code.text for code in found if code.text):
            return texts
    return ()


def _lights(grey: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """As it is; sharpened; evenly lit, larger and sharpened, for a blurred one; softened first, for a grainy one."""
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield grey, local
    yield _sharp(grey, 2, 200), local
    even = _evenly_lit(grey)
    for softened, factor, radius, percent in TRIES:
        if max(grey.size) * factor <= SIDE_MOST * 2:
            seen = _sharp(_larger(even.filter(ImageFilter.GaussianBlur(softened)), factor), radius, percent)
            yield seen, local
            yield seen, whole
    yield even.resize((max(1, grey.width // 2), max(1, grey.height // 2))), local


def _sharp(grey: Image.Image, radius: float, percent: int) -> Image.Image:
    return grey.filter(ImageFilter.UnsharpMask(radius, percent, 0))


def _larger(grey: Image.Image, factor: int) -> Image.Image:
    return grey.resize((grey.width * factor, grey.height * factor), Image.Resampling.BICUBIC)


def _evenly_lit(grey: Image.Image) -> Image.Image:
    """Each point beside the brightest paper around it, so that shade and dim light go."""
    spots = grey.resize((max(1, grey.width // 16), max(1, grey.height // 16)))
    paper = spots.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4)).resize(grey.size, Image.Resampling.BICUBIC)
    even: Image.Image = ImageMath.lambda_eval(
        lambda seen: seen["convert"](seen["min"](seen["grey"] * 235 / (seen["paper"] + 1), 255), "L"),
        grey=grey.convert("I"),
        paper=paper.convert("I"),
    )
    return even


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
