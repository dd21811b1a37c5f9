"""A paper on a printer: as it is laid out, and whole where the printer's paper is smaller."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from jindu_desk.reports.typesetting.fonts import font_set
from jindu_desk.reports.typesetting.forms import LANDSCAPE_A3, Column, Form
from jindu_desk.reports.typesetting.preview import draw_page, page_sizes
from jindu_desk.ui.paper import finished, page_size_of, print_pages
from jindu_desk.ui.tasks import Progress


def test_a_large_page_that_lies_is_drawn_whole_on_smaller_paper(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    form = Form(font_set(bundled_only=True), "测试表", layout=LANDSCAPE_A3)
    form.table((Column("甲", 10), Column("乙", 10)), [("左", "右")])
    paper = finished(form.printed(author="测试"), "测试.pdf")
    assert page_size_of(paper.sizes[0]).id() is QPageSize.PageSizeId.A3
    target = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(72)
    print_pages(paper, printer, Progress(lambda *_told: None))
    (size,) = page_sizes(target.read_bytes())
    assert (round(size.width), round(size.height)) == (842, 595)
    left, right = inked(target.read_bytes())
    assert (left, right) == pytest.approx((25 / 420, 402 / 420), abs=0.01)


def inked(content: bytes) -> tuple[float, float]:
    """The leftmost and the rightmost dark place of the page, as a share of its width."""
    page = draw_page(content, 0, 72)
    dark = [
        at
        for at in range(page.width)
        if any(_is_dark(page.pixels, row * page.stride + at * 3) for row in range(page.height))
    ]
    return dark[0] / page.width, dark[-1] / page.width


def _is_dark(pixels: bytes, at: int) -> bool:
    return sum(pixels[at : at + 3]) < 400
