"""One package in the side panel: the verdict, who signed what and when, what it means, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jindu_desk.errors.exchange import VERDICT_SENTENCES
from jindu_desk.queries.exchange.details import PackageDetails
from jindu_desk.queries.exchange.history import HistoryRow
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.receive.button_rows import ButtonRows
from jindu_desk.ui.receive.headline import Headline
from jindu_desk.ui.receive.package_words import (
    history_lines,
    judgement,
    reason_lines,
    reasons_title,
    remark_lines,
    what_it_is,
    what_to_do,
    when,
    who_signed,
    written_for,
)
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.technical import TechnicalPart
from jindu_desk.ui.receive.texts import facts_grid, heading, lines_below, wrapped
from jindu_desk.ui.receive.words import explanation_of, long_words, verdict_sign, verdict_words
from jindu_desk.ui.side_panel import PanelContent
from jindu_desk.ui.theme.measures import GROUP

AUDIT_BROKEN = VERDICT_SENTENCES["audit_broken"]
_LEAST = 96  # of what scrolls, on a small screen


class PackagePanel(PanelContent):
    """The verdict of ``row`` stands there at once, the rest when its file was read again (`show_details`).

    What is to be done stays in view, with its buttons (``decisions``), while the rest scrolls; ``others`` stand below
    the facts.
    """

    def __init__(self, row: FileRow, decisions: Sequence[Action] = (), others: Sequence[Action] = ()) -> None:
        super().__init__(row.from_unit or row.file_name)
        self.row = row
        self.details: PackageDetails | None = None
        self._decisions: list[tuple[QPushButton, Action]] = []
        words = long_words(row)
        self.headline = Headline()
        self.headline.show_words(words.heading, verdict_words(row)[1], verdict_sign(row))
        said, *lines = explanation_of(row).split("\n")
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, GROUP, 0)
        inside.setSpacing(12)
        inside.addWidget(wrapped(said, name="说明"))
        inside.addWidget(heading("这说明什么"))
        self._meaning = wrapped(words.meaning, name="这说明什么")
        inside.addWidget(self._meaning)
        self._facts = _part(inside)
        self._others = [(button_for(replace(action, role="link")), action) for action in others]
        links = ButtonRows()
        links.show_buttons([button for button, _ in self._others])
        inside.addWidget(links)
        self._lists = _part(inside)
        if lines:
            self._lists.addWidget(lines_below(f"列出的内容 {len(lines)} 条", lines))
        if row.faults and not row.counted:
            self._lists.addWidget(lines_below(f"内容有 {len(row.faults)} 处不合规定", row.faults))
        inside.addStretch(1)
        self._to_do = wrapped(what_to_do(row, None), name="要做什么")
        self._wrong = wrapped("", role="wrong")
        self._wrong.setVisible(False)
        self._buttons = ButtonRows()
        line = QFrame()
        line.setProperty("role", "line")
        self.column.addWidget(self.headline)
        self.column.addWidget(_Rest(content), 1)
        self.column.addWidget(line)
        self.column.addWidget(heading("要做什么"))
        self.column.addWidget(self._to_do)
        self.column.addWidget(self._wrong)
        self.column.addWidget(self._buttons)
        self.column.setSpacing(GROUP)
        self.show_decisions(decisions)

    def show_details(self, details: PackageDetails, history: Sequence[HistoryRow]) -> None:
        """What the kept file and the records say."""
        self.details = details
        row = self.row
        words = long_words(row, details.state)
        self.headline.show_words(words.heading, verdict_words(row)[1], verdict_sign(row))
        self._meaning.setText(words.meaning)
        self._to_do.setText(what_to_do(row, details))
        self._facts.addLayout(
            facts_grid(
                (
                    ("谁签的", who_signed(details)),
                    ("是什么", what_it_is(details)),
                    ("写给", written_for(details)),
                    ("时间", when(details)),
                    ("处理", judgement(details)),
                    ("认定理由", row.decided_reason),
                    ("认定另一份", row.other_chosen),
                    ("附件", "、".join(details.attachments)),
                )
            )
        )
        differing = tuple(fault for fault in row.faults if row.counted and fault not in details.violations)
        for title, lines in (
            ("退回意见", remark_lines(details.remarks)),
            (f"与随附数据包不同 {len(differing)} 处", differing),
            (f"不符合审核规则 {len(details.violations)} 处", details.violations),
            (reasons_title(details.reasons), reason_lines(details.reasons)),
            ("请注意", (AUDIT_BROKEN,) if self._breaks_off_untold(details) else ()),
            ("经过", history_lines(history)),
        ):
            if lines:
                self._lists.addWidget(lines_below(title, lines))
        self._lists.addWidget(TechnicalPart(details))

    def _breaks_off_untold(self, details: PackageDetails) -> bool:
        """The explanation says it already, unless a judgement took its place."""
        return details.audit_continues is False and AUDIT_BROKEN not in explanation_of(self.row)

    def show_decisions(self, decisions: Sequence[Action]) -> None:
        """These buttons below what is to be done, instead of those that stood there."""
        self._decisions = [(button_for(action), action) for action in decisions]
        self._buttons.show_buttons([button for button, _ in self._decisions])

    def button(self, label: str) -> QPushButton:
        """The button with this label, below 要做什么 or below the facts."""
        return next(button for button, action in (*self._decisions, *self._others) if action.label == label)

    @property
    def decisions(self) -> tuple[str, ...]:
        return tuple(action.label for _, action in self._decisions)

    def set_busy(self, busy: bool) -> None:
        for button, action in self._decisions:
            if busy:
                button.setEnabled(False)
            else:
                apply_condition(button, action)

    def show_failure(self, error: Exception) -> None:
        self._wrong.setText(str(error))
        self._wrong.setAccessibleName(f"没有办成：{error}")
        self._wrong.setVisible(True)

    def take_focus(self) -> None:
        """The list keeps the keyboard: who walks through it with the arrow keys reads one panel after the other."""


class _Rest(QScrollArea):
    """Asks for little: what is to be done comes first, and this gets what is left."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("数据包的情况")
        self.setMinimumHeight(_LEAST)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _LEAST)


def _part(column: QVBoxLayout) -> QVBoxLayout:
    """A place in the column that is filled later."""
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(12)
    column.addWidget(box)
    return inside
