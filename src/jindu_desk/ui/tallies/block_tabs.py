"""The blocks of the catalogue as tabs, each with a sign of how far it is filled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar, QWidget

from jindu_desk.domain.tallies.catalogue import Block
from jindu_desk.ui.tallies.state import SheetState
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.tokens import Kind, tokens_of

_SIGNS: dict[Kind, str] = {"wrong": "triangle-alert", "plain": "circle-dashed", "done": "circle-check"}


class BlockTabs(QTabBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: tuple[Block, ...] = ()
        self._shown: dict[int, tuple[Kind, int, bool]] = {}
        self._signs: dict[int, tuple[str, str]] = {}
        self.setAccessibleName("台账分组")
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setIconSize(QSize(14, 14))
        self.setStyleSheet("QTabBar::tab { padding: 6px 7px; }")  # all blocks side by side on 1366 px

    def take_blocks(self, blocks: tuple[Block, ...]) -> None:
        if blocks == self._blocks:
            return
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for block in blocks:
            self.addTab(block.name)
        self.blockSignals(False)
        self._blocks, self._shown, self._signs = blocks, {}, {}

    @property
    def block(self) -> Block | None:
        return self._blocks[self.currentIndex()] if 0 <= self.currentIndex() < len(self._blocks) else None

    def show_code(self, code: str) -> None:
        for n, block in enumerate(self._blocks):
            if block.code == code:
                self.setCurrentIndex(n)

    def stay_at(self, block: Block) -> None:
        """Go back without telling anybody: the block was not left."""
        self.blockSignals(True)
        self.show_code(block.code)
        self.blockSignals(False)
        self.update()

    def step(self, by: int) -> None:
        if self._blocks:
            self.setCurrentIndex((self.currentIndex() + by) % len(self._blocks))

    def mark(self, state: SheetState) -> None:
        """Put the signs: wrong, some blank, or complete."""
        tokens = tokens_of(self)
        remarked = state.remarked_blocks
        for n, block in enumerate(self._blocks):
            blanks, wrong = state.marks.left(block.code), state.marks.is_wrong(block.code)
            returned = block.code in remarked
            kind: Kind = "wrong" if returned or wrong else "plain" if blanks else "done"
            sign = "undo-2" if returned else _SIGNS[kind]
            signed = (sign, tokens.of(kind).name())
            if self._signs.get(n) != signed:  # a tab that is given its sign again lays the whole bar out anew
                self._signs[n] = signed
                self.setTabIcon(n, icon(*signed, 14))
            if self._shown.get(n) != (kind, blanks, returned):
                self._shown[n] = (kind, blanks, returned)
                word = f"还有 {blanks} 格未填" if blanks else "已填完"
                problem = "，有必须改正的问题" if wrong else ""
                problem += "，有退回意见" if returned else ""
                self.setTabToolTip(n, f"{block.code} {block.name}：{word}{problem}")
                self.setAccessibleTabName(n, f"{block.name}，{word}{problem}")
