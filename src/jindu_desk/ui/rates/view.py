"""All rates of the month on the left, the chosen one on the right; their paper in place of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from jindu_desk.domain.tallies.rate_weights import Pull
from jindu_desk.domain.tallies.rates import Rate
from jindu_desk.queries.rate_analysis import Place, RateAnalysis, RateLine, rate_analysis
from jindu_desk.queries.rate_protection import hidden_of_rates
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding
from jindu_desk.ui.paper_preview import PaperPreview
from jindu_desk.ui.rates.columns import rate_columns
from jindu_desk.ui.rates.detail import RateDetail
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.tasks import Progress
from jindu_desk.ui.theme.measures import GROUP, scaled_font

_LIST, _NARROW_LIST = 26, 17  # characters
_ROOM = 56  # characters, from which on the list has all its columns


class RatesView(QStackedWidget):
    """``left()`` when the user goes back. ``open_unit(place, rate)`` leads to a unit's figures."""

    left = Signal()

    def __init__(self, shell: Shell, open_unit: Callable[[Place, Rate], object]) -> None:
        super().__init__()
        self._shell, self._open_unit = shell, open_unit
        self.analysis: RateAnalysis | None = None
        self._wanted = ""
        self.model: RowsModel[RateLine] = RowsModel(rate_columns())
        self.list = rows_view(self.model, name="各项比率", compact=True)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.detail = RateDetail()
        self.detail.unit_chosen.connect(self._lead_to)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self._title = QLabel()
        self._title.setFont(scaled_font(1.0, bold=True))
        self.back = button_for(Action("返回", self.left.emit, icon="chevron-left", shortcut="Esc"))
        self.to_paper = button_for(
            Action(
                "打印或另存…",
                partial(self.show_paper, protected=True),
                icon="printer",
                shortcut="F6",
                tip="全部比率一页纸，保护版，可以外发：各村（社区）的小数和能推算出它们的数不在纸上",
            )
        )
        self.to_exact_paper = button_for(
            Action(
                "内部版…",
                partial(self.show_paper, protected=False),
                icon="printer",
                tip="全部比率一页纸，含各单位实数，供内部工作使用",
            )
        )
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._narrow: bool | None = None
        self.addWidget(self._laid_out())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the list is only chosen from: the parts stand beside it in the sentence."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("汉")
        narrow = self.width() < em * _ROOM
        if narrow != self._narrow:
            self._narrow = narrow
            self.list.setColumnHidden(len(self.model.columns) - 1, narrow)
            listed = em * (_NARROW_LIST if narrow else _LIST)
            self._splitter.setSizes([listed, max(self.width() - listed, 1)])

    @cached_property
    def preview(self) -> PaperPreview:
        """Made for the first paper."""
        preview = PaperPreview(
            self._shell.tasks,
            self.handing.print_paper,
            self.handing.save_paper,
            saving_as_table=self.handing.save_as_table,
            name="比率分析预览",
        )
        preview.left.connect(lambda: self.setCurrentIndex(0))
        self.addWidget(preview)
        return preview

    @cached_property
    def handing(self) -> PaperHanding:
        return PaperHanding(self._shell, self, folder_key="rates.pdf_folder", what="比率分析")

    def open(self, rate: str = "") -> None:
        """Come up with ``rate`` (its code), or with the one that was shown last."""
        self._wanted = rate or self._wanted
        self.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()

    def load(self) -> None:
        """Ask for the month; the same rate stays shown."""
        desk, month = self._shell.desk, self._shell.month
        self._shell.tasks.run(lambda: rate_analysis(desk.store, desk.unit.unit.id, month), self._show)

    def show_paper(self, *, protected: bool) -> None:
        """``protected`` where it is handed out, else for the own file."""
        analysis, desk = self.analysis, self._shell.desk
        if analysis is None:
            return

        def made(progress: Progress) -> Paper:
            from jindu_desk.reports.tallies.rates_paper import rates_printed
            from jindu_desk.reports.tallies.rates_paper_of import paper_name, rates_paper_of
            from jindu_desk.reports.tallies.rates_workbook import rates_xlsx
            from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

            hidden = hidden_of_rates(desk.store, analysis, progress.step) if protected else None
            paper = rates_paper_of(analysis, hidden)
            printed = rates_printed(paper, paper_fonts(desk.paths))
            name = paper_name(analysis, protected=protected)
            return finished(printed, name, as_table=partial(rates_xlsx, paper, desk.store.clock().date()))

        self._shell.tasks.run(made, self._show_paper, title="正在排版比率分析", progress=True, cancellable=True)

    def _show(self, found: RateAnalysis) -> None:
        if found.month != self._shell.month:
            return
        self.analysis = found
        self._title.setText(f"{found.owner.name}　{month_text(found.month)}")
        self.model.show_rows(found.lines)
        if not select_same(self.list, self.model, lambda line: line.rate.code, self._wanted):
            self.list.selectRow(0)
        self._show_current()

    def _show_current(self) -> None:
        at = self.list.currentIndex()
        if self.analysis is not None and at.isValid():
            line = self.model.row(at)
            self._wanted = line.rate.code
            self.detail.show_line(line, self.analysis)

    def _lead_to(self, pull: Pull[Place]) -> None:
        at = self.list.currentIndex()
        if at.isValid():
            self._open_unit(pull.unit, self.model.row(at).rate)

    def _show_paper(self, paper: Paper) -> None:
        self.setCurrentWidget(self.preview)
        self.preview.show_paper(paper)

    def _laid_out(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setSpacing(GROUP)
        bar.addWidget(self.back)
        bar.addWidget(self._title)
        bar.addStretch(1)
        bar.addWidget(self.to_exact_paper)
        bar.addWidget(self.to_paper)
        splitter = self._splitter
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(1, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(bar)
        column.addWidget(splitter, 1)
        return content
