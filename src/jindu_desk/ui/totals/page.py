"""The page 汇总."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.rates import Rate
from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.queries.protection import Hiding, hiding_below
from jindu_desk.queries.rate_analysis import Place
from jindu_desk.queries.totals import Arrival, Behind, Totals, behind, totals
from jindu_desk.reports.arrival_wording import RETURNED, with_day
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.fields import word_for
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.rates.view import RatesView
from jindu_desk.ui.tables import RowsModel
from jindu_desk.ui.tasks import Cancelled
from jindu_desk.ui.theme.measures import BETWEEN, GROUP
from jindu_desk.ui.totals.actions import TotalsActions
from jindu_desk.ui.totals.behind import BehindPanel
from jindu_desk.ui.totals.columns import Line, figure_columns, lines, rate_columns
from jindu_desk.ui.totals.completeness import CompletenessTab
from jindu_desk.ui.totals.lines_table import lines_table, open_cells, show_lines
from jindu_desk.ui.totals.rate_cards import RateCards
from jindu_desk.ui.totals.targets import targets_form

_RATES, _FIGURES, _ARRIVALS = range(3)


class TotalsPage(PageScaffold):
    """Rates, figures by block, and completeness; a figure opens to its cells and its package."""

    subjects = frozenset({"tallies", "exchange", "units", "settings"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("汇总")
        self._shell = shell
        self.shown: Totals | None = None
        self._form: EntryPanel | None = None
        self._hiding: Hiding | None = None  # what the protected view does not show; None in the exact one
        self.is_protected = False
        self.actions_of_totals = TotalsActions(shell, self)
        self.set_actions(self.actions_of_totals.declared())
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("汇总的几个方面")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for title in ("比率", "数据", "完整情况"):
            self._tabs.addTab(title)
        self._tabs.currentChanged.connect(self._show_tab)
        self._pages = QStackedWidget()
        self._cards = RateCards()
        self._cards.chosen.connect(self.analyse)
        self._rates_stack = QStackedWidget()
        self._analysis = RatesView(shell, self._open_unit)
        self._analysis.left.connect(self._leave_analysis)
        self._rates = lines_table("各单位比率")
        self._figures = lines_table("各单位数据")
        for table, opened in ((self._rates, self._open_rate), (self._figures, self._open_figure)):
            open_cells(table, opened)
        self._completeness = CompletenessTab(shell)
        self._block = QComboBox()
        self._block.setMinimumWidth(180)
        self._span = QComboBox()
        self._span.addItems(["本月", "本年累计"])
        self._panel = BehindPanel(lambda received: shell.go("receive", received=received))
        self._table_pages = (self._figures_page(), self._completeness)
        for page in (self._rates_page(), *self._table_pages):
            self._pages.addWidget(page)
        self._empty = EmptyState(
            "这里显示各镇（街道）的合计和比率。收到第一个上报包之后才有数据。",
            Action("去接收", lambda: shell.go("receive"), icon="inbox", role="primary"),
            icon="sigma",
        )
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._summary)
        self._above_tabs = QVBoxLayout()
        column.addLayout(self._above_tabs)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)
        self._content.hide()
        self._empty.hide()
        self._block.currentIndexChanged.connect(self._show_figures)
        self._span.currentIndexChanged.connect(self._show_figures)

    def toggle_protected(self) -> None:
        """To what a paper that leaves the office shows, and back."""
        self.is_protected = not self.is_protected
        self.set_title("汇总 · 保护视图" if self.is_protected else "汇总")
        self.set_actions(self.actions_of_totals.declared())
        self._panel.hide()
        if self.is_protected:
            self._content.hide()  # until it is known what is hidden
            self._rates_stack.setCurrentIndex(0)
        self.refresh()

    def show_month(self, _month: Month) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, month, owner = self._shell.desk, self._shell.month, self._shell.desk.unit.unit.id
        if not self.is_protected:
            self._shell.tasks.run(lambda: (totals(desk.store, owner, month), None), self._take)
            return
        self._shell.tasks.run(
            lambda progress: (
                totals(desk.store, owner, month),
                hiding_below(desk.store, owner, month, progress.step),
            ),
            self._take,
            self._cannot_protect,
            title="保护视图",
            progress=True,
            cancellable=True,
        )

    def _cannot_protect(self, error: Exception) -> None:
        if isinstance(error, DeskError | Cancelled):
            self._shell.notice(str(error) or "已取消，仍是准确数字。", "warning")
        if self.is_protected:
            self.toggle_protected()

    def _take(self, found: tuple[Totals, Hiding | None]) -> None:
        shown, hiding = found
        if shown.month == self._shell.month and (hiding is not None) == self.is_protected:
            self._hiding = hiding
            self._cards.setVisible(hiding is None)
            self._show(shown)

    def _show(self, found: Totals) -> None:
        if self.shown is not None and self.shown.month != found.month:
            self._drop_form()  # it was about the month before
        self.shown = found
        arrived = any(arrival is not Arrival.MISSING for row in found.arrivals.values() for arrival in row)
        self._content.setVisible(arrived)
        self._empty.setVisible(not arrived)
        self.update_actions()
        if not arrived:
            return
        counted = sum(row.arrival is Arrival.COUNTED for row in found.units)
        held = [row.unit.name for row in found.units if row.arrival is Arrival.HELD]
        said = [f"{month_text(found.month)}：{len(found.units)} 个单位，已汇总 {counted} 个"]
        if held:
            said.append(f"待处理 {len(held)} 个（{'、'.join(held)}）")
        if missing := [unit.name for unit in found.missing]:
            said.append(f"未收到 {len(missing)} 个（{'、'.join(missing)}）")
        if returned := [row for row in found.units if row.arrival is Arrival.RETURNED]:
            named = "、".join(with_day(row.unit.name, row.returned_on) for row in returned)
            said.append(f"{RETURNED} {len(returned)} 个：{named}")
        findings = found.findings if self._hiding is None else ()  # their sentences name figures
        lines = ["；".join(said) + "。", *(f"核实：{finding.officer}" for finding in findings)]
        self._summary.setText("\n".join(lines))
        self._fill_blocks(found)
        self._show_tab(self._tabs.currentIndex())

    def _show_tab(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)
        # A stack is as high as its highest page: the tables must not scroll because the cards need more room.
        for place, page in enumerate((self._rates_stack, *self._table_pages)):
            kept = QSizePolicy.Policy.Preferred if place == tab else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, kept)
        found = self.shown
        if found is None:
            return
        if tab == _RATES and self._rates_stack.currentWidget() is self._analysis:
            self._analysis.load()
        elif tab == _RATES:
            self._cards.show_totals(found)
            show_lines(self._rates, rate_columns(found.rules.rates.required, self._hiding or Hiding()), lines(found))
        elif tab == _FIGURES:
            self._show_figures()
        else:
            self._completeness.show_totals(found, is_protected=self._hiding is not None)

    def _fill_blocks(self, found: Totals) -> None:
        blocks = [(block.code, f"{block.code} {block.name}") for block in found.rules.catalogue.blocks]
        if [self._block.itemData(n) for n in range(self._block.count())] == [code for code, _ in blocks]:
            return
        self._block.blockSignals(True)
        self._block.clear()
        for code, title in blocks:
            self._block.addItem(title, code)
        self._block.blockSignals(False)

    def _show_figures(self) -> None:
        found = self.shown
        if found is None or self._pages.currentIndex() != _FIGURES:
            return
        catalogue = found.rules.catalogue
        items = catalogue.block(str(self._block.currentData())).items
        to_date, hiding = self._span.currentIndex() == 1, self._hiding or Hiding()
        columns = figure_columns(items, dict(catalogue.kinds), to_date=to_date, hiding=hiding)
        show_lines(self._figures, columns, lines(found))

    def _open_rate(self, at: QModelIndex) -> None:
        found = self.shown
        if found is not None and at.column() >= 2 and not self.is_protected:
            self.analyse(found.rules.rates.required[at.column() - 2].code)

    def _open_figure(self, at: QModelIndex) -> None:
        found, model = self.shown, self._figures.model()
        if found is None or not isinstance(model, RowsModel) or at.column() < 2:
            return
        line: Line = model.row(at)
        item = found.rules.catalogue.block(str(self._block.currentData())).items[at.column() - 2]
        if line.whole:
            self._shell.notice("合计由上面各单位相加而成，请选一个单位的数。")
            return
        self._ask_behind(line.totals.unit.id, item.code)

    def _ask_behind(self, unit_id: str, item: str) -> None:
        found = self.shown
        if found is None:
            return
        desk, month, kinds, hiding = self._shell.desk, found.month, found.rules.catalogue.kinds, self._hiding

        def show(rows: Behind) -> None:
            if hiding is self._hiding:
                self._panel.show_behind(rows, kinds, hiding or Hiding())

        self._shell.tasks.run(lambda: behind(desk.store, unit_id, month, item), show)

    def _rates_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self._cards)
        column.addWidget(self._rates, 1)
        self._rates_stack.addWidget(page)
        self._rates_stack.addWidget(self._analysis)
        return self._rates_stack

    def analyse(self, rate: str = "") -> None:
        """The rates one by one, beginning with ``rate``."""
        self._rates_stack.setCurrentWidget(self._analysis)
        self._tabs.setCurrentIndex(_RATES)
        self._pages.setCurrentIndex(_RATES)
        self._analysis.open(rate)

    def _leave_analysis(self) -> None:
        self._rates_stack.setCurrentIndex(0)
        self._show_tab(_RATES)
        self._tabs.setFocus()

    def _open_unit(self, place: Place, rate: Rate) -> None:
        """Down to the cells of the rate's numerator in a unit, and their package."""
        found = self.shown
        if found is None:
            return
        unit = place.superior if place.unit.tier is Tier.VILLAGE and place.superior is not None else place.unit
        item = found.rules.catalogue.item(rate.numerator[0].item)
        self._block.setCurrentIndex(self._block.findData(item.block))
        self._tabs.setCurrentIndex(_FIGURES)
        self._ask_behind(unit.id, item.base)

    def _figures_page(self) -> QWidget:
        choice = QHBoxLayout()
        choice.setSpacing(GROUP)
        for word, box in (("指标组(&G)", self._block), ("范围(&R)", self._span)):
            choice.addWidget(word_for(box, word))
            choice.addWidget(box)
        hint = QLabel("在一个数上按回车或双击，看它由哪些村的数相加而成、来自哪个签名包。")
        hint.setProperty("role", "muted")
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        hint.setToolTip(hint.text())
        choice.addSpacing(GROUP)
        choice.addWidget(hint, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._figures)
        splitter.addWidget(self._panel)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(choice)
        column.addWidget(splitter, 1)
        return page

    def edit_targets(self) -> None:
        if self.shown is None or self._form is not None:
            return
        self._form = targets_form(self._shell, self.shown)
        self._form.closed.connect(self._drop_form)
        self._above_tabs.addWidget(self._form)
        self._form.form.setFocus()

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.deleteLater()
            self._form = None
