"""Whole blocks of cells: copied, pasted, filled down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tallies.clipboard import Pasted, block_text, read_block, same_text
from jindu_desk.ui.tallies.previews import PastePreview

if TYPE_CHECKING:
    from jindu_desk.ui.tallies.page import TalliesPage
    from jindu_desk.ui.tallies.state import SheetState


class Blocks:
    """What is done with the selection; every one of them is a step to undo."""

    def __init__(self, shell: Shell, page: TalliesPage) -> None:
        self._shell, self._page = shell, page

    def copy(self) -> None:
        state = self._page.work.state
        if state is not None:
            units, items = self._page.pane.selected_block
            QGuiApplication.clipboard().setText(block_text(state, units, items))
            self._shell.notice(f"已复制 {len(units)} 行 {len(items)} 列。")

    def paste(self) -> None:
        """Lay the clipboard over the sheet from the upper left of the selection on, if need be into the blocks after
        this one. What does not fit, and what would be replaced, is shown first."""
        state, pane = self._page.work.state, self._page.pane
        units, items = pane.selected_block
        text, block = QGuiApplication.clipboard().text(), pane.tabs.block
        if state is None or block is None or not units or not text.strip():
            return
        text = same_text(text, len(units), len(items))
        row, column = pane.model.units.index(units[0]), pane.model.items.index(items[0])
        pasted = read_block(text, state, pane.model.units, state.items_from(block), row=row, column=column)
        if pasted.surprises and not self._is_wanted(pasted, state):
            return
        if pasted.edits:
            self._page.work.edit(pasted.edits)
            pane.select(set(pasted.edits))
        grey = f"，跳过 {pasted.passed_over} 个灰格" if pasted.passed_over else ""
        beyond = f"，其中 {len(pasted.beyond)} 格在后面的分组" if pasted.beyond else ""
        self._shell.notice(f"已粘贴 {len(pasted.edits)} 格{beyond}{grey}。可以撤销（Ctrl+Z）。", "done")

    def fill_down(self) -> None:
        state, pane = self._page.work.state, self._page.pane
        units, items = pane.selected_block
        block = pane.tabs.block
        if state is None or block is None or not units:
            return
        edits = state.filled_down(units, items, block)
        if edits:
            self._page.work.edit(edits)
            self._shell.notice(f"已向下填充 {len(edits)} 格，可以撤销（Ctrl+Z）。", "done")
        else:
            self._shell.notice("没有可以向下填充的：上一行没有数字，或下面的格已经一样。")

    def _is_wanted(self, pasted: Pasted, state: SheetState) -> bool:
        preview = PastePreview(pasted, state, self._page)
        wanted = preview.exec() == QDialog.DialogCode.Accepted
        preview.deleteLater()
        return wanted
