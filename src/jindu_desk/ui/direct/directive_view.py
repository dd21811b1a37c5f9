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

from jindu_desk.queries.exchange.direct import Directive, RuleFile
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


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part as a table: ``said(month)`` stands above it; ``opened(row)`` when a row was clicked or Enter pressed."""

    title: str
    name: str
    columns: Sequence[Column[Any]]
    rows: Callable[[Loaded], Sequence[Any]]
    said: Callable[[str], str]
    opened: Callable[[Any], object] | None = None


def part_specs(editing: Editing) -> tuple[PartSpec, ...]:
    return (
        PartSpec(
            "单位",
            "指令里的单位",
            UNIT_COLUMNS,
            lambda loaded: loaded.directive.units,
            lambda _month: "本级和下面各级，连同改名、撤并和起止月份。在“名单”里修改。",
        ),
        PartSpec(
            "密钥",
            "指令里的密钥",
            DIRECTED_KEY_COLUMNS,
            lambda loaded: loaded.directive.keys,
            lambda _month: "各单位的签名密钥，下级和上级凭它认人。在“密钥”里登记或作废。",
        ),
        PartSpec(
            "加密公钥",
            "指令里的加密公钥",
            RECIPIENT_COLUMNS,
            lambda loaded: loaded.directive.recipients,
            lambda _month: "下级读入后，上报的数据包自动加密，只有本机打得开。",
        ),
        PartSpec(
            "指标",
            "指令里的指标要求",
            TARGET_COLUMNS,
            lambda loaded: loaded.targets,
            lambda month: f"{month} 的要求。点一行修改。",
            lambda _line: editing.targets(),
        ),
        PartSpec(
            "时限",
            "指令里的时限",
            DEADLINE_COLUMNS,
            lambda loaded: loaded.deadlines,
            lambda month: f"{month} 开始的期间按这些时限。点一行修改。",
            editing.deadline,
        ),
        PartSpec(
            "审核",
            "指令里的审核",
            CHECK_COLUMNS,
            lambda loaded: loaded.checks,
            lambda month: f"{month} 的审核。点一行停用或启用。",
            editing.check,
        ),
        PartSpec(
            "规则文件",
            "指令里的规则文件",
            FILE_COLUMNS,
            lambda loaded: loaded.directive.files,
            lambda month: f"{month} 的规则文件。点一行导出、读入或恢复。",
            editing.file,
        ),
    )


class DirectiveView(QWidget):
    """The parts stand in a list on the left; the first is what changed. A table is built when it is first looked at."""

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
        self._loaded: Loaded | None = None
        self._specs = part_specs(editing)
        self._built: dict[str, Part] = {}
        self.bar = WriteBar("写指令", write, make_key, may_write, last)
        self.parts = QListWidget()
        self.parts.setAccessibleName("指令的内容")
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 9)
        self.parts.setStyleSheet("QListWidget { padding: 4px; }")
        self.parts.addItems(["变化", *(spec.title for spec in self._specs)])
        for number in range(self.parts.count()):
            self.parts.item(number).setSizeHint(QSize(0, row_height(self.parts)))
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self.parts)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(row, 1)
        column.addWidget(self.bar)
        self.changes = ChangesPane()
        self._stack.addWidget(self.changes)
        self.parts.setCurrentRow(0)
        self.parts.currentRowChanged.connect(self._show_number)

    def show_loaded(self, loaded: Loaded) -> None:
        found = loaded.directive
        self._loaded = loaded
        self.bar.show_state(directive_sentence(found), can_sign=loaded.can_sign)
        self.changes.show_changes(found)
        self.parts.item(0).setText(f"变化 {found.changes}" if found.changes else "变化")
        for number, spec in enumerate(self._specs, 1):
            self.parts.item(number).setText(f"{spec.title} {len(spec.rows(loaded))}")
        self._show_number(self.parts.currentRow())

    def part(self, title: str) -> Part:
        """The table of a part, built and filled."""
        if title not in self._built:
            spec = next(spec for spec in self._specs if spec.title == title)
            self._built[title] = Part(spec)
            self._stack.addWidget(self._built[title])
        part = self._built[title]
        if self._loaded is not None:
            part.show_loaded(self._loaded)
        return part

    @property
    def current_table(self) -> QWidget:
        """Where the keyboard works in the part in view."""
        part = self._stack.currentWidget()
        return part.view if isinstance(part, Part) else self.parts

    def show_part(self, title: str) -> Part:
        """Bring a part up by its title."""
        self.parts.setCurrentRow([spec.title for spec in self._specs].index(title) + 1)
        return self.part(title)

    def _show_number(self, number: int) -> None:
        self._stack.setCurrentWidget(self.part(self._specs[number - 1].title) if number > 0 else self.changes)


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


class Part(QWidget):
    """A sentence and a table."""

    def __init__(self, spec: PartSpec) -> None:
        super().__init__()
        self._spec = spec
        self._shown: Loaded | None = None
        self.model: RowsModel[Any] = RowsModel(spec.columns)
        self.view: QTableView = rows_view(self.model, name=spec.name, compact=True)
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._said)
        column.addWidget(self.view, 1)
        if spec.opened is not None:
            self.view.clicked.connect(lambda _index: self._open())
            self.view.activated.connect(lambda _index: self._open())

    def show_loaded(self, loaded: Loaded) -> None:
        if loaded is not self._shown:
            self._shown = loaded
            self._said.setText(self._spec.said(str(loaded.month)))
            self.model.show_rows(self._spec.rows(loaded))

    def _open(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if chosen and self._spec.opened is not None:
            self._spec.opened(self.model.row(chosen[0]))


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
