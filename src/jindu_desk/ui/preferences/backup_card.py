"""Backups: the list, one now, the whole folder to carry away, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.ui.action_row import ActionRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.paper_handing import with_ending
from jindu_desk.ui.preferences.rows import BackupLine, PreferencesView
from jindu_desk.ui.tables import Column, RowsModel, rows_view

_COLUMNS: tuple[Column[BackupLine], ...] = (
    Column("时间", lambda row: row.made),
    Column("何时做的", lambda row: row.reason, width=-1),
    Column("大小", lambda row: row.size, align="right", key=lambda row: float(row.size.split()[0])),
)
_ARCHIVES = "整个文件夹的备份（*.zip）"


class BackupCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("备份", icon="database-backup")
        self._shell = shell
        self.rows = RowsModel(_COLUMNS)
        self.table = rows_view(self.rows, name="备份", sortable=False)
        self.table.setMinimumHeight(110)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._update())
        said = QLabel("退出时和接收数据之前自动备份，每个都打开检查过，旧的按时间逐步减少。备份里没有私钥。")
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        actions = (
            Action("立即备份", self.back_up, icon="database-backup"),
            Action("恢复到选中的…", self._restore_chosen, icon="rotate-ccw", condition=self._one_chosen),
            Action("从文件恢复…", self._restore_file, icon="archive"),
            Action("整个文件夹另存…", self._archive, icon="save"),
        )
        self._actions = ActionRow()
        self._actions.set_actions(actions)
        self.body.addWidget(said)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._actions)

    def show_view(self, view: PreferencesView) -> None:
        self.rows.show_rows(view.backups)
        self._update()

    def back_up(self) -> None:
        desk = self._shell.desk
        self._shell.tasks.run(lambda: desk.back_up("by-hand"), self._backed_up, title="正在备份")

    def restore(self, source: Path, called: str) -> None:
        """Go back to ``source`` after a clear question."""
        if not self._shell.ask(
            f"恢复到{called}？\n\n现在的数据会被替换成备份里的数据。恢复之前会先把现在的数据备份一份，需要时还能退回来。",
            "恢复",
            danger=True,
        ):
            return
        desk = self._shell.desk
        self._shell.tasks.run(lambda: desk.restore(source), self._restored, title="正在恢复")

    def _one_chosen(self) -> bool | str:
        return True if self.table.currentIndex().isValid() else "先在列表里选一个备份。"

    def _update(self) -> None:
        self._actions.update_actions()

    def _restore_chosen(self) -> None:
        line = self.rows.row(self.table.currentIndex())
        self.restore(line.path, f" {line.made} 的备份")

    def _restore_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "选择备份文件", "", "备份（*.db *.zip）;;所有文件（*）")
        if chosen:
            self.restore(Path(chosen), f"文件“{Path(chosen).name}”里的数据")

    def _archive(self) -> None:
        desk = self._shell.desk
        proposed = f"{desk.unit.unit.name}-{desk.store.clock():%Y%m%d}.zip"
        chosen, _kind = QFileDialog.getSaveFileName(self, "整个文件夹另存为", proposed, _ARCHIVES)
        if not chosen:
            return
        target = with_ending(chosen, ".zip")
        self._shell.tasks.run(
            lambda: desk.archive(target),
            lambda _none: self._shell.notice(f"已另存并检查：{target}", "done"),
            title="正在另存",
        )

    def _backed_up(self, path: Path) -> None:
        self._shell.notice(f"已备份并检查：{path.name}", "done")
        self._shell.changed(Changes(frozenset({Subject.SETTINGS})))

    def _restored(self, _none: None) -> None:
        self._shell.reopen()
