"""What a district or the city sets for the units below: opened from the directive's parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.ui.direct.directive_view import Editing
from jindu_desk.ui.direct.rule_forms import CheckForm, DeadlineForm, RuleFileForm, TargetsForm
from jindu_desk.ui.direct.words import FILE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from jindu_desk.domain.changes import Changes
    from jindu_desk.queries.exchange.direct import RuleFile
    from jindu_desk.ui.direct.acting import Acting
    from jindu_desk.ui.direct.lines import CheckLine, DeadlineLine
    from jindu_desk.ui.direct.loading import Loaded

_FOLDER = "direct.rules_folder"


class RuleWork:
    """``loaded()`` is what the screen shows now."""

    def __init__(self, acting: Acting, loaded: Callable[[], Loaded | None], parent: QWidget) -> None:
        self._acting, self._loaded, self._parent = acting, loaded, parent
        self.editing = Editing(self.edit_targets, self.edit_deadline, self.edit_check, self.edit_file)

    def edit_targets(self) -> None:
        if loaded := self._loaded():
            form = TargetsForm(loaded.targets, _next_month(loaded), loaded.directive.standing, self._save_targets)
            self._acting.panel.show_content(form)

    def edit_deadline(self, line: DeadlineLine) -> None:
        if loaded := self._loaded():

            def save(since: Month, days: int | None, due: str) -> None:
                desk = self._acting.desk

                def operation() -> Changes:
                    from jindu_desk.operations.rules import set_deadline

                    return set_deadline(desk.store, line.row.duty, since, days=days, due=due)

                self._acting.carry_out(operation, "时限已保存，写指令后下级才知道。")

            self._acting.panel.show_content(DeadlineForm(line, _next_month(loaded), loaded.directive.standing, save))

    def edit_check(self, line: CheckLine) -> None:
        if loaded := self._loaded():

            def switch(since: Month, on: bool) -> None:
                desk = self._acting.desk

                def operation() -> Changes:
                    from jindu_desk.operations.rules import switch_check

                    return switch_check(desk.store, line.row.code, since, on)

                word = "启用" if on else "停用"
                self._acting.carry_out(operation, f"审核 {line.row.code} 从 {since} 起{word}，写指令后下级才知道。")

            form = CheckForm(
                line,
                _next_month(loaded),
                loaded.directive.standing,
                switch,
                lambda: self._acting.panel.set_busy(False),
            )
            self._acting.panel.show_content(form)

    def edit_file(self, row: RuleFile) -> None:
        if loaded := self._loaded():
            form = RuleFileForm(
                row,
                loaded.month,
                _next_month(loaded),
                lambda since: self._take(row, since),
                lambda: self._give(row, loaded.month),
                lambda since: self._drop(row, since),
            )
            self._acting.panel.show_content(form)

    def _save_targets(self, since: Month, targets: dict[str, int | None]) -> None:
        desk = self._acting.desk
        owner = desk.unit.unit.id

        def operation() -> Changes:
            from jindu_desk.operations.totals import set_rate_targets

            return set_rate_targets(desk.store, owner, since, targets)

        self._acting.carry_out(operation, "指标要求已保存，写指令后下级才知道。")

    def _take(self, row: RuleFile, since: Month) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent, f"读入{FILE_NAMES[row.name]}", self._acting.shell.layout(_FOLDER), "规则文件 (*.toml)"
        )
        if not chosen:
            return
        self._acting.shell.keep_layout(_FOLDER, str(Path(chosen).parent))
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.rule_file_exchange import set_rules_from_file

            return set_rules_from_file(desk.store, row.name, since, Path(chosen))

        self._acting.carry_out(operation, f"{FILE_NAMES[row.name]}已读入，从 {since} 起使用；写指令后下级才知道。")

    def _give(self, row: RuleFile, month: Month) -> None:
        shell = self._acting.shell
        start = str(Path(shell.layout(_FOLDER) or Path.home()) / f"{row.name}-{row.version}.toml")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, f"导出{FILE_NAMES[row.name]}", start, "规则文件 (*.toml)")
        if not chosen:
            return
        target = Path(chosen)
        shell.keep_layout(_FOLDER, str(target.parent))
        desk = self._acting.desk

        def write() -> Path:
            from jindu_desk.operations.rule_file_exchange import export_rules

            export_rules(desk.store, row.name, month, target)
            return target

        shell.tasks.run(write, lambda path: shell.notice(f"已导出到 {path}", "done"))

    def _drop(self, row: RuleFile, since: Month) -> None:
        desk = self._acting.desk

        def operation() -> Changes:
            from jindu_desk.operations.rules import drop_rules

            return drop_rules(desk.store, row.name, since)

        self._acting.carry_out(operation, f"{FILE_NAMES[row.name]}从 {since} 起恢复；写指令后下级才知道。")


def _next_month(loaded: Loaded) -> Month:
    """What is set usually begins with the next month."""
    return Month.of(loaded.directive.today).next
