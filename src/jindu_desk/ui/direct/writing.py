"""Writing answers and directives to a folder, and handing out again what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.errors import DeskError
from jindu_desk.ui.direct.answer_panels import Written, WrittenPanel
from jindu_desk.ui.direct.words import plain_answers_question
from jindu_desk.ui.drives import on_removable
from jindu_desk.ui.unlock_form import UnlockForm

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.operations.exchange.again import HandedOut
    from jindu_desk.operations.exchange.writing import Placed
    from jindu_desk.queries.exchange.answers import AnswerRow
    from jindu_desk.queries.exchange.superior import SentPackage
    from jindu_desk.ui.direct.acting import Acting

LAST_FOLDER = "direct.folder"


class Writing:
    """``changed()`` is called when writing begins and ends, so that buttons are asked again."""

    def __init__(self, acting: Acting, changed: Callable[[], object]) -> None:
        self._acting, self._changed = acting, changed
        self.busy = False

    def may_write(self) -> bool | str:
        return self._acting.desk.why_read_only or not self.busy

    def write_answers(self, chosen: Sequence[AnswerRow], folder: Path) -> None:
        question = plain_answers_question(chosen)
        if question and not self._acting.shell.ask(question, "写出"):
            return
        desk, ids = self._acting.desk, [row.unit.id for row in chosen]

        def write() -> Written:
            from jindu_desk.operations.exchange.answers import write_answers

            placed = write_answers(desk.store, desk.vault, desk.paths, ids, folder)
            return _written(placed)

        self._run(write, folder, f"已写出 {len(ids)} 份回执，并已读回核对。", "写回执")

    def write_directive(self, folder: Path) -> None:
        desk = self._acting.desk

        def write() -> Written:
            from jindu_desk.operations.exchange.directives import write_directive

            return _written((write_directive(desk.store, desk.vault, desk.paths, folder),))

        self._run(write, folder, "指令已写出，并已读回核对。", "写指令")

    def hand_out_again(self, row: SentPackage, folder: Path) -> None:
        desk, shell = self._acting.desk, self._acting.shell
        shell.keep_layout(LAST_FOLDER, str(folder))

        def write() -> HandedOut:
            from jindu_desk.operations.exchange.again import hand_out_again

            return hand_out_again(desk.store, desk.vault, desk.paths, row.kind, row.receiver, row.number, folder)

        def done(placed: HandedOut) -> None:
            locked = "加密" if placed.encrypted else "不加密"
            shell.notice(f"第 {placed.number} 号已照原样再写一次（{locked}）：{placed.path}", "done")

        shell.tasks.run(write, done, title="重新递交")

    def start_unlocking(self, row: AnswerRow) -> None:
        """Offer the months that the unit has reported."""
        desk, shell, panel = self._acting.desk, self._acting.shell, self._acting.panel

        def months() -> tuple[str, ...]:
            from jindu_desk.queries.exchange.direct import reported_months

            return reported_months(desk.store, row.unit.id)

        def show(found: tuple[str, ...]) -> None:
            if found:
                panel.show_content(
                    UnlockForm(row.unit.name, found, lambda month, reason: self._unlock(row, month, reason))
                )
            else:
                shell.notice(f"还没有收到过{row.unit.name}的上报，没有可以解锁的月份。", "info")

        shell.tasks.run(months, show)

    def _unlock(self, row: AnswerRow, month: Month, reason: str) -> None:
        desk = self._acting.desk

        def unlock() -> Changes:
            from jindu_desk.operations.exchange.judge import unlock_month

            return unlock_month(desk.store, row.unit.id, month, reason)

        self._acting.carry_out(unlock, f"已解锁 {month}。写一份回执给{row.unit.name}，对方读入后打开。")

    def _run(self, write: Callable[[], Written], folder: Path, said: str, title: str) -> None:
        shell = self._acting.shell
        shell.keep_layout(LAST_FOLDER, str(folder))
        self._set_busy(True)

        def done(written: Written) -> None:
            self._set_busy(False)
            self._acting.panel.show_content(WrittenPanel(written, show_folder))

        def refused(error: Exception) -> None:
            self._set_busy(False)
            if isinstance(error, DeskError):
                shell.notice(str(error), "error")
            # Also a refusal can have recorded something: packages that an old backup forgot.
            shell.changed(Changes(frozenset({Subject.EXCHANGE})))

        shell.carry_out(write, said=said, then=done, failed=refused, title=title)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._changed()


def show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _written(placed: tuple[Placed, ...]) -> Written:
    return Written(placed, on_removable(placed[0].path))
