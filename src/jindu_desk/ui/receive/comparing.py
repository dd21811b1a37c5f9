"""Two packages side by side over the whole page: a correction and what it corrects, or both sides of a fork."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.compare import CellDifference
from jindu_desk.queries.exchange.details import PackageDetails
from jindu_desk.queries.exchange.received import PackageDifferences
from jindu_desk.reports.exchange.wording import numbered_text
from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.receive.inside_words import inside_heading, township_words
from jindu_desk.ui.receive.package_words import reason_name, records_words, when, who_signed
from jindu_desk.ui.receive.rows import row_of_record
from jindu_desk.ui.receive.texts import facts_grid, heading, wrapped
from jindu_desk.ui.receive.words import content_sentence, verdict_words
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, HEADING, scaled_font

_STATES = {"": "（无）", "not_applicable": "无此情况", "unknown": "未掌握"}


@dataclass(frozen=True, slots=True)
class Pair:
    """``one`` is what stands now, ``other`` what came; None where there is nothing to compare with."""

    one: PackageDetails | None
    other: PackageDetails
    found: PackageDifferences
    is_fork: bool


def difference_columns(one: str, other: str, *, inside: bool = False) -> tuple[Column[CellDifference], ...]:
    """Names as wide as they are: what a figure is must not be cut. ``inside``: also whose package it is in."""
    township: Column[CellDifference] = Column(
        "镇（街道）", lambda row: row.township or "（本级）", tooltip=lambda row: row.township
    )
    return (
        *((township,) if inside else ()),
        Column("村（社区）", lambda row: row.unit_name, tooltip=lambda row: row.unit_name),
        Column("指标", lambda row: row.name, tooltip=lambda row: row.name),
        Column("代码", lambda row: row.item, width=5),
        Column(one, lambda row: _shown(row.before), align="right", width=7),
        Column(other, lambda row: _shown(row.after), align="right", width=7),
        Column("增减", _step, align="right", width=5),
        Column("", lambda _row: "", width=-1),
    )


class ComparisonView(QWidget):
    """``left()`` when the user goes back. The operations come with `show_pair`."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair: Pair | None = None
        self._back = button_for(Action("返回", self.left.emit, "chevron-left", "Esc"))
        self._title = QLabel()
        self._title.setFont(scaled_font(HEADING, bold=True))
        self._title.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setSpacing(BETWEEN)
        bar.addWidget(self._back)
        bar.addWidget(self._title, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("两份的内容和差异")
        self.reason: Field[QLineEdit] = Field(
            "认定理由", line_edit(limit=500, placeholder="例如：已与对方电话核对，旧电脑上的一份作废"), required=True
        )
        self._wrong = wrapped("", role="wrong")
        self._decisions = QHBoxLayout()
        self._decisions.setSpacing(GROUP)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(bar)
        column.addWidget(self._area, 1)
        column.addWidget(self.reason)
        column.addWidget(self._wrong)
        column.addLayout(self._decisions)

    def show_pair(
        self,
        pair: Pair,
        *,
        adopt: Callable[[str, str], object],
        confirm: Callable[[], object],
        give_back: Callable[[], object],
    ) -> None:
        """``adopt(received_id, reason)`` decides a fork, ``confirm`` lets a correction replace, ``give_back`` opens
        the form for returning it."""
        self.pair = pair
        self._title.setText(_title(pair))
        self.reason.editor.clear()
        self.reason.clear_error()
        self.reason.setVisible(pair.is_fork)
        self.show_failure(None)
        self._area.setWidget(self._content(pair))
        if pair.is_fork:
            self._show_buttons(self._fork_actions(pair, adopt))
            self.reason.editor.setFocus()
        else:
            self._show_buttons(
                (
                    Action("采用更正", confirm, "check", role="primary"),
                    Action("退回…", give_back, "undo-2"),
                )
            )
            self._buttons[0].setFocus()

    def button(self, label: str) -> QPushButton:
        return next(button for button in self._buttons if button.text() == label)

    def set_busy(self, busy: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not busy)

    def show_failure(self, error: Exception | None) -> None:
        """Beside what was typed, which stays."""
        if error is not None and self.pair is not None and self.pair.is_fork:
            self.reason.show_error(str(error))
            self.reason.editor.setFocus()
            return
        self._wrong.setText(str(error or ""))
        self._wrong.setVisible(error is not None)

    def _fork_actions(self, pair: Pair, adopt: Callable[[str, str], object]) -> tuple[Action, ...]:
        other = pair.other.row.id
        second = Action(
            "采用第二份" if pair.one else "采用这一份",
            lambda: adopt(other, self.reason.text()),
            "check",
            role="primary",
        )
        if pair.one is None:
            return (second,)
        one, kept = pair.one.row, pair.one.row.id
        decided = one.decided_reason != "" or not one.counted
        of_report = one.period != ""
        first = Action(
            "仍采用第一份",
            lambda: adopt(kept, self.reason.text()),
            "check",
            condition=lambda: "已经认定采用这一份。" if decided else of_report,
        )
        return (second, first)

    def _show_buttons(self, actions: tuple[Action, ...]) -> None:
        while (item := self._decisions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = [button_for(action) for action in actions]
        for button in self._buttons:
            self._decisions.addWidget(button)
        self._decisions.addStretch(1)

    def _content(self, pair: Pair) -> QWidget:
        content = QWidget()
        content.setAutoFillBackground(False)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, GROUP, 0)
        column.setSpacing(12)
        names = ("第一份", "第二份") if pair.is_fork else ("原来的一份", "更正的一份")
        cards = QHBoxLayout()
        cards.setSpacing(BETWEEN)
        if pair.one is not None:
            cards.addWidget(_card(names[0], pair.one), 1)
        cards.addWidget(_card(names[1] if pair.one else "收到的一份", pair.other), 1)
        column.addLayout(cards)
        if pair.one is None:
            column.addWidget(wrapped(_ALONE if pair.is_fork else _NOTHING_BEFORE))
            column.addStretch(1)
            return content
        found = pair.found
        inside = found.townships
        others = records_words(found.records)
        if others:
            column.addWidget(heading("台账以外" if inside is None else "区里自己的内容"))
            column.addWidget(wrapped("；".join(others) + "。", name="台账以外的不同"))
        if inside is not None:
            column.addWidget(heading(inside_heading(inside)))
            for township in inside:
                column.addWidget(wrapped(township_words(township), name="里面的不同"))
        column.addWidget(heading(f"台账有 {len(found.cells)} 格不同" if found.cells else "台账没有不同"))
        if found.cells:
            short = ("第一份", "第二份") if pair.is_fork else ("原来", "更正为")
            model = RowsModel(difference_columns(*short, inside=inside is not None), content)
            model.show_rows(found.cells)
            view = rows_view(model, name="逐格差异", compact=True)
            view.horizontalHeader().setResizeContentsPrecision(-1)
            view.resizeColumnsToContents()
            rows = min(max(len(found.cells), 1), 12) + 1
            view.setMinimumHeight(rows * view.verticalHeader().defaultSectionSize() + 12)
            column.addWidget(view, 1)
        if not found.cells:
            column.addStretch(1)
        return content


_ALONE = (
    "本单位没有收到同一编号的另一份：这一份接在一份本单位没有收到的数据包后面，前后对不上。"
    "请与发出单位核对：是不是换过电脑、恢复过旧备份，或者两台电脑上各做了一份。"
)
_NOTHING_BEFORE = "原来的一份找不到了，没有可比的内容。"


def _title(pair: Pair) -> str:
    details = pair.other
    what = content_sentence(details.kind.value if details.kind else "", details.sender_name, details.period)
    if pair.is_fork:
        return f"{what}：同一编号的两份" if pair.one else f"{what}：前后接不上的一份"
    return f"{what}：更正第 {details.revision} 版"


def _card(title: str, details: PackageDetails) -> Card:
    card = Card(title)
    row = row_of_record(details.row)
    word, kind = verdict_words(row)
    card.head.addWidget(StateChip("现在采用" if row.counted and not row.judged else word, kind))
    card.body.addLayout(
        facts_grid(
            (
                ("编号", numbered_text(details.number, details.revision if details.period else None)),
                (reason_name(details), details.reason),
                ("谁签的", who_signed(details)),
                ("时间", when(details)),
                ("认定理由", row.decided_reason),
                ("认定另一份", row.other_chosen),
                ("文件", row.file_name),
            )
        )
    )
    card.body.addStretch(1)
    return card


def _shown(text: str) -> str:
    return _STATES.get(text, text)


def _step(row: CellDifference) -> str:
    """By how much; nothing where one of them is no number."""
    if not (row.before.isdigit() and row.after.isdigit()):
        return ""
    return f"{int(row.after) - int(row.before):+d}"
