"""One rate: what it is made of, its months, and the units that weigh most in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from jindu_desk.domain.units import Tier
from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine
from jindu_desk.reports.tallies.rate_wording import (
    TIER_WORDS,
    chart_of_line,
    formula_words,
    goal_words,
    judged_text,
    parts_text,
    reached,
    target_text,
)
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.rates.columns import (
    MonthLine,
    PullLine,
    lines_of,
    month_columns,
    month_lines,
    pull_columns,
)
from jindu_desk.ui.rates.picture import RatePicture
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, scaled_font

_CHART = 104
_LEAST = 110
_BESIDE = 36  # characters


class RateDetail(QWidget):
    """``unit_chosen(pull)`` when a unit that weighs was double-clicked or chosen with Enter."""

    unit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: RateLine | None = None
        self._tiers: tuple[Tier, ...] = ()
        self.name = QLabel()
        self.name.setFont(scaled_font(1.1, bold=True))
        self.chip = StateChip()
        self.formula, self.figures, self.measure = _text(), _text(), _text(muted=True)
        self.picture = RatePicture(height=_CHART)
        self.months: RowsModel[MonthLine] = RowsModel(month_columns())
        self.pulls: RowsModel[PullLine] = RowsModel(pull_columns())
        self.months_view = rows_view(self.months, name="各月", sortable=False, compact=True)
        self.pulls_view = rows_view(self.pulls, name="差额最大的单位", compact=True)
        self.tier = QComboBox()
        self.tier.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # its words come later
        self.tier.currentIndexChanged.connect(self._show_pulls)
        self._tier_word = QLabel()
        self._tier_word.setBuddy(self.tier)
        self.pulls_view.doubleClicked.connect(self._choose)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self.pulls_view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._choose(self.pulls_view.currentIndex()))
        for view in (self.months_view, self.pulls_view):
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # they take what is left
            view.setMinimumHeight(_LEAST)
        self._below = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two tables stand one below the other where both together would show nothing but their first columns."""
        super().resizeEvent(event)
        beside = self.width() >= self.fontMetrics().horizontalAdvance("汉") * _BESIDE
        self._below.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._keep_sentences()

    def _keep_sentences(self) -> None:
        """Ask for the height that the sentences need at this width: else the tables would be cut by it."""
        across = self.width() - BETWEEN
        for label in (self.formula, self.figures):
            label.setMinimumHeight(max(label.heightForWidth(across), 0))
        below = self._below.orientation() == Qt.Orientation.Vertical
        self.measure.setMinimumHeight(max(self.measure.heightForWidth(across), 0) if below else 0)

    def show_line(self, line: RateLine, analysis: RateAnalysis) -> None:
        self._line = line
        rate, month, year = line.rate, line.month, line.to_date
        self.name.setText(rate.name)
        judged = judged_text(line)
        self.chip.setVisible(bool(judged))
        if judged:
            self.chip.show_state(judged, "done" if reached(line) else "due")
        law = f"（{rate.law}）" if rate.law else ""
        self.formula.setText(f"{rate.meaning}{law}\n公式：{formula_words(rate, analysis.rules.catalogue)}")
        kind = "月末存量，不跨月相加" if line.stock else f"本年累计 {year.text}（{parts_text(year)}）"
        self.figures.setText(
            f"本月 {month.text}：分子 {month.numerator:,}，分母 {month.denominator:,}；"
            f"目标 {target_text(line.target)}；{kind}"
        )
        self.picture.show_chart(chart_of_line(line, analysis))
        self.months.show_rows(month_lines(line, analysis))
        self._offer(analysis.tiers)
        self._show_pulls()
        self._keep_sentences()

    def _offer(self, tiers: tuple[Tier, ...]) -> None:
        """The tiers to choose from; the one that was chosen stays."""
        if tiers == self._tiers:
            return
        self._tiers = tiers
        self.tier.blockSignals(True)
        self.tier.clear()
        self.tier.addItems([TIER_WORDS[tier] for tier in tiers])
        self.tier.blockSignals(False)
        self.tier.setVisible(len(tiers) > 1)
        only = TIER_WORDS[tiers[0]] if len(tiers) == 1 else "(&W)"
        self._tier_word.setText(f"差额最大的{only}")

    def _show_pulls(self) -> None:
        line, at = self._line, self.tier.currentIndex()
        if line is not None and 0 <= at < len(self._tiers):
            pulls = line.heaviest[self._tiers[at]]
            self.pulls.show_rows(lines_of(line, pulls))
            none = "" if pulls or line.goal is None else "没有单位离它有差额。"
            self.measure.setText(f"{none}{goal_words(line)}")

    def _choose(self, at: QModelIndex) -> None:
        if at.isValid():
            self.unit_chosen.emit(self.pulls.row(at).pull)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GROUP)
        head.addWidget(self.name)
        head.addWidget(self.chip)
        head.addStretch(1)
        choice = QHBoxLayout()
        choice.setSpacing(GROUP)
        choice.addWidget(self._tier_word)
        choice.addWidget(self.tier)
        choice.addStretch(1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GROUP)
        beside.addLayout(choice)
        beside.addWidget(self.pulls_view, 1)
        beside.addWidget(self.measure)
        below = self._below
        below.setChildrenCollapsible(False)
        below.setHandleWidth(GROUP)
        below.addWidget(self.months_view)
        below.addWidget(right)
        below.setStretchFactor(0, 6)
        below.setStretchFactor(1, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(head)
        column.addWidget(self.formula)
        column.addWidget(self.figures)
        column.addWidget(self.picture)
        column.addWidget(below, 1)


def _text(*, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setProperty("role", "muted")
    return label
