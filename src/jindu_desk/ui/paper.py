"""A paper as bytes for preview, printer and file: one way for all three, so that they are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from jindu_desk.errors.papers import PrintingFailed, PrintingUnavailable
from jindu_desk.reports.typesetting.font_files import ROLE_NAMES
from jindu_desk.reports.typesetting.preview import PagePicture, PageSize, draw_page, page_sizes, page_text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from jindu_desk.reports.typesetting.drawing import PrintedPaper
    from jindu_desk.ui.tasks import Progress

MOST_DPI = 600
_AS_LARGE = 0.99  # a printer knows its paper in whole points


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF: its bytes, the name to save it under, its pages, and in words the fonts it was set in.

    ``in_word`` makes the same paper as .docx, ``as_table`` its rows as .xlsx; None where it does not come so.
    """

    content: bytes
    name: str
    sizes: tuple[PageSize, ...]
    fonts: str
    in_word: Callable[[], bytes] | None = None
    as_table: Callable[[], bytes] | None = None


def finished(
    printed: PrintedPaper,
    name: str,
    in_word: Callable[[], bytes] | None = None,
    as_table: Callable[[], bytes] | None = None,
) -> Paper:
    """A paper that was laid out, to be saved under ``name``; on the worker."""
    families = "、".join(dict.fromkeys(use.family for use in printed.fonts))
    told = f"字体：{families}"
    for use in printed.fonts:
        if use.instead_of:
            told += f"　选定的{ROLE_NAMES[use.role]}“{use.instead_of}”这台电脑上没有或不能用，已改用“{use.family}”"
    if printed.missing:
        told += f"　没有字体能显示：{''.join(printed.missing)}"
    return Paper(printed.content, name, page_sizes(printed.content), told, in_word, as_table)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    picture: PagePicture
    text: str


def draw_pages(paper: Paper, dpi: float) -> tuple[DrawnPage, ...]:
    """All pages for the screen, with their text for a screen reader."""
    return tuple(
        DrawnPage(draw_page(paper.content, at, dpi), page_text(paper.content, at)) for at in range(len(paper.sizes))
    )


def new_printer() -> QPrinter:
    """The system's default printer at its own resolution. Raises `PrintingUnavailable` where the system has no
    printing service."""
    try:
        from PySide6.QtPrintSupport import QPrinter
    except ImportError as error:
        raise PrintingUnavailable(reason=str(error)) from error
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def print_pages(paper: Paper, printer: QPrinter, progress: Progress) -> None:
    """Draw the pages onto ``printer`` at its resolution, those that were asked for; on the worker. A page that is
    larger than the printer's is drawn smaller, whole."""
    first = max(1, printer.fromPage() or 1)
    last = min(len(paper.sizes), printer.toPage() or len(paper.sizes))
    printer.setFullPage(True)  # the paper has its margins within itself
    printer.setPageOrientation(orientation_of(paper.sizes[first - 1]))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingFailed
    try:
        for at in range(first - 1, last):
            progress.step(at - first + 1, last - first + 1, f"第 {at + 1} 页")
            size = paper.sizes[at]
            if at >= first:
                printer.setPageOrientation(orientation_of(size))
                if not printer.newPage():
                    raise PrintingFailed
            page = image_of(draw_page(paper.content, at, min(printer.resolution(), MOST_DPI)))
            painter.drawImage(_place_on(printer, size), page)
    except BaseException:
        printer.abort()
        painter.end()
        raise
    if not painter.end():
        raise PrintingFailed


def orientation_of(size: PageSize) -> QPageLayout.Orientation:
    upright = size.height >= size.width
    return QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape


def page_size_of(size: PageSize) -> QPageSize:
    """The paper that a page is made for: A4, A3, or as it is."""
    sides = QSizeF(min(size.width, size.height), max(size.width, size.height))
    return QPageSize(sides, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def _place_on(printer: QPrinter, size: PageSize) -> QRectF:
    """Where a page stands on the printer's, in its dots: from the corner, as large as it is."""
    there = printer.pageLayout().fullRectPoints()
    fits = min(there.width() / size.width, there.height() / size.height)
    scale = printer.resolution() / 72 * (1.0 if fits > _AS_LARGE else fits)
    return QRectF(0, 0, size.width * scale, size.height * scale)


def image_of(picture: PagePicture) -> QImage:
    """A picture as Qt knows it, with its own copy of the pixels."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    return image.copy()
