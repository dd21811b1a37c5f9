"""From the table to the record: opens the form, carries out what it says, keeps the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.errors import DeskError
from jindu_desk.ui.attachment_list import fresh_folder, open_outside
from jindu_desk.ui.duties.columns import ShownDuty, period_text
from jindu_desk.ui.duties.done_form import DoneForm
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from jindu_desk.queries.attachments import AttachmentRow
    from jindu_desk.ui.frame.screen import Shell
    from jindu_desk.ui.side_panel import SidePanel

_PAPERS_FROM = "duties.papers_from"
# Screens that exist at every tier; the others are asked of the unit's own tier.
_TOWNSHIP_ONLY = frozenset({"tallies", "report"})
_ABOVE_ONLY = frozenset({"totals"})


class Recording:
    """``selected`` gives the row that the table's selection stands on."""

    def __init__(self, shell: Shell, panel: SidePanel, selected: Callable[[], ShownDuty | None]) -> None:
        self._shell, self._panel, self._selected = shell, panel, selected

    def open_selected(self) -> None:
        if (row := self._selected()) is not None:
            self.open(row)

    def open(self, row: ShownDuty) -> None:
        """Show a duty's period in the panel."""
        shell = self._shell
        form = DoneForm(
            row,
            shell.desk.store.clock().date(),
            folder=shell.layout(_PAPERS_FROM),
            why_read_only=shell.desk.why_read_only,
        )
        form.actions_shown = (
            Action(
                "保存登记",
                lambda: self._save(form),
                icon="check",
                shortcut="Ctrl+Return",
                condition=lambda: shell.desk.why_read_only or True,
                role="primary",
            ),
            Action("撤回登记", self.withdraw, condition=self.can_withdraw),
            Action("取消", form.closing.emit, role="link"),
        )
        form.attachments.added.connect(lambda files: self._attach(row, files))
        form.attachments.opened.connect(self._open_file)
        form.attachments.removed.connect(self._detach)
        self._panel.show_content(form)
        self.refresh_files()

    def refresh_files(self) -> None:
        """Ask for the files of the duty in the panel again."""
        from jindu_desk.queries.attachments import attachments_of
        from jindu_desk.queries.duties import duty_record

        form = self._panel.content
        if not isinstance(form, DoneForm) or not form.row.duty.period:
            return
        store, record = self._shell.desk.store, duty_record(*form.row.key)
        self._shell.tasks.run(lambda: attachments_of(store, Subject.DUTIES, record), form.attachments.show_rows)

    def withdraw(self) -> None:
        from jindu_desk.operations.duties import withdraw_duty_done

        row = self._selected()
        if row is None or self.can_withdraw() is not True:
            return
        name = f"“{row.duty.rule.title}”（{period_text(row.duty)}）"
        if not self._shell.ask(f"撤回{name}的完成登记？登记时添加的附件也从这里移除。", "撤回", danger=True):
            return
        store, unit = self._shell.desk.store, self._shell.desk.unit.unit.id
        self._panel.close_content()
        self._shell.carry_out(lambda: withdraw_duty_done(store, unit, *row.key), said=f"已撤回{name}的登记")

    def go_there(self) -> None:
        """Where the work for the selected duty is done, in its month."""
        row = self._selected()
        if row is None or self.can_go() is not True:
            return
        from jindu_desk.domain.duty_rules import Rhythm
        from jindu_desk.domain.months import Month

        if row.duty.rule.rhythm is Rhythm.MONTHLY:
            self._shell.choose_month(Month.parse(row.duty.period))
        self._shell.go(row.duty.rule.screen)

    def can_record(self) -> bool | str:
        row = self._selected()
        return "请先选中一项职责。" if row is None else self._shell.desk.why_read_only or True

    def can_withdraw(self) -> bool | str:
        row = self._selected()
        if row is None or row.duty.done is None:
            return "这一项还没有登记完成。"
        if row.duty.done.by_data:
            return "这一项由数据自动认定，不能在这里撤回。"
        return self._shell.desk.why_read_only or True

    def can_go(self) -> bool | str:
        row = self._selected()
        if row is None:
            return "请先选中一项职责。"
        screen = row.duty.rule.screen
        township = self._shell.desk.unit.unit.tier.value == "township"
        if not screen or screen in (_ABOVE_ONLY if township else _TOWNSHIP_ONLY):
            return "这一项在程序外办理，办完后在这里登记。"
        return True

    def _save(self, form: DoneForm) -> None:
        from jindu_desk.operations.duties import mark_duty_done

        try:
            period, on, note = form.values()
        except DeskError as error:
            form.show_failure(error)
            return
        store, unit, duty = self._shell.desk.store, self._shell.desk.unit.unit.id, form.row.duty.rule.code
        again = bool(form.row.duty.period)
        self._panel.set_busy(True)
        form.clear_failures()

        def failed(error: Exception) -> None:
            if self._panel.content is form:
                self._panel.set_busy(False)
                if isinstance(error, DeskError):
                    form.show_failure(error)

        def done(_changes: Changes) -> None:
            if self._panel.content is form:
                self._panel.close_content()

        self._shell.carry_out(
            lambda: mark_duty_done(store, unit, duty, period, done_on=on, note=note, again=again),
            said=f"已登记：{form.row.duty.rule.title}",
            then=done,
            failed=failed,
        )

    def _attach(self, row: ShownDuty, files: list[Path]) -> None:
        from jindu_desk.operations.duties import attach_to_duty

        shell = self._shell
        unit = shell.desk.unit.unit.id
        shell.keep_layout(_PAPERS_FROM, str(files[0].parent))

        def attach() -> Changes:
            changes = Changes(frozenset())
            for path in files:
                changes |= attach_to_duty(shell.desk.store, shell.desk.paths, unit, *row.key, path)
            return changes

        shell.carry_out(attach, said=f"已添加 {len(files)} 个附件", title="添加附件")

    def _open_file(self, row: AttachmentRow) -> None:
        from jindu_desk.queries.attachments import copy_out

        shell = self._shell

        def opened(path: Path) -> None:
            if not open_outside(path):
                shell.notice(f"没有能打开“{path.name}”的程序。副本在“{path}”。", "warning")

        shell.tasks.run(lambda: copy_out(shell.desk.paths, row, fresh_folder()), opened)

    def _detach(self, row: AttachmentRow) -> None:
        from jindu_desk.operations.duties import detach_from_duty

        shell = self._shell
        if shell.ask(f"移除附件“{row.name}”？", "移除", danger=True):
            shell.carry_out(lambda: detach_from_duty(shell.desk.store, row.id), said=f"已移除“{row.name}”")
