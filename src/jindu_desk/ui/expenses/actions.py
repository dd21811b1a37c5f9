"""What can be done on the page, each with its condition."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.expenses.booking import Booking
    from jindu_desk.ui.expenses.budgeting import Budgeting
    from jindu_desk.ui.expenses.closing import Closing
    from jindu_desk.ui.expenses.import_reversal import ImportReversing
    from jindu_desk.ui.expenses.importing import Importing
    from jindu_desk.ui.expenses.papers import Papers
    from jindu_desk.ui.expenses.state import PageState


def page_actions(
    state: PageState,
    booking: Booking,
    budgeting: Budgeting,
    papers: Papers,
    importing: Importing,
    reversing: ImportReversing,
    closing: Closing,
) -> tuple[Action, ...]:
    """The page's buttons and its menu, in order."""
    return (
        Action("登记支出", booking.start_entry, "plus", "Ctrl+N", state.can_enter, role="primary"),
        Action("冲销", booking.start_reversal, "undo-2", condition=state.can_reverse),
        Action("预算调整", budgeting.start_adjustment, "scale", condition=state.can_adjust),
        Action("新建预算科目", budgeting.start_line, "wallet", condition=state.can_change_book),
        Action("登记凭证号", booking.start_voucher, "receipt", condition=state.can_set_voucher, role="more"),
        Action("打开附件", papers.open_evidence, "external-link", "Ctrl+O", state.can_open_evidence, role="more"),
        Action("导入财务清单", importing.choose_file, "download", condition=state.can_enter, role="more"),
        Action("冲销整批导入", reversing.start, "undo-2", condition=state.can_change_book, role="more"),
        Action("导出表格", papers.export, "file-spreadsheet", condition=state.has_book, role="more"),
        Action(
            "打印经费台账", partial(papers.show_printed, "expenses"), "printer", condition=state.has_book, role="more"
        ),
        Action(
            "打印预算执行表", partial(papers.show_printed, "budget"), "printer", condition=state.has_book, role="more"
        ),
        Action("沿用上年科目", budgeting.copy_lines, "copy", condition=state.can_copy, role="more"),
        Action("修改预算科目", budgeting.start_line_change, "pencil", condition=state.can_change_line, role="more"),
        Action("删除预算科目", budgeting.remove_line, "trash-2", condition=state.can_change_line, role="more"),
        Action("月结", closing.start_month, "lock", condition=state.can_close_month, role="more"),
        Action("撤销月结", closing.start_reopening_month, "lock-open", condition=state.can_reopen_month, role="more"),
        Action("年终结转", closing.start_year, "lock", condition=state.can_close_year, role="more"),
        Action("撤销年终结转", closing.reopen_year, "lock-open", condition=state.can_reopen_year, role="more"),
    )
