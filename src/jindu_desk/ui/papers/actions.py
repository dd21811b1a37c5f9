"""What can be done on the page, each with its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.papers.handing import MonthPapers
    from jindu_desk.ui.papers.page import PapersPage


def page_actions(page: PapersPage, month: MonthPapers) -> tuple[Action, ...]:
    """The page's buttons, in order. Print and PDF of one paper stand above its preview; to print is the primary one."""
    return (
        Action("全部存入文件夹…", month.save_all, "folder-open", tip="本月各件文书，表格另存 .xlsx"),
        Action("导出表格…", page.export, "sheet", condition=page.can_export),
        Action("合成一个 PDF…", month.save_bundle, "file-text", tip="本月各件文书，前面有目录", role="more"),
    )
