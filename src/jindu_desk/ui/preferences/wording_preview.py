"""What the wording looks like: the first and last page of made-up minutes, and a table, drawn while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.errors import DeskError
from jindu_desk.ui.paper import DrawnPage, image_of
from jindu_desk.ui.theme.measures import GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.paths import FolderPaths
    from jindu_desk.queries.units import UnitRow
    from jindu_desk.reports.paper_wording import PaperWording
    from jindu_desk.ui.frame.screen import Shell

_AFTER = 300  # milliseconds after the last keystroke
_CAPTIONS = ("纪要首页", "纪要末页", "表格")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen."""

    unit: UnitRow
    month: Month
    wording: PaperWording


class WordingPreview(QWidget):
    """While a drawing is under way later wishes replace each other; only the newest is shown."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._wish: Wish | None = None
        self._running = self._again = False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER)
        self._soon.timeout.connect(self._draw)
        told = QLabel("样张随输入更新；会议、人名和数字都是虚构的。")
        told.setProperty("role", "muted")
        told.setWordWrap(True)  # within the area: a label that wraps would make the whole page scroll
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its width decides the scale
        self._area.setAccessibleName("样张")
        sheet = QWidget()
        pages = QVBoxLayout(sheet)
        pages.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        pages.setSpacing(GROUP)
        pages.addWidget(told)
        self.pages: list[QLabel] = []
        self._captions: list[QLabel] = []
        for caption in _CAPTIONS:
            said = QLabel(caption)
            said.setProperty("role", "muted")
            page = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
            pages.addWidget(said)
            pages.addWidget(page)
            self._captions.append(said)
            self.pages.append(page)
        pages.addStretch(1)
        self._area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def show_wording(self, unit: UnitRow, month: Month, wording: PaperWording) -> None:
        """Show the papers with this wording a moment later, unless another comes before."""
        self._wish = Wish(unit, month, wording)
        self._soon.start()

    def bring_into_view(self, page: int, *, foot: bool = False) -> None:
        """0: the first page of the minutes, 1: the last one, 2: the table; its ``foot`` or its head."""
        shown = self.pages[page]
        end = shown.y() + shown.height() + GROUP - self._area.viewport().height()
        self._area.verticalScrollBar().setValue(end if foot else self._captions[page].y() if page else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wish is not None and event.size().width() != event.oldSize().width():
            self._soon.start()

    def _draw(self) -> None:
        if self._running:
            self._again = True
        elif self._wish is not None and self.isVisible():
            self._running, self._again = True, False
            wish, paths, ratio = self._wish, self._shell.desk.paths, self.devicePixelRatioF()
            width = round((self._area.viewport().width() - 2 * GROUP) * ratio)
            self._shell.tasks.run(lambda: _drawn(wish, paths, width), partial(self._show, wish, ratio), self._failed)

    def _show(self, wish: Wish, ratio: float, pages: tuple[DrawnPage, ...]) -> None:
        self._running = False
        if self._again:
            self._draw()
        if wish is not self._wish:
            return
        for label, page in zip(self.pages, pages, strict=True):
            pixmap = QPixmap.fromImage(image_of(page.picture))
            pixmap.setDevicePixelRatio(ratio)
            label.setPixmap(pixmap)
            label.setFixedSize(QSize(round(pixmap.width() / ratio), round(pixmap.height() / ratio)))
            label.setAccessibleDescription(page.text)

    def _failed(self, error: Exception) -> None:
        self._running = False
        if self._again:
            self._draw()
        elif isinstance(error, DeskError):
            self._shell.tasks.failed.emit(error)


def _drawn(wish: Wish, paths: FolderPaths, width: int) -> tuple[DrawnPage, ...]:
    """The three pages, ``width`` pixels wide; on the worker."""
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts
    from jindu_desk.reports.typesetting.preview import draw_page, page_sizes, page_text
    from jindu_desk.reports.wording_sample import wording_sample

    sample = wording_sample(wish.unit, wish.month, wish.wording, paper_fonts(paths))
    minutes, table = sample.minutes.content, sample.table.content
    sizes = page_sizes(minutes)
    dpi = max(width, 1) / sizes[0].width * 72
    return tuple(
        DrawnPage(draw_page(pdf, at, dpi), page_text(pdf, at))
        for pdf, at in ((minutes, 0), (minutes, len(sizes) - 1), (table, 0))
    )
