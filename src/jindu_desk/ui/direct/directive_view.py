"""指令: what the next directive says, part by part, what changed since the last one, and the button that writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.queries.exchange_direct import Directive, RuleFile
from jindu_desk.ui.direct.columns import (
    CHECK_COLUMNS,
    DEADLINE_COLUMNS,
    DIRECTED_KEY_COLUMNS,
    FILE_COLUMNS,
    RECIPIENT_COLUMNS,
    TARGET_COLUMNS,
    UNIT_COLUMNS,
)
from jindu_desk.ui.direct.lines import CheckLine, DeadlineLine
from jindu_desk.ui.direct.loading import Loaded
from jindu_desk.ui.direct.words import changes_in_words, directive_sentence, no_changes_sentence
from jindu_desk.ui.direct.write_bar import WriteBar
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, row_height, scaled_font

_MOST_LINES = 60  # of a group: a new catalogue changes hundreds of things


@dataclass(frozen=True, slots=True)
class Editing:
    """What opens when a row of the parts that can be set here was clicked."""

    targets: Callable[[], object]
    deadline: Callable[[DeadlineLine], object]
    check: Callable[[CheckLine], object]
    file: Callable[[RuleFile], object]


class DirectiveView(QWidget):
    """The parts stand in a list on the left; the first is what changed."""

    def __init__(
        self,
        *,
        write: Callable[[Path], object],
        make_key: Callable[[], object],
        may_write: Callable[[], bool | str],
        editing: Editing,
        last: Callable[[], str],
    ) -> None:
        super().__init__()
        self.parts = QListWidget()
        self.parts.setAccessibleName("指令的内容")
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 9)
        self.parts.setStyleSheet("QListWidget { padding: 4px; }")
        self._stack = QStackedWidget()
        self.parts.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.changes = ChangesPane()
        self._stack.addWidget(self.changes)
        self.units = _Part(UNIT_COLUMNS, "指令里的单位", "本级和下面各级，连同改名、撤并和起止月份。在“名单”里修改。")
        self.keys = _Part(
            DIRECTED_KEY_COLUMNS, "指令里的密钥", "各单位的签名密钥，下级和上级凭它认人。在“密钥”里登记或作废。"
        )
        self.recipients = _Part(
            RECIPIENT_COLUMNS, "指令里的加密公钥", "下级读入后，上报的数据包自动加密，只有本机打得开。"
        )
        self.targets = _Part(TARGET_COLUMNS, "指令里的指标要求", "", opened=lambda _line: editing.targets())
        self.deadlines = _Part(DEADLINE_COLUMNS, "指令里的时限", "", opened=editing.deadline)
        self.checks = _Part(CHECK_COLUMNS, "指令里的审核", "", opened=editing.check)
        self.files = _Part(FILE_COLUMNS, "指令里的规则文件", "", opened=editing.file)
        self._listed: tuple[tuple[str, _Part], ...] = (
            ("单位", self.units),
            ("密钥", self.keys),
            ("加密公钥", self.recipients),
            ("指标", self.targets),
            ("时限", self.deadlines),
            ("审核", self.checks),
            ("规则文件", self.files),
        )
        for part in (part for _, part in self._listed):
            self._stack.addWidget(part)
        self.parts.addItems(["变化", *(title for title, _ in self._listed)])
        for number in range(self.parts.count()):
            self.parts.item(number).setSizeHint(QSize(0, row_height(self.parts)))
        self.parts.setCurrentRow(0)
        self.bar = WriteBar("写指令", write, make_key, may_write, last)
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self.parts)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(row, 1)
        column.addWidget(self.bar)

    def show_loaded(self, loaded: Loaded) -> None:
        found = loaded.directive
        self.bar.show_state(directive_sentence(found), can_sign=loaded.can_sign)
        self.changes.show_changes(found)
        month = str(loaded.month)
        self.targets.say(f"{month} 的要求。点一行修改。")
        self.deadlines.say(f"{month} 开始的期间按这些时限。点一行修改。")
        self.checks.say(f"{month} 的审核。点一行停用或启用。")
        self.files.say(f"{month} 的规则文件。点一行导出、读入或恢复。")
        rows: tuple[tuple[_Part, Sequence[Any]], ...] = (
            (self.units, found.units),
            (self.keys, found.keys),
            (self.recipients, found.recipients),
            (self.targets, loaded.targets),
            (self.deadlines, loaded.deadlines),
            (self.checks, loaded.checks),
            (self.files, found.files),
        )
        for part, of_part in rows:
            part.model.show_rows(of_part)
        self.parts.item(0).setText(f"变化 {found.changes}" if found.changes else "变化")
        for number, (title, part) in enumerate(self._listed, 1):
            self.parts.item(number).setText(f"{title} {part.model.rowCount()}")

    @property
    def current_table(self) -> QWidget:
        """Where the keyboard works in the part in view."""
        part = self._stack.currentWidget()
        return part.view if isinstance(part, _Part) else self.parts

    def show_part(self, title: str) -> None:
        """Bring a part up by its title."""
        for number, (each, _) in enumerate(self._listed, 1):
            if each == title:
                self.parts.setCurrentRow(number)


class ChangesPane(QScrollArea):
    """What changed since the last directive, in sentences; what the screen reader says is the same text."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("自上次指令以来的变化")
        self.lines: tuple[str, ...] = ()

    def show_changes(self, found: Directive) -> None:
        page = QFrame()
        page.setProperty("role", "card")
        column = QVBoxLayout(page)
        column.setContentsMargins(BETWEEN, 12, BETWEEN, 12)
        column.setSpacing(6)
        groups = changes_in_words(found)
        told: list[str] = []
        if groups:
            since = f"自第 {found.last[0]} 号指令以来的变化" if found.last else "与程序自带的相比"
            _add(column, since, bold=True)
        for heading, lines in groups:
            _add(column, heading, muted=True)
            shown = [*lines[:_MOST_LINES], *([f"另有 {more} 处。"] if (more := len(lines) - _MOST_LINES) > 0 else [])]
            for line in shown:
                _add(column, line)
            told += shown
        if not groups:
            told = [no_changes_sentence(found)]
            _add(column, told[0])
        column.addStretch(1)
        self.setWidget(page)
        self.lines = tuple(told)
        self.setAccessibleDescription("\n".join(told))


class _Part(QWidget):
    """A sentence and a table. ``opened(row)`` when a row was clicked or Enter pressed on it."""

    def __init__(
        self, columns: Sequence[Column[Any]], name: str, sentence: str, opened: Callable[[Any], object] | None = None
    ) -> None:
        super().__init__()
        self.model: RowsModel[Any] = RowsModel(columns)
        self.view: QTableView = rows_view(self.model, name=name, compact=True)
        self._opened = opened
        self._said = QLabel(sentence)
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._said)
        column.addWidget(self.view, 1)
        if opened is not None:
            self.view.clicked.connect(lambda _index: self._open())
            self.view.activated.connect(lambda _index: self._open())

    def say(self, sentence: str) -> None:
        self._said.setText(sentence)

    def _open(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if chosen and self._opened is not None:
            self._opened(self.model.row(chosen[0]))


def _add(column: QVBoxLayout, text: str, *, bold: bool = False, muted: bool = False) -> None:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if muted:
        label.setProperty("role", "muted")
        column.addSpacing(6)
    if bold:
        label.setFont(scaled_font(1.1, bold=True))
    column.addWidget(label)
