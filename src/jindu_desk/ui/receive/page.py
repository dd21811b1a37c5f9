"""接收: builds the page and wires its parts; `Reading` reads the files, `Deciding` shows what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.queries.exchange.received import ReceivedRow, StreamRow
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.drop_area import SUFFIX, DropArea, packages_in
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.receive.comparing import ComparisonView
from jindu_desk.ui.receive.deciding import Deciding
from jindu_desk.ui.receive.judging import Judging
from jindu_desk.ui.receive.keys import LAST_FOLDER, Keys
from jindu_desk.ui.receive.lists import NOW, RECORD, Lists
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.reading import Reading
from jindu_desk.ui.receive.rows import FileRow, brought_up_to_date, row_of_record
from jindu_desk.ui.receive.slips import Slips
from jindu_desk.ui.receive.words import sum_line, verdict_words
from jindu_desk.ui.receive.work import Work
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.tables import select_same
from jindu_desk.ui.theme.measures import BETWEEN, EDGE

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.screen import Shell

_BRINGS_KEYS = (PackageKind.ENROLMENT, PackageKind.DIRECTIVE)
_PANEL_LETTERS = 31  # wide enough for a sentence of the panel to be read as one


@dataclass(frozen=True, slots=True)
class _Loaded:
    month: Month
    records: tuple[ReceivedRow, ...]
    streams: tuple[StreamRow, ...]
    signers: tuple[SignerRow, ...]
    units: tuple[UnitRow, ...]


class ReceivePage(PageScaffold):
    """What the units below handed in."""

    subjects = frozenset({Subject.EXCHANGE.value, Subject.UNITS.value})

    def __init__(self, shell: Shell) -> None:
        super().__init__("接收")
        self._shell = shell
        self._units: tuple[UnitRow, ...] = ()
        self._records: tuple[ReceivedRow, ...] = ()
        self._wanted = ""
        self._judged_since: set[str | None] | None = None  # None: no new keys came by a file
        self.panel = SidePanel()
        self.panel.opened.connect(self._fit_panel)
        self.comparison = ComparisonView()
        self.comparison.left.connect(self._show_lists)
        self.slips = Slips(shell, self._show_slip, self._show_lists)
        self.reading = Reading(shell, self._show_files, self._read_to_the_end, self)
        work = Work(shell, self.panel)
        self.keys = Keys(shell, self.panel, work, self._units_around, self.reading.start_untrusted)
        self.judging = Judging(shell, self.panel, work, self.comparison, self._show_comparison)
        self._deciding = Deciding(shell, self.panel, (work, self.keys, self.judging), self._again, self.slips.show)
        pick = Action("选择文件…", self._pick_files, "package-open", "Ctrl+O", self._can_read, role="primary")
        again = Action("再读一次", self._read_untrusted, "refresh-cw", condition=self._can_write)
        self.lists = Lists(
            self._deciding,
            self.keys,
            self._periods_of,
            pick=Action("选择文件…", self._pick_files, "package-open", condition=self._can_read),
            again=again,
        )
        self.panel.opened.connect(lambda: self.lists.make_room(True))
        self.panel.closed.connect(lambda: self.lists.make_room(False))
        self.panel.closed.connect(self.lists.take_keyboard)
        self.set_actions(
            (
                pick,
                Action("选择文件夹…", self._pick_folder, "folder-open", condition=self._can_read),
                Action("登记密钥…", self.keys.start_enrolling, "key-round", condition=self._can_write),
                Action(
                    "再读不可信的文件",
                    self._read_untrusted,
                    "refresh-cw",
                    condition=self._can_read_untrusted,
                    role="more",
                ),
                Action("导出签名名册…", self._export_roster, "download", role="more"),
            )
        )
        area = DropArea(self.read)
        inside = QVBoxLayout(area)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.lists)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        row.addWidget(area, 1)
        row.addWidget(self.panel)
        self._stack = QStackedWidget()
        for page in (both, self.comparison, self.slips.preview):
            self._stack.addWidget(page)
        self.body.addWidget(self._stack, 1)

    def show_month(self, _month: Month) -> None:
        self.refresh()

    def open_at(self, *, received: str = "") -> None:
        """``received``: the id of a package to show."""
        self._wanted = received
        self._show_lists()
        self.lists.tabs.setCurrentIndex(RECORD)
        self._choose_wanted()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month

        def load() -> _Loaded:
            from jindu_desk.queries.exchange.keys import signers
            from jindu_desk.queries.exchange.received import received, streams
            from jindu_desk.queries.units import units_below

            below = units_below(desk.store, desk.unit.unit.id, month)
            return _Loaded(month, received(desk.store), streams(desk.store, month), signers(desk.store), below)

        self._shell.tasks.run(load, self._show)

    def read(self, paths: list[Path]) -> None:
        """Read these files, and the packages in these folders."""
        if self._can_read() is not True:
            return
        self._shell.tasks.run(lambda: packages_in(paths), self._start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.panel.content is not None:
            self._fit_panel()

    def _fit_panel(self) -> None:
        """Wider than a form: whole sentences stand in it. On a small screen the list keeps its half."""
        letters = self.fontMetrics().horizontalAdvance("汉") * _PANEL_LETTERS + 2 * BETWEEN
        around = self.parentWidget() or self  # the page itself may have been widened by the panel that it had
        half = (around.width() - 2 * EDGE) // 2
        self.panel.setFixedWidth(max(min(letters, half), self.panel.usual_width * 9 // 10))

    def _start(self, found: list[Path]) -> None:
        if not found:
            self._shell.notice(f"没有找到上报文件（*{SUFFIX}）。请确认选对了U盘或文件夹。", "warning")
            return
        self._shell.keep_layout(LAST_FOLDER, str(found[0].parent))
        self._show_lists()
        self.lists.tabs.setCurrentIndex(NOW)
        if isinstance(self.panel.content, PackagePanel):
            self.panel.close_content()  # of a row that goes
        self.reading.start(found)
        self.update_actions()

    def _again(self, kept: list[Path]) -> None:
        self.lists.tabs.setCurrentIndex(NOW)
        self.reading.start(kept, again=True)

    def _read_untrusted(self) -> None:
        self._judged_since = None
        self.lists.tabs.setCurrentIndex(NOW)
        self.reading.start_untrusted()

    def _show(self, loaded: _Loaded) -> None:
        if loaded.month != self._shell.month:
            return
        self._units, self._records = loaded.units, loaded.records
        by_id = {record.id: record for record in loaded.records}
        self.lists.show_records(tuple(row_of_record(record) for record in loaded.records))
        self.reading.rows = tuple(
            brought_up_to_date(row, by_id.get(row.received_id or "")) for row in self.reading.rows
        )
        self.lists.show_files(self.reading.rows)
        self.lists.streams.show_rows(loaded.streams)
        self.lists.signers.show_rows(loaded.signers)
        since = self._judged_since
        untrusted = [row.id for row in loaded.records if row.verdict is Verdict.UNTRUSTED and not row.own]
        self.lists.offer_again(0 if since is None else sum(each not in since for each in untrusted))
        self.update_actions()
        self._choose_wanted()
        self._deciding.bring_up_to_date(self.lists.shown_rows())

    def _show_files(self, rows: tuple[FileRow, ...]) -> None:
        self.lists.show_files(rows)

    def _read_to_the_end(self, rows: tuple[FileRow, ...], wanted: int) -> None:
        self.update_actions()
        if len(rows) < wanted:
            self._shell.notice(f"已停止，读完的 {len(rows)} 个文件都已保存。", "info")
        else:
            good = all(verdict_words(row)[1] == "done" or row.own for row in rows)
            self._shell.notice(f"读完 {len(rows)} 个文件：{sum_line(rows)}。", "done" if good else "warning")
        brought = [place for place, row in enumerate(rows) if row.kind in _BRINGS_KEYS and row.counted]
        if brought:
            # What was read after the last of these was judged by the keys that they brought.
            self._judged_since = {row.received_id for row in rows[brought[-1] :]}

    def _show_lists(self) -> None:
        self._stack.setCurrentIndex(0)

    def _show_comparison(self) -> None:
        self._stack.setCurrentWidget(self.comparison)

    def _show_slip(self) -> None:
        self._stack.setCurrentWidget(self.slips.preview)

    def _choose_wanted(self) -> None:
        lists = self.lists
        if self._wanted and select_same(lists.records_view, lists.records, lambda row: row.received_id, self._wanted):
            self._wanted = ""

    def _periods_of(self, stream: str) -> tuple[str, ...]:
        """The months of a unit that can be unlocked, newest first."""
        of_unit = {row.period for row in self._records if row.stream == stream and row.kind is PackageKind.REPORT}
        return tuple(sorted(of_unit, reverse=True))

    def _units_around(self) -> tuple[UnitRow, ...]:
        superior = self._shell.desk.unit.superior
        return (*self._units, *((superior,) if superior else ()))

    def _can_write(self) -> bool | str:
        return self._shell.desk.why_read_only or True

    def _can_read(self) -> bool | str:
        return self._shell.desk.why_read_only or not self.reading.busy

    def _can_read_untrusted(self) -> bool | str:
        if not any(row.verdict is Verdict.UNTRUSTED and not row.own for row in self._records):
            return "没有因来源不可信而没有读入的文件。"
        return self._can_read()

    def _pick_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "选择上报文件", self._shell.layout(LAST_FOLDER), f"上报文件 (*{SUFFIX});;所有文件 (*)"
        )
        if names:
            self.read([Path(name) for name in names])

    def _pick_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择上报文件所在的文件夹", self._shell.layout(LAST_FOLDER))
        if name:
            self.read([Path(name)])

    def _export_roster(self) -> None:
        start = str(Path(self._shell.layout(LAST_FOLDER)) / "allowed_signers")
        chosen, _ = QFileDialog.getSaveFileName(self, "导出签名名册", start)
        if not chosen:
            return
        desk = self._shell.desk

        def export() -> str:
            from jindu_desk.operations.exchange.keys import write_roster_files

            write_roster_files(desk.store, Path(chosen))
            return chosen

        self._shell.tasks.run(export, lambda path: self._shell.notice(f"签名名册已导出到 {path}。", "done"))
