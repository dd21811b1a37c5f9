"""What can be done on the page, each with its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.papers.handing import MonthPapers
    from jindu_desk.ui.papers.page import PapersPage


def page_actions(page: PapersPage, month: MonthPapers, read_only: str) -> tuple[Action, ...]:
    """The page's buttons, in order. Print and PDF of one paper stand above its preview; to print is the primary one.
    ``read_only``: why nothing can be changed, if so."""

    def can_export() -> bool | str:
        if page.kind is None or not page.kind.as_workbook:
            return "这一件不是表格，没有 .xlsx"
        return page.side.sentence or True

    def can_edit() -> bool | str:
        if page.kind is None or not page.kind.editable:
            return "这一件没有可以改的文字，数字到各页面里改"
        return page.side.sentence or read_only or not page.side.is_editing

    editing = Action("修改文字…", page.side.edit, "pencil", condition=can_edit)
    return (
        Action("全部存入文件夹…", month.save_all, "folder-open", tip="本月各件文书；表格另存 .xlsx，公文另存 .docx"),
        Action("导出表格…", page.export, "sheet", condition=can_export),
        *((editing,) if any(kind.editable for kind in page.kinds) else ()),
        Action("合成一个 PDF…", month.save_bundle, "file-text", tip="本月各件文书，前面有目录", role="more"),
    )
