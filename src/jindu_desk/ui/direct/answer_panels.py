"""A unit's standing in the side panel with the answers that were written for it; what was just written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QSizePolicy

from jindu_desk.domain.changes import Subject
from jindu_desk.queries.exchange.answers import AnswerRow
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.direct.columns import SENT_COLUMNS
from jindu_desk.ui.direct.words import audit_sentence, held_text, owed_in_full
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelContent, facts_table
from jindu_desk.ui.tables import RowsModel, rows_view, select_row, select_same

if TYPE_CHECKING:
    from jindu_desk.operations.exchange.writing import Placed

_ROWS_SHOWN = 6
_FRAME = 2


@dataclass(frozen=True, slots=True)
class Written:
    """What was written just now. ``on_stick``: onto a stick, which may be pulled out."""

    placed: tuple[Placed, ...]
    on_stick: bool
    subjects: frozenset[str] = frozenset({Subject.EXCHANGE.value})


class SentList(PanelContent):
    """Packages of one chain, newest first; what can be done with one is about the selected row."""

    def __init__(self, title: str, name: str, rows: Sequence[SentPackage]) -> None:
        super().__init__(title)
        self._model = RowsModel(SENT_COLUMNS)
        self._view = rows_view(self._model, name=name, sortable=False, compact=True)
        self.show_sent(rows)

    @property
    def chosen(self) -> SentPackage | None:
        selected = self._view.selectionModel().selectedRows()
        return self._model.row(selected[0]) if selected else None

    def show_sent(self, rows: Sequence[SentPackage]) -> None:
        before = self.chosen
        self._model.show_rows(tuple(rows))
        height = self._view.verticalHeader().defaultSectionSize()
        shown = height * min(max(len(rows), 1), _ROWS_SHOWN)
        self._view.setFixedHeight(self._view.horizontalHeader().sizeHint().height() + shown + 2 * _FRAME)
        self._view.setVisible(bool(rows))
        if before is None or not select_same(self._view, self._model, lambda row: row.number, before.number):
            select_row(self._view, 0)


class UnitPanel(SentList):
    """How a unit below stands."""

    def __init__(
        self,
        row: AnswerRow,
        sent: Sequence[SentPackage],
        *,
        again: Callable[[SentPackage], object],
        slip: Callable[[SentPackage], object],
        unlock: Callable[[AnswerRow], object],
    ) -> None:
        super().__init__(row.unit.name, f"给{row.unit.name}写过的回执", sent)
        self.row = row
        facts = [
            ("连续收到", held_text(row)),
            ("缺报", owed_in_full(row) or "没有"),
            ("变更记录", audit_sentence(row.audit)),
            ("加密", "已有加密公钥，回执自动加密" if row.encrypted else "还没有加密公钥：请对方交来密钥登记包"),
        ]
        self.column.addLayout(facts_table(facts))
        heading = QLabel("写过的回执" if sent else "还没有给它写过回执。")
        heading.setProperty("role", "muted")
        self.column.addWidget(heading)
        self.column.addWidget(self._view)
        self.column.addStretch(1)
        of_sent = (
            Action("重新递交", lambda: self._with_chosen(again), "usb", tip="把这一份照原样再写一次，不占新编号"),
            Action("回执单", lambda: self._with_chosen(slip), "printer"),
        )
        self.actions_shown = (
            *(of_sent if sent else ()),
            Action("解锁…", lambda: unlock(row), "lock-open", tip="让对方改正已上报的月份"),
        )

    def _with_chosen(self, then: Callable[[SentPackage], object]) -> None:
        if self.chosen is not None:
            then(self.chosen)


class DirectivesPanel(SentList):
    """The directives that were written."""

    def __init__(self, sent: Sequence[SentPackage], again: Callable[[SentPackage], object]) -> None:
        super().__init__("写过的指令", "写过的指令", sent)
        said = QLabel("重新递交把选中的一份照原样再写一次，不占新编号。下级只需要最新的一份。")
        said.setWordWrap(True)
        said.setProperty("role", "muted")
        self.column.addWidget(said)
        self.column.addWidget(self._view)
        self.column.addStretch(1)
        self.actions_shown = (
            Action("重新递交", lambda: again(self.chosen) if self.chosen else None, "usb"),
            Action("关闭", self.closing.emit),
        )


class WrittenPanel(PanelContent):
    """One line for each package that lies there now."""

    def __init__(self, written: Written, show_folder: Callable[[Path], object]) -> None:
        first = written.placed[0]
        answers = first.kind.value == "answer"
        super().__init__(f"已写出 {len(written.placed)} 份回执" if answers else f"已写出第 {first.number} 号指令")
        self.lines: list[str] = []
        safe = StateChip("可以拔出U盘" if written.on_stick else "已写好并读回核对", "done")
        self.column.addWidget(safe)
        for placed in written.placed:
            locked = "加密" if placed.encrypted else "不加密"
            line = (
                f"{placed.receiver} 第 {placed.number} 号 · {locked}"
                if answers
                else f"第 {placed.number} 号 · {locked}"
            )
            self.lines.append(line)
            self._say(line)
            self._say(placed.path.name, muted=True)
        self._say(f"写到 {first.path.parent}", muted=True)
        if not answers:
            self._say("请交给每个下级单位，由他们在“上报”页读入。新的下级要先核对本机密钥的指纹。")
        self.column.addStretch(1)
        self.actions_shown = (
            Action("打开所在文件夹", lambda: show_folder(first.path.parent), "folder-open"),
            Action("关闭", self.closing.emit),
        )

    def _say(self, text: str, *, muted: bool = False) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if muted:
            label.setProperty("role", "muted")
        self.column.addWidget(label)
