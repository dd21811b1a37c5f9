"""The form for what a district demands of its six rates (Art. 13(3))."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from jindu_desk.domain.rounding import parse_percent
from jindu_desk.errors import DeskError
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.totals import Totals
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.fields import line_edit
from jindu_desk.ui.frame.screen import Shell


def targets_form(shell: Shell, found: Totals) -> EntryPanel:
    """One field per rate, filled with what is in force; it holds from the shown month on."""
    panel = EntryPanel(f"六项比率的指标要求（第十三条第三项），从{month_text(found.month)}起", columns=3)
    fields = {}
    for rate in found.rules.rates.required:
        field = panel.form.add(f"{rate.name}（%）", line_edit(limit=8))
        known = found.targets.get(rate.code)
        field.editor.setText("" if known is None else f"{known / 100:g}")
        fields[rate.code] = field

    note = QLabel("清空一项，只取消在这个月所定的要求：以前月份定过的，照以前的；都没有定过的，不作要求。")
    note.setWordWrap(True)
    note.setProperty("role", "muted")
    panel.form.add_widget(note, span=3)

    def save() -> None:
        targets: dict[str, int | None] = {}
        for code, field in fields.items():
            text = field.editor.text().strip()
            try:
                targets[code] = parse_percent(text) if text else None
            except DeskError as error:
                field.show_error(str(error))
                field.editor.setFocus()
                return
        store, owner = shell.desk.store, found.owner.id
        shell.carry_out(
            lambda: set_rate_targets(store, owner, found.month, targets),
            said="已保存指标要求",
            then=lambda _changes: panel.close_panel(),
            failed=panel.failed,
        )

    panel.on_save(save)
    return panel
