"""What would happen, shown before it does: a workbook read in, a block pasted with faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.ui.screen_room import resize_within_screen
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.tallies.clipboard import Pasted
from jindu_desk.ui.tallies.sheet_header import SHORT_KINDS
from jindu_desk.ui.tallies.state import SheetState, cell_text
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP, scaled_font

if TYPE_CHECKING:
    from jindu_desk.operations.fill_workbook import CellChange, FillResult


def _item_text(change: CellChange) -> str:
    base, _, kind = change.item.partition(".")
    return f"{base} {change.item_name}" + (f"（{SHORT_KINDS[kind]}）" if kind in SHORT_KINDS else "")


_CHANGES: tuple[Column[CellChange], ...] = (
    Column("位置", lambda change: f"{change.sheet} {change.ref}", width=12),
    Column("村（社区）", lambda change: change.unit_name, width=9),
    Column("项目", _item_text, width=-1),
    Column("现在", lambda change: cell_text(change.before) or "未填", align="right", width=6),
    Column("改为", lambda change: cell_text(change.after), align="right", width=6),
)


class WorkbookPreview(QDialog):
    """Accepted when the user wants the workbook's figures taken in. With faults there is only the way back."""

    def __init__(self, file: str, result: FillResult, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入填报表")
        resize_within_screen(self, 820, 520)
        column = _column(self)
        column.addWidget(_headline(f"“{file}”"))
        summary = QLabel(_summary(result))
        summary.setWordWrap(True)
        summary.setProperty("role", "wrong" if result.faults else "muted")
        column.addWidget(summary)
        if result.faults:
            column.addWidget(_sentences("有问题的地方", [str(fault) for fault in result.faults]), 1)
        if result.changes:
            model: RowsModel[CellChange] = RowsModel(_CHANGES, self)
            view = rows_view(model, name="将要改动的格", compact=True)
            model.show_rows(result.changes)
            column.addWidget(view, 2)
        count = len(result.changes) + result.notes
        verb = f"导入 {len(result.changes)} 个数字" if result.changes else "导入备注"
        can = not result.faults and count > 0
        column.addLayout(_buttons(self, verb if can else "", "取消" if can else "返回"))


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell that pasting would change: what stands there, and what would."""

    unit_name: str
    item: str
    before: Cell
    after: Cell


_PASTED: tuple[Column[PastedCell], ...] = (
    Column("村（社区）", lambda change: change.unit_name, width=9),
    Column("项目", lambda change: change.item, width=-1),
    Column("现在", lambda change: cell_text(change.before) or "未填", align="right", width=6),
    Column("改为", lambda change: cell_text(change.after), align="right", width=6),
)


class PastePreview(QDialog):
    """Accepted when the good part is to be pasted. Shown where something does not fit, would be replaced, or goes on
    into other blocks."""

    def __init__(self, pasted: Pasted, state: SheetState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴")
        resize_within_screen(self, 640, 420)
        changes = [
            PastedCell(state.name_of(unit), _name_of(state, code), state.cell(unit, code), pasted.edits[unit, code])
            for unit, code in dict.fromkeys((*pasted.replaced, *pasted.beyond))
        ]
        column = _column(self)
        column.addWidget(_headline(_what_happens(pasted)))
        if pasted.faults:
            column.addWidget(_sentences("不能粘贴的地方", pasted.faults), 1)
        if changes:
            model: RowsModel[PastedCell] = RowsModel(_PASTED, self)
            view = rows_view(model, name="粘贴后的格", compact=True)
            model.show_rows(changes)
            column.addWidget(view, 2)
        good = len(pasted.edits)
        verb = f"只粘贴其余 {good} 格" if pasted.faults else f"粘贴 {good} 格"
        column.addLayout(_buttons(self, verb if good else "", "取消"))


def _name_of(state: SheetState, code: str) -> str:
    item = state.catalogue.item(code)
    return f"{item.base} {item.name}" + (f"（{SHORT_KINDS[item.kind]}）" if item.kind in SHORT_KINDS else "")


def _what_happens(pasted: Pasted) -> str:
    told = [f"有 {len(pasted.faults)} 处不能粘贴"] if pasted.faults else []
    told += [f"{len(pasted.replaced)} 格原来的内容将被改写"] if pasted.replaced else []
    told += [f"{len(pasted.beyond)} 格在后面的分组"] if pasted.beyond else []
    return "，".join(told)


def _summary(result: FillResult) -> str:
    if result.faults:
        return f"有 {len(result.faults)} 处问题，改正前不会导入任何数字。请在表里改好后重新导入。"
    if not result.changes and not result.notes:
        return "表里的数字与现在的台账完全一样，没有要导入的。"
    notes = f"，备注 {result.notes} 条" if result.notes else ""
    return f"将改动 {len(result.changes)} 个数字{notes}。空格不改动。导入后可以逐格再改。"


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
    column.setSpacing(GROUP + 4)
    return column


def _headline(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(scaled_font(1.15, bold=True))
    label.setWordWrap(True)
    return label


def _sentences(name: str, sentences: Sequence[str]) -> QPlainTextEdit:
    box = QPlainTextEdit("\n".join(sentences), readOnly=True)
    box.setAccessibleName(name)
    return box


def _buttons(dialog: QDialog, verb: str, back: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GROUP)
    row.addStretch(1)
    away = QPushButton(back, autoDefault=False)
    away.clicked.connect(dialog.reject)
    row.addWidget(away)
    if verb:
        go_on = QPushButton(verb, autoDefault=False)
        go_on.setProperty("role", "primary")
        go_on.clicked.connect(dialog.accept)
        row.addWidget(go_on)
    away.setDefault(True)
    return row
