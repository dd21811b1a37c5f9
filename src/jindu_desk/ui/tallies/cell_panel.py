"""The slim panel beside the sheet: what the current cell means, where it comes from, how it went so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import clean_text, without_numbers
from jindu_desk.domain.tallies.catalogue import Item, Nature, Source
from jindu_desk.errors import DeskError
from jindu_desk.queries.tallies import MonthFigure
from jindu_desk.ui.fields import mark_wrong
from jindu_desk.ui.meters import Sparkline
from jindu_desk.ui.tallies.state import SheetState, cell_text, formula_text
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, scaled_font

WIDTH = 236
_SOURCES = {Source.VILLAGE: "村（社区）", Source.POLICE: "派出所", Source.TOWNSHIP: "镇（街道）"}
_NATURES = {Nature.STOCK: "月末存量", Nature.FLOW: "本月发生"}


class CellPanel(QFrame):
    """``note_given(text)`` when a comment was typed and confirmed."""

    note_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("当前项目")
        self.setMinimumWidth(WIDTH - 14)  # what a scroll bar leaves of it
        self._title = _label(scaled=1.0, bold=True)
        self._where = _label(role="muted")
        self._how = _label()
        self._returned = _label(role="wrong")
        self._returned.setVisible(False)
        self._law = _label(role="muted")
        self._law.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._law.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._now, self._last, self._year_ago, self._year = _figure(), _figure(), _figure(), _figure()
        self._trend = Sparkline("近十二个月")
        self._trend.setFixedHeight(36)
        self._note = QLineEdit(maxLength=200, placeholderText="备注或数据来源")
        self._note.setAccessibleName("备注")
        self._note.textChanged.connect(self._judge_note)
        self._note.editingFinished.connect(self._give_note)
        self._refused = _label(role="wrong")
        self._refused.setVisible(False)
        self._given = ""
        grid = QGridLayout()
        grid.setHorizontalSpacing(GROUP)
        self._year_word = _label("近 12 个月合计", role="muted")
        words = (*(_label(word, role="muted") for word in ("本月", "上月", "去年同月")), self._year_word)
        for word in words:
            word.setWordWrap(False)
            word.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        figures = (self._now, self._last, self._year_ago, self._year)
        for row, (word, figure) in enumerate(zip(words, figures, strict=True)):
            grid.addWidget(word, row, 0)
            grid.addWidget(figure, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN - 4, BETWEEN - 4, BETWEEN - 4, BETWEEN - 4)
        column.setSpacing(GROUP)
        column.addWidget(self._title)
        column.addWidget(self._where)
        column.addWidget(self._returned)
        column.addLayout(grid)
        column.addWidget(self._trend)
        column.addWidget(self._how)
        column.addWidget(self._law, 1)
        label = _label("备注", role="muted")
        label.setBuddy(self._note)
        column.addWidget(label)
        column.addWidget(self._note)
        column.addWidget(self._refused)

    def show_cell(self, state: SheetState, unit_id: str, item: Item) -> None:
        """Show what is known at once; the trend follows with `show_trend`."""
        kind = state.catalogue.kinds.get(item.kind, "")
        _say(self._title, f"{item.base} {item.name}")
        source = "" if item.source is Source.VILLAGE else f" · {_SOURCES[item.source]}提供"
        nature = "月初存量" if item.carried else _NATURES[item.nature]
        about = f"{nature} · {item.unit}{source}"
        _say(self._where, " · ".join(part for part in (state.name_of(unit_id), kind) if part) + f"\n{about}")
        self._show_returned(state, unit_id, item)
        cell = state.cell(unit_id, item.code)
        _say(self._now, cell_text(cell) or "未填")
        _say(self._last, cell_text(state.sheet.last_month(unit_id, item.code)) or "—")
        _say(self._how, self._origin(state, unit_id, item))
        self._how.setVisible(bool(self._how.text()))
        _say(self._law, f"依据：{item.law}" if item.law else "")
        self._law.setToolTip(self._law.text())
        self._given = state.note(unit_id, item.code)
        if not self._note.hasFocus():
            self._note.setText(self._given)
        filled = bool(cell_text(cell))
        self._note.setEnabled(filled and not state.is_closed)
        self._note.setToolTip("" if filled else "先填数字，再写备注")

    def show_trend(self, figures: Sequence[MonthFigure], nature: Nature) -> None:
        """``figures``: of thirteen months, the first of them a year ago."""
        _say(self._year_ago, cell_text(figures[0].cell) or "—")
        figures = figures[1:]
        values = [float(each.cell) if isinstance(each.cell, int) else None for each in figures]
        known = [value for value in values if value is not None]
        self._trend.show_values(values)
        first, last = figures[0].month, figures[-1].month
        self._trend.setToolTip(f"{first} 至 {last}" if known else "还没有往月数字")
        is_flow = nature is Nature.FLOW
        self._year.setVisible(is_flow)
        self._year_word.setVisible(is_flow)
        _say(self._year, f"{sum(known):.0f}" if known else "—")

    @property
    def year_ago(self) -> str:
        """The figure of the same month of last year."""
        return self._year_ago.text()

    @property
    def returned(self) -> str:
        """What the superior said of the cell, or of its village."""
        return self._returned.text()

    def _show_returned(self, state: SheetState, unit_id: str, item: Item) -> None:
        said = [f"↩ 退回意见：{reason}" for reason in state.remarks_at(unit_id, item.code)]
        said += [f"↩ 退回意见（整村）：{reason}" for reason in state.remarks_on_row(unit_id)]
        _say(self._returned, "\n".join(said))
        self._returned.setVisible(bool(said))

    def _origin(self, state: SheetState, unit_id: str, item: Item) -> str:
        if item.derived and not (item.opens and unit_id in state.sheet.openings):
            told = f"自动计算：{formula_text(item.derived)}"
            remarked = state.remarks_at(unit_id, item.code)
            return f"{told}\n要更正请改：{state.to_mend(unit_id, item)}" if remarked else told
        if item.carried:
            base = item.carried.partition(".")[0]
            if unit_id in state.sheet.openings:
                return f"首次填写；以后由上月 {base} 结转。请在备注写明来源。"
            return f"由上月 {base} 结转，不用填"
        if item.part_of:
            return f"计入 {item.part_of.partition('.')[0]}"
        return ""

    def _judge_note(self, text: str) -> None:
        sentence = ""
        try:
            clean_text(text, "note")
        except DeskError as error:
            sentence = str(error)
        mark_wrong(self._note, sentence)
        _say(self._refused, "号码不会保存，其余照存" if sentence else "")  # a longer one has no room
        self._refused.setVisible(bool(sentence))

    def _give_note(self) -> None:
        """Who is told masks a number that may not be kept; so does the line, now that it is left."""
        text = self._note.text().strip()
        if text != self._given and self._note.isEnabled():
            self._given = without_numbers(text)
            if self._given != text:
                self._note.setText(self._given)
            self.note_given.emit(text)


def _say(label: QLabel, text: str) -> None:
    """Nothing where it says so already: a label that is told anything lays out the panel anew."""
    if label.text() != text:
        label.setText(text)


def _label(text: str = "", *, role: str = "", scaled: float = 0.95, bold: bool = False) -> QLabel:
    label = QLabel(text)
    label.setFont(scaled_font(scaled, bold=bold))
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    if role:
        label.setProperty("role", role)
    return label


def _figure() -> QLabel:
    label = QLabel("—")
    label.setFont(scaled_font(1.0, bold=True, tabular=True))
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return label
