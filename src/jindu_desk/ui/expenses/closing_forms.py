"""What closing a month or a year does, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLabel

from jindu_desk.domain.money import yuan_text
from jindu_desk.queries.expense_closing import MonthClosing, YearEnd
from jindu_desk.ui.fields import line_edit, text_edit
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.side_panel import PanelForm


class MonthCloseForm(PanelForm):
    """Nothing to type: which months, how many entries, and what cannot be done afterwards."""

    def __init__(self, found: MonthClosing) -> None:
        super().__init__(f"月结：{month_text(found.month)}", columns=1)
        self.found = found
        others = found.months[:-1]
        told = [
            f"结账后，{month_text(found.month)}的支出、预算调整和附件都不能再增加或修改；更正只能在之后的月份冲销。"
        ]
        if others:
            told.append(f"同年还没有结账的 {'、'.join(others)} 一并结账。")
        told.append(f"一共 {found.entries} 笔支出。")
        if found.without_voucher:
            told.append(
                f"其中 {found.without_voucher} 笔还没有登记凭证号（第 {found.first_without} 号等），结账后不能补。"
            )
        label = QLabel("\n".join(told))
        label.setWordWrap(True)
        self.form.add_widget(label)


@dataclass(frozen=True, slots=True)
class YearCloseDraft:
    """``carry``: ids of the lines whose balance goes on."""

    carry: tuple[str, ...]
    reason: str
    approval: str


class YearCloseForm(PanelForm):
    """Which balances go into the next year, why, and on whose word. Restricted money is ticked already."""

    def __init__(self, found: YearEnd) -> None:
        super().__init__(f"年终结转：{found.year} 年", columns=1)
        year = found.year
        label = QLabel(
            f"结转后 {year} 年不能再改。勾选的余额作为预算调整记入 {year + 1} 年的同名科目（没有的自动新建）；"
            f"没有勾选的余额留在 {year} 年，不带到下一年。"
        )
        label.setWordWrap(True)
        self.form.add_widget(label)
        self.boxes: dict[str, QCheckBox] = {}
        for line in found.lines:
            only = "　专款" if line.restricted else ""
            box = QCheckBox(f"{line.name}{only}　余额 {yuan_text(line.balance.left_fen)} 元")
            box.setChecked(line.id in found.proposed)
            self.boxes[line.id] = box
            self.form.add_widget(box)
        if not found.lines:
            none = QLabel("没有科目有余额，只把这一年锁定。")
            none.setProperty("role", "muted")
            self.form.add_widget(none)
        self.approval = self.add("approval", "批准依据", line_edit(placeholder="文号或会议"), required=True)
        self.reason = self.add("reason", "理由", text_edit(lines=2, text=f"{year} 年结余结转"), required=True)

    def draft(self) -> YearCloseDraft:
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return YearCloseDraft(chosen, self.reason.text(), self.approval.text())

    def take_focus(self) -> None:
        self.approval.editor.setFocus()
