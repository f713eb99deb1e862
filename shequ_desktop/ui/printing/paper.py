"""Sends prepared forms to a printer of this computer. Called beside the window; draws pictures of pages, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_preview
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.services.print_jobs import Job
from shequ_desktop.services.print_preview import PageImage, Prepared

DPI = 300
MakePrinter = Callable[[str], QPrinter]


@dataclass(frozen=True, slots=True)
class Paper:
    """Onto which paper: the printer's name, sheets of each form, both sides."""

    printer: str
    copies: int = 1
    both_sides: bool = False


def printers() -> tuple[str, ...]:
    """Names of the printers, the usual one first. May wait for a print server."""
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name)))


def printer_called(name: str) -> QPrinter:
    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def send(
    archive: OpenArchive,
    prepared: Prepared,
    paper: Paper,
    *,
    make_printer: MakePrinter = printer_called,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Job | Problem:
    """Print every page; note who printed. Stopped in the middle, the printer is told to throw away what it has."""
    printer = make_printer(paper.printer)
    _set_up(printer, paper)
    painter = QPainter()
    if not painter.begin(printer):
        return Problem("ui.print.printer_refused", values=(("printer", paper.printer),))
    try:
        for page in range(prepared.job.pages):
            if cancelled():
                printer.abort()
                return Problem("print.cancelled")
            if page and not printer.newPage():
                return Problem("ui.print.printer_refused", values=(("printer", paper.printer),))
            _draw(painter, printer, print_preview.page_image(prepared, page=page, dpi=DPI))
            progress(page + 1, prepared.job.pages)
    finally:
        painter.end()
    return print_preview.sent_to_printer(archive, prepared=prepared)


def _set_up(printer: QPrinter, paper: Paper) -> None:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setCopyCount(paper.copies)
    printer.setCollateCopies(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if paper.both_sides else QPrinter.DuplexMode.DuplexNone)


def _draw(painter: QPainter, printer: QPrinter, page: PageImage) -> None:
    """The picture over the whole sheet; its margins are the paper's own."""
    whole = printer.paperRect(QPrinter.Unit.DevicePixel)
    painter.drawImage(QRectF(0, 0, whole.width(), whole.height()), image_of(page))


def image_of(page: PageImage) -> QImage:
    return QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
