"""What can be done on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QInputDialog, QMenu

from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.tallies.blocks import Blocks

if TYPE_CHECKING:
    from jindu_desk.ui.tallies.page import TalliesPage
    from jindu_desk.ui.tallies.state import SheetState
    from jindu_desk.ui.tallies.workbooks import Workbooks


class SheetActions:
    """The actions with their conditions; they act on the page's cell, selection and month."""

    def __init__(self, shell: Shell, page: TalliesPage) -> None:
        self._shell, self._page = shell, page
        self.blocks = Blocks(shell, page)
        self._nil_shown = False

    @cached_property
    def workbooks(self) -> Workbooks:
        """Loaded when the first one is wanted: it leads to all that reads and writes them."""
        from jindu_desk.ui.tallies.workbooks import Workbooks

        return Workbooks(self._shell, self._page)

    def declared(self) -> tuple[Action, ...]:
        if self._page.is_elsewhere:
            return ()
        work = self._page.work
        nil = "撤回零报告" if self._nil_shown else "零报告"
        return (
            Action(
                "下一处未填",
                self.go_to_next_blank,
                icon="arrow-right",
                shortcut="F7",
                condition=self._has_blanks,
                tip="跳到下一个还没有填的格",
                role="primary",
            ),
            Action(
                "其余填 0",
                self.fill_with_zeros,
                icon="list-checks",
                shortcut="Ctrl+0",
                condition=self._is_open,
                tip="把所选各村（社区）本组还没有填的格填为 0",
            ),
            Action(
                nil,
                self._withdraw_nil if self._nil_shown else self._declare_nil,
                icon="ban",
                condition=self._may_declare,
                tip="所选各村（社区）整月没有发生的，签报零报告",
            ),
            Action(
                "其余未填的村零报告…",
                self._declare_rest,
                icon="ban",
                condition=self._may_declare_rest,
                role="more",
                tip="本月一个数也没有填的村（社区），一次签报零报告",
            ),
            Action(
                "找村（社区）…",
                self._page.pane.find_village,
                icon="search",
                shortcut="Ctrl+F",
                condition=self._has_villages,
                role="more",
                tip="输入村名或拼音首字母，回车跳到那一行",
            ),
            Action(
                "撤销",
                work.take_back,
                icon="undo-2",
                shortcut="Ctrl+Z",
                condition=lambda: work.can_take_back,
                role="more",
            ),
            Action(
                "重做",
                work.do_again,
                icon="rotate-ccw",
                shortcut="Ctrl+Shift+Z",
                condition=lambda: work.can_do_again,
                role="more",
            ),
            Action("复制所选的格", self.blocks.copy, icon="copy", role="more", tip="可粘贴到表格软件（Ctrl+C）"),
            Action(
                "从当前格起粘贴",
                self.blocks.paste,
                icon="clipboard-paste",
                condition=self._is_open,
                role="more",
                tip="粘贴表格软件里复制的一块（Ctrl+V）",
            ),
            Action(
                "向下填充",
                self.blocks.fill_down,
                icon="chevron-down",
                shortcut="Ctrl+D",
                condition=self._is_open,
                role="more",
                tip="所选第一行的数字填到下面各行；只选一行时填上一行的数字",
            ),
            Action("注明期初来源…", self._ask_source, icon="pencil", condition=self._may_name_sources, role="more"),
            Action("导出填报表…", self._export, icon="download", condition=self._has_villages, role="more"),
            Action(
                "保护视图",
                self._page.show_protected,
                icon="shield-check",
                condition=self._has_villages,
                role="more",
                tip="只看可以外发的数：各村（社区）的 1、2 和能推算出它们的数不显示",
            ),
            Action(
                "导出本月台账（保护版）…",
                self.save_protected,
                icon="file-spreadsheet",
                condition=self._has_villages,
                role="more",
                tip="可以外发：小数和能推算出它们的数不在文件里",
            ),
            Action(
                "导出本月台账（内部）…",
                self._save_exact,
                icon="file-spreadsheet",
                condition=self._has_villages,
                role="more",
                tip="内部存档：含各村（社区）准确数字，不得外传",
            ),
            Action("导入填报表…", self._import, icon="upload", condition=self._is_open, role="more"),
            Action(
                "打印月报表…",
                lambda: self._shell.go("papers", paper="month_sheet"),
                icon="printer",
                condition=self._has_villages,
                role="more",
                tip="在“文书”里预览和打印：内部存档的准确数字，可以外发的保护版在它下面",
            ),
            Action(
                "打印问题清单…",
                self._page.print_findings,
                icon="printer",
                condition=self._has_villages,
                role="more",
                tip="下面“审核”里列出的问题：预览、打印、存 PDF",
            ),
            Action(
                "比率分析",
                self._page.show_rates,
                icon="chart-column",
                condition=self._has_villages,
                role="more",
                tip="各项比率的公式、各月、差额最大的村（社区）；打印",
            ),
            Action("放大", lambda: self._page.pane.look.step(1), icon="plus", shortcut="Ctrl+=", role="more"),
            Action("缩小", lambda: self._page.pane.look.step(-1), icon="minus", shortcut="Ctrl+-", role="more"),
            Action("显示隐藏的项目", self._show_items, icon="eye", condition=self._hides_items, role="more"),
            Action("显示或隐藏侧栏", self._page.toggle_panel, icon="panel-right", shortcut="F9", role="more"),
        )

    def update(self) -> None:
        """The cell or the figures changed: ask the conditions again."""
        current, state = self._page.pane.current, self._state
        is_nil = current is not None and state is not None and current[0] in state.sheet.nil_returns
        if is_nil != self._nil_shown:
            self._nil_shown = is_nil
            self._page.set_actions(self.declared())
        else:
            self._page.update_actions()

    def go_to_next_blank(self) -> None:
        """From the current cell on, row by row, block by block, and around."""
        state, pane = self._state, self._page.pane
        if state is None:
            return
        places = [
            (unit_id, code)
            for block in state.catalogue.blocks
            for unit_id in state.units(block)
            for code in state.marks.blanks(unit_id, block.code)
        ]
        if not places:
            return
        order = {code: n for n, code in enumerate(state.catalogue.items)}
        blocks = {block.code: n for n, block in enumerate(state.catalogue.blocks)}
        rows = {unit: n for n, unit in enumerate((*state.sheet.villages, state.sheet.township_id))}

        def key(place: tuple[str, str]) -> tuple[int, int, int]:
            return blocks[state.catalogue.item(place[1]).block], rows[place[0]], order[place[1]]

        here = key(pane.place) if pane.place is not None else (-1, -1, -1)
        pane.jump(*next((place for place in places if key(place) > here), places[0]))
        pane.view.setFocus()

    def fill_with_zeros(self) -> None:
        state, block = self._state, self._page.pane.tabs.block
        if state is None or block is None:
            return
        units = self._page.pane.selected_units
        edits, left_out = state.zeros(units, block)
        if not edits:
            more = f"还空着的 {left_out} 格是细分项，可以不填。" if left_out else ""
            self._shell.notice(f"“{block.name}”在所选的村（社区）里没有要填 0 的格。{more}")
            return
        self._page.work.edit(edits)
        whose = state.name_of(units[0]) if len(units) == 1 else f"{len(units)} 个村（社区）"
        more = f"另有 {left_out} 格细分项可以不填，没有动。" if left_out else ""
        said = f"已把{whose}“{block.name}”的 {len(edits)} 格填为 0，可以撤销（Ctrl+Z）。{more}"
        self._shell.notice(said, "done")

    def show_menu(self, at: QPoint) -> None:
        """The menu of a cell, under the right mouse button."""
        menu = self.menu()
        menu.exec(self._page.pane.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def show_item_menu(self, at: QPoint) -> None:
        """The menu of an item, under the right mouse button on its head."""
        pane = self._page.pane
        header = pane.view.horizontalHeader()
        column = header.logicalIndexAt(at)
        menu = self.item_menu(pane.model.items[column] if column >= 0 else None)
        menu.exec(header.viewport().mapToGlobal(at))
        menu.deleteLater()

    def item_menu(self, item: Item | None) -> QMenu:
        pane = self._page.pane
        menu = QMenu(self._page)
        if item is not None:
            menu.addAction(f"隐藏“{item.base} {item.name}”", partial(self._hide_item, item))
        again = menu.addAction("显示隐藏的项目", self._show_items)
        again.setEnabled(bool(pane.hidden_here))
        menu.addSeparator()
        menu.addAction("放大\tCtrl+=", partial(pane.look.step, 1))
        menu.addAction("缩小\tCtrl+-", partial(pane.look.step, -1))
        menu.addAction("原大小", pane.look.reset)
        return menu

    def _hide_item(self, item: Item) -> None:
        if self._page.pane.hide_item(item.base):
            self._shell.notice(f"已隐藏“{item.base} {item.name}”，数字不变。在表头右键或“更多”里可以再显示。")
        else:
            self._shell.notice("这一组只剩这一项了，不能隐藏。")
        self.update()

    def _show_items(self) -> None:
        self._page.pane.look.show_again(self._page.pane.hidden_here)
        self.update()

    def _hides_items(self) -> bool | str:
        return bool(self._page.pane.hidden_here) or "这一组没有隐藏的项目"

    def menu(self) -> QMenu:
        view = self._page.pane.view
        menu = QMenu(self._page)
        for text, keys, cell in (
            ("未掌握", "W", UNKNOWN),
            ("无此情况", "N", NOT_APPLICABLE),
            ("清空", "Delete", BLANK),
        ):
            entry = menu.addAction(f"{text}\t{keys}", partial(view.set_selected, cell))
            entry.setEnabled(self._is_open() is True)
        menu.addSeparator()
        current = self._page.pane.current
        if current is not None:
            menu.addAction("隐藏这一项", partial(self._hide_item, current[1]))
        menu.addAction("复制\tCtrl+C", self.blocks.copy)
        menu.addAction("从当前格起粘贴\tCtrl+V", self.blocks.paste).setEnabled(self._is_open() is True)
        menu.addAction("向下填充\tCtrl+D", self.blocks.fill_down).setEnabled(self._is_open() is True)
        menu.addAction("本组其余填 0\tCtrl+0", self.fill_with_zeros).setEnabled(self._is_open() is True)
        return menu

    @property
    def _state(self) -> SheetState | None:
        return self._page.work.state

    def _declare_nil(self) -> None:
        state = self._state
        if state is not None:
            own = state.sheet.township_id
            self._ask_nil([unit for unit in self._page.pane.selected_units if unit != own])

    def _declare_rest(self) -> None:
        if self._state is not None:
            self._ask_nil(self._state.untouched)

    def _ask_nil(self, units: Sequence[str]) -> None:
        """Signing off is an act of its own: name the villages before."""
        state = self._state
        units = [unit for unit in units if state is not None and unit not in state.sheet.nil_returns]
        if state is None or not units or not self._page.pane.view.finish_typing():
            return
        names = "、".join(state.name_of(unit) for unit in units)
        asked = (
            f"为{names}签报 {state.month_text} 零报告？\n\n"
            f"共 {len(units)} 个村（社区）。本月没有填的发生数记为 0，在册等存量照上月。"
        )
        if self._shell.ask(asked, "签报零报告"):
            self._page.work.sign_nil(units)

    def _withdraw_nil(self) -> None:
        state = self._state
        if state is not None:
            chosen = self._page.pane.selected_units
            self._page.work.withdraw_nil([unit for unit in chosen if unit in state.sheet.nil_returns])

    def _ask_source(self) -> None:
        dialog = QInputDialog(self._page)
        dialog.setWindowTitle("注明期初来源")
        dialog.setLabelText("首次填写的期初数来自哪里？例如：移交清单 2026-09")
        dialog.setOkButtonText("注明")
        dialog.setCancelButtonText("取消")
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.textValue().strip():
            self._page.work.name_sources(dialog.textValue())
        dialog.deleteLater()

    def _export(self) -> None:
        if self._state is not None:
            self.workbooks.ask_where_to_export(self._state)

    def save_protected(self) -> None:
        if self._state is not None:
            self.workbooks.ask_where_to_save_month(self._state, protected=True)

    def _save_exact(self) -> None:
        if self._state is not None:
            self.workbooks.ask_where_to_save_month(self._state, protected=False)

    def _import(self) -> None:
        if self._state is not None:
            self.workbooks.ask_what_to_import(self._state)

    def _has_villages(self) -> bool:
        return self._state is not None and bool(self._state.sheet.villages)

    def _has_blanks(self) -> bool | str:
        state = self._state
        if state is None:
            return False
        return state.marks.left() > 0 or "都填完了"

    def _is_open(self) -> bool | str:
        if self._state is None or not self._state.sheet.villages:
            return False
        return "本月已锁定，只能查看" if self._state.is_closed else True

    def _may_declare(self) -> bool | str:
        current = self._page.pane.current
        if self._is_open() is not True or current is None or self._state is None:
            return self._is_open()
        return current[0] != self._state.sheet.township_id or "零报告按村（社区）签报"

    def _may_declare_rest(self) -> bool | str:
        if self._is_open() is not True or self._state is None:
            return self._is_open()
        return bool(self._state.untouched) or "没有一个数也没有填的村（社区）"

    def _may_name_sources(self) -> bool | str:
        if self._is_open() is not True or self._state is None:
            return self._is_open()
        return bool(self._state.sheet.openings) or "本月没有首次填写的村（社区）"
