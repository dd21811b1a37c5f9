"""What can be done on the totals."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from jindu_desk.domain.units import Tier
from jindu_desk.operations.totals import export_totals
from jindu_desk.reports.protection_wording import PROTECTED
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.totals.page import TotalsPage


class TotalsActions:
    """The actions with their conditions; they act on the month that the page shows."""

    def __init__(self, shell: Shell, page: TotalsPage) -> None:
        self._shell, self._page = shell, page

    def declared(self) -> tuple[Action, ...]:
        return (
            Action(
                "导出表格",
                partial(self._export, protected=True),
                icon="file-spreadsheet",
                shortcut="Ctrl+E",
                condition=self._can_export,
                tip="保护版，可以外发：各村的小数和能推算出它们的数不在文件里",
            ),
            Action(
                "比率分析",
                self._page.analyse,
                icon="chart-column",
                condition=self._can_analyse,
                tip="各项比率的公式、各月、差额最大的单位；打印",
            ),
            Action(
                "打印",
                self._print,
                icon="printer",
                condition=self._can_export,
                tip="汇总表：预览、打印、存 PDF；在保护视图里是可以外发的保护版",
            ),
            Action("指标要求…", self._page.edit_targets, icon="target", condition=self._can_edit_targets),
            Action(
                "退出保护视图" if self._page.is_protected else "保护视图",
                self._page.toggle_protected,
                icon="shield-check",
                condition=self._can_export,
                role="more",
                tip="只看可以外发的数：各村（社区）的 1、2 和能推算出它们的数不显示",
            ),
            Action(
                "导出准确表格（内部）…",
                partial(self._export, protected=False),
                icon="file-spreadsheet",
                condition=self._can_export,
                role="more",
                tip="内部存档：含各村（社区）准确数字，不得外传",
            ),
            *self._of_the_check(),
            Action("接收上报包", lambda: self._shell.go("receive"), icon="inbox", role="more"),
        )

    def _of_the_check(self) -> tuple[Action, ...]:
        """A district checks its townships every month, and tells them of it (Art. 13(1))."""
        if self._shell.desk.unit.unit.tier is not Tier.DISTRICT:
            return ()
        return (
            Action("检查考核表", partial(self._open_paper, "assessment"), icon="clipboard-list", role="more"),
            Action("起草通报", partial(self._open_paper, "bulletin"), icon="file-text", role="more"),
        )

    def _print(self) -> None:
        self._open_paper("totals_protected" if self._page.is_protected else "totals")

    def _open_paper(self, key: str) -> None:
        self._shell.go("papers", paper=key)

    def _can_export(self) -> bool | str:
        return self._page.shown is not None or "还没有可导出的数据"

    def _can_analyse(self) -> bool | str:
        return "保护视图里不能分析：分析列出各村（社区）的准确数字" if self._page.is_protected else self._can_export()

    def _can_edit_targets(self) -> bool | str:
        return self._shell.desk.why_read_only or self._can_export()

    def _export(self, *, protected: bool) -> None:
        found = self._page.shown
        if found is None:
            return
        name = f"汇总-{found.owner.name}-{found.month}（{PROTECTED if protected else '内部'}）.xlsx"
        start = str(Path(self._shell.layout("totals.folder") or Path.home()) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._page, "导出汇总表", start, "表格 (*.xlsx)")
        if not chosen:
            return
        target, desk = Path(chosen), self._shell.desk
        self._shell.keep_layout("totals.folder", str(target.parent))
        self._shell.tasks.run(
            lambda progress: export_totals(
                desk.store, found.owner.id, found.month, target, protected=protected, told=progress.step
            ),
            lambda _done: self._shell.notice(f"已导出到 {target}", "done"),
            title="导出汇总表",
            progress=True,
            cancellable=True,
        )
