"""What a person decides about a report: accept, return, take back, unlock; adopt a correction, decide a fork."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.judge import RemarkDraft
from jindu_desk.queries.exchange.places import ReportPlace
from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.comparing import ComparisonView, Pair
from jindu_desk.ui.receive.return_form import ReturnDraft, ReturnForm
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.work import Work
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.unlock_form import UnlockForm

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.frame.screen import Shell


class Judging:
    """``compare()`` shows the comparison over the page."""

    def __init__(
        self, shell: Shell, panel: SidePanel, work: Work, view: ComparisonView, compare: Callable[[], object]
    ) -> None:
        self._shell, self._panel, self._work = shell, panel, work
        self._view, self._compare = view, compare
        self._drafts: dict[str, ReturnDraft] = {}
        panel.leaving.connect(self._keep_draft)
        panel.closed.connect(self._say_kept)
        self._returned: set[str] = set()  # whose form closes because it was sent
        self._left = ""  # the report whose form was left last

    def decisions(self, row: FileRow) -> tuple[Action, ...]:
        """What can be decided about this package now, the most likely first."""
        if row.received_id is None:
            return ()
        found: list[Action] = []

        def offer(label: str, operation: Callable[[], object], icon: str) -> None:
            settled = row.judged is not None or row.other_chosen != ""
            role = "secondary" if found or settled else "primary"
            found.append(Action(label, operation, icon, condition=self._can_write, role=role))  # type: ignore[arg-type]

        if row.verdict is Verdict.FORK:
            label = "重新认定…" if row.other_chosen else "比较两份并认定…"
            offer(label, lambda: self.compare(row), "git-fork")
        elif row.verdict is Verdict.REVISION and not row.counted and row.judged is None:
            offer("查看差异并确认…", lambda: self.compare(row), "file-pen")
        if row.can_be_accepted and row.judged is None:
            offer("认可", lambda: self.accept((row,)), "check")
        if row.judged is not None:
            found.append(
                Action(
                    "去写回执",
                    lambda: self._shell.go("direct", tab="回执", unit=row.stream),
                    "send",
                    role="primary",
                )
            )
            word = "撤回退回" if row.judged is ReceiptState.RETURNED else "撤回认可"
            offer(word, lambda: self.withdraw(row), "rotate-ccw")
        if row.can_be_returned and not row.replaced and row.verdict is not Verdict.OLDER:
            offer("退回…", lambda: self.start_return(row), "undo-2")
        if row.verdict is Verdict.REVISION and row.counted:
            offer("查看更正的差异…", lambda: self.compare(row), "file-pen")
        if row.of_report and row.counted and row.judged is not ReceiptState.RETURNED:
            offer("解锁该月…", lambda: self.start_unlock(row), "lock-open")
        return tuple(found)

    def accept(self, rows: Sequence[FileRow]) -> None:
        desk, ids = self._shell.desk, [row.received_id or "" for row in rows]

        def accept() -> Changes:
            from jindu_desk.operations.exchange.judge import accept_reports

            return accept_reports(desk.store, ids)

        said = "已认可，随下一份回执告诉对方。" if len(ids) == 1 else f"已认可 {len(ids)} 份，随下一份回执告诉对方。"
        self._work.carry_out(accept, said, received=ids[0] if len(ids) == 1 else "")

    def withdraw(self, row: FileRow) -> None:
        """At once; a return that its sender was told already only when that was said and confirmed."""
        desk, received = self._shell.desk, row.received_id or ""

        def told() -> int | None:
            from jindu_desk.queries.exchange.answers import answer_told

            return answer_told(desk.store, received) if row.judged is ReceiptState.RETURNED else None

        def withdraw() -> Changes:
            from jindu_desk.operations.exchange.judge import withdraw_judgement

            return withdraw_judgement(desk.store, desk.paths, received)

        def ask_first(number: int | None) -> None:
            self._work.wait(False)
            said = "已撤回，这一份又成为未处理。"
            if number is not None:
                question = (
                    f"第 {number} 号回执已经写给{row.from_unit}，上面说这一份“退回”，该月在对方那里会打开。\n\n"
                    "撤回以后，请再写一份新回执交给对方，否则对方仍按退回改正、重报。"
                )
                if not self._shell.ask(question, "撤回退回"):
                    return
                said = f"{said}请再写一份回执给{row.from_unit}。"
            self._work.carry_out(withdraw, said, received=received)

        self._work.wait(True)
        self._shell.tasks.run(told, ask_first)

    def start_return(self, row: FileRow) -> None:
        """The form, with what was typed for this report before; its places come when the file was read."""
        desk, received = self._shell.desk, row.received_id or ""
        month = Month.parse(row.period)

        def give_back(reason: str, remarks: Sequence[RemarkDraft]) -> None:
            self._return(received, reason, remarks)

        def check(text: str, good: Callable[[str], object], bad: Callable[[Exception], object]) -> None:
            def checked() -> str:
                from jindu_desk.operations.exchange.judge import checked_reason

                return checked_reason(desk.store, month, text)

            self._shell.tasks.run(checked, good, bad)

        def places() -> tuple[ReportPlace, ...]:
            from jindu_desk.queries.exchange.places import report_places

            return report_places(desk.store, desk.paths, received)

        form = ReturnForm(f"退回 {row.from_unit} {period_text(row.period)}", give_back, check, row.from_unit)
        form.received = received
        if received in self._drafts:
            form.restore(self._drafts[received])
        self._panel.show_content(form)
        self._shell.tasks.run(places, form.offer)

    def start_unlock(self, row: FileRow) -> None:
        self.show_unlock(row.stream, row.from_unit, (row.period,), received=row.received_id or "")

    def show_unlock(self, stream: str, unit: str, periods: Sequence[str], *, received: str = "") -> None:
        desk = self._shell.desk

        def unlock(month: Month, reason: str) -> None:
            def operation() -> Changes:
                from jindu_desk.operations.exchange.judge import unlock_month

                return unlock_month(desk.store, stream, month, reason)

            self._work.carry_out(operation, f"{unit} {month} 已解锁，随下一份回执告诉对方。", received=received)

        self._panel.show_content(UnlockForm(unit, periods, unlock))

    def compare(self, row: FileRow) -> None:
        """A correction beside what it corrects, or a fork's two sides."""
        desk, received, is_fork = self._shell.desk, row.received_id or "", row.verdict is Verdict.FORK

        def pair() -> Pair:
            from jindu_desk.queries.exchange.details import package_details
            from jindu_desk.queries.exchange.received import package_differences, revision_differences, rivals

            if is_fork:
                others = [other for other in rivals(desk.store, received) if other.id != received]
                # What stands now comes first; of several that lost, the one that was there first.
                others.sort(key=lambda other: (not other.counted, other.verdict is Verdict.FORK, other.received_at))
                found = package_differences(desk.store, desk.paths, others[0].id if others else None, received)
            else:
                found = revision_differences(desk.store, desk.paths, received)
            one = package_details(desk.store, desk.paths, found.one.id) if found.one is not None else None
            return Pair(one, package_details(desk.store, desk.paths, received), found, is_fork)

        self._shell.tasks.run(pair, lambda found: self._show_pair(row, found))

    def _show_pair(self, row: FileRow, pair: Pair) -> None:
        self._view.show_pair(
            pair,
            adopt=self._adopt,
            confirm=lambda: self._confirm(row),
            give_back=lambda: self._return_from_comparison(row),
        )
        self._compare()

    def _return_from_comparison(self, row: FileRow) -> None:
        self._view.left.emit()
        self.start_return(row)

    def _confirm(self, row: FileRow) -> None:
        desk, received = self._shell.desk, row.received_id or ""

        def confirm() -> Changes:
            from jindu_desk.operations.exchange.receive import confirm_revision

            return confirm_revision(desk.store, desk.paths, received)

        self._work.carry_out(confirm, "已采用更正，汇总已更新。", received=received, view=self._view)

    def _adopt(self, received: str, reason: str) -> None:
        desk = self._shell.desk

        def decide() -> Changes:
            from jindu_desk.operations.exchange.receive import decide_fork

            return decide_fork(desk.store, desk.paths, received, reason)

        self._work.carry_out(decide, "已认定，理由已记录，汇总已更新。", received=received, view=self._view)

    def _return(self, received: str, reason: str, remarks: Sequence[RemarkDraft]) -> None:
        desk = self._shell.desk

        def give_back() -> Changes:
            from jindu_desk.operations.exchange.judge import return_report

            changes = return_report(desk.store, desk.paths, received, reason, remarks)
            self._returned.add(received)
            return changes

        def forget() -> None:
            self._drafts.pop(received, None)
            self._returned.discard(received)

        self._work.carry_out(
            give_back, "已退回，不再计入汇总。理由随下一份回执告诉对方。", received=received, afterwards=forget
        )

    def _keep_draft(self) -> None:
        """What was typed for a report stays until it is returned, whatever is looked at meanwhile."""
        form = self._panel.content
        self._left = form.received if isinstance(form, ReturnForm) else ""
        if isinstance(form, ReturnForm):
            self._drafts[form.received] = form.draft()

    def _say_kept(self) -> None:
        """After Esc: nothing was lost, and where it is."""
        if self._left and self._left not in self._returned and self._drafts.get(self._left):
            self._shell.notice("没有退回。写好的理由和意见留着，再点“退回…”接着写。", "info")

    def _can_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True
