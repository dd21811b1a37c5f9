"""The paper itself: the very bytes that are printed and saved, page by page, at any size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.ui.action_row import ActionRow
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.paper import DrawnPage, Paper, draw_pages, image_of
from jindu_desk.ui.tasks import Tasks
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

_LEAST_DPI = 24.0  # a sheet in A3 fits also beside the list on a small screen
_ZOOMS = (25, 50, 75, 100, 125, 150, 200, 300)


class PaperPreview(QWidget):
    """``left()`` when the user goes back. ``printing`` and ``saving`` are operations, those of `paper_handing` for most
    pages; ``saving_in_word`` and ``saving_as_table`` are offered for papers that come so too; ``name`` is what a screen
    reader says.
    ``beside``: it stands beside the list that the paper is chosen in, so there is nowhere to go back to, and the
    keyboard stays in the list."""

    left = Signal()

    def __init__(
        self,
        tasks: Tasks,
        printing: Callable[[Paper], object],
        saving: Callable[[Paper], object],
        *,
        saving_in_word: Callable[[Paper], object] | None = None,
        saving_as_table: Callable[[Paper], object] | None = None,
        name: str = "预览",
        beside: bool = False,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._beside = beside
        self.paper: Paper | None = None
        self._zoom = 0  # percent; 0 fits the width
        self._drawn_at = 0.0
        self._pages: list[QLabel] = []
        smaller = button_for(Action("缩小", lambda: self._step(-1), shortcut="Ctrl+-"))
        bigger = button_for(Action("放大", lambda: self._step(1), shortcut="Ctrl++"))
        self._in_word, self._as_table = (
            (Action(label, partial(self._hand, saving), icon=icon, tip=tip),) if saving is not None else ()
            for label, saving, icon, tip in (
                ("另存为 Word", saving_in_word, "file-text", "在 Word 或 WPS 里接着改；版式相同"),
                ("另存为表格", saving_as_table, "sheet", "在 Excel 或 WPS 里筛选、排序、计算"),
            )
        )
        self._usual = (
            Action("打印", lambda: self._hand(printing), icon="printer", role="primary"),
            Action("另存为 PDF", lambda: self._hand(saving), icon="download"),
        )
        self._fitting = Action("适合宽度", self._fit, shortcut="Ctrl+0")
        self._actions = ActionRow()
        self._actions.set_actions((*self._usual, self._fitting))
        self._scale = QLabel()
        self._place = QLabel()
        self._fonts = QLabel(wordWrap=True)
        self._fonts.setProperty("role", "muted")
        bar = QHBoxLayout()
        bar.setSpacing(GROUP)
        if not beside:
            bar.addWidget(button_for(Action("返回", self.left.emit, icon="chevron-left", shortcut="Esc")))
        bar.addStretch(1)
        for widget in (smaller, self._scale, bigger, self._actions):
            bar.addWidget(widget)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else it takes room after fitting
        self._area.setAccessibleName(name)
        self._area.verticalScrollBar().valueChanged.connect(self._tell_place)
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setSpacing(BETWEEN)
        self._column.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        self._area.setWidget(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(bar)
        column.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(BETWEEN)
        foot.addWidget(self._fonts, 1)
        foot.addWidget(self._place)
        column.addLayout(foot)
        again = QShortcut(QKeySequence("F6"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self.left)
        for keys, step in (("PgDown", 1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._turn(step))

    def show_paper(self, paper: Paper) -> None:
        """Show another paper from its first page."""
        self.paper = paper
        self._fonts.setText(paper.fonts)
        in_word = self._in_word if paper.in_word is not None else ()
        as_table = self._as_table if paper.as_table is not None else ()
        actions = (*self._usual, *in_word, *as_table, self._fitting)
        if actions != self._actions.actions_shown:
            self._actions.set_actions(actions)
        self._area.verticalScrollBar().setValue(0)
        self._draw()
        if not self._beside:
            self._area.setFocus()

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom == 0 and abs(self._dpi() - self._drawn_at) > 2:
            self._draw()

    def _dpi(self) -> float:
        if self._zoom:
            return 96 * self._zoom / 100
        width = max((size.width for size in self.paper.sizes), default=595.0) if self.paper else 595.0
        room = self._area.viewport().width() - 2 * BETWEEN - 4
        return float(min(max(room / width * 72, _LEAST_DPI), 96 * 1.15))

    def _draw(self) -> None:
        paper, dpi = self.paper, self._dpi()
        if paper is None:
            return
        self._drawn_at = dpi
        ratio = self.devicePixelRatioF()

        def show(pages: tuple[DrawnPage, ...]) -> None:
            if paper is self.paper and dpi == self._drawn_at:
                self._show(pages, ratio)

        self._tasks.run(lambda: draw_pages(paper, dpi * ratio), show)

    def _show(self, pages: tuple[DrawnPage, ...], ratio: float) -> None:
        while len(self._pages) > len(pages):
            self._pages.pop().deleteLater()
        while len(self._pages) < len(pages):
            label = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(label)
        for number, (label, page) in enumerate(zip(self._pages, pages, strict=True), 1):
            pixmap = QPixmap.fromImage(image_of(page.picture))
            pixmap.setDevicePixelRatio(ratio)
            label.setPixmap(pixmap)
            label.setFixedSize(QSize(round(pixmap.width() / ratio), round(pixmap.height() / ratio)))
            label.setAccessibleName(f"第 {number} 页")
            label.setAccessibleDescription(page.text)
        self._scale.setText(f"{round(self._drawn_at / 96 * 100)}%")
        self._tell_place()

    def _hand(self, to: Callable[[Paper], object] | None) -> None:
        if self.paper is not None and to is not None:
            to(self.paper)

    def _fit(self) -> None:
        self._zoom = 0
        self._draw()

    def _step(self, step: int) -> None:
        now = self._drawn_at / 96 * 100
        if step > 0:
            self._zoom = next((zoom for zoom in _ZOOMS if zoom > now + 1), _ZOOMS[-1])
        else:
            self._zoom = next((zoom for zoom in reversed(_ZOOMS) if zoom < now - 1), _ZOOMS[0])
        self._draw()

    def _turn(self, step: int) -> None:
        at = self._current() + step
        if 0 <= at < len(self._pages):
            self._area.verticalScrollBar().setValue(self._top(at) - GROUP)

    def _current(self) -> int:
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 3
        return max((at for at in range(len(self._pages)) if self._top(at) <= middle), default=0)

    def _top(self, at: int) -> int:
        """Where a page begins, also before it is laid out."""
        return BETWEEN + sum(page.height() + BETWEEN for page in self._pages[:at])

    def _tell_place(self) -> None:
        self._place.setText(f"第 {self._current() + 1} 页，共 {len(self._pages)} 页" if self._pages else "")
