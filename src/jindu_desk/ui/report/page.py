"""上报: builds the page and wires its two parts, the month's report and the dealings with the superior."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.queries.readiness import Readiness
from jindu_desk.settings.keys import SIGNING
from jindu_desk.ui.drives import places
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.report.month_view import MonthView
from jindu_desk.ui.report.papers import Papers
from jindu_desk.ui.report.superior_state import SuperiorState, load
from jindu_desk.ui.report.superior_view import SuperiorView
from jindu_desk.ui.report.superior_work import LAST_FOLDER
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.screen import Shell

MONTH, SUPERIOR = "本月上报", "与上级往来"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the page shows, read together. ``ready`` is None where there is no part for the month."""

    month: Month
    ready: Readiness | None
    sent: tuple[SentPackage, ...]
    key: SignerRow | None
    superior: SuperiorState
    nothing_new: bool = False  # the month is open again and still says what its last package did


class ReportPage(PageScaffold):
    """Everything that goes up, and what comes back."""

    subjects = frozenset({s.value for s in Subject if s is not Subject.DUTIES})

    def __init__(self, shell: Shell) -> None:
        super().__init__("上报")
        self._shell = shell
        self._loaded: _Loaded | None = None
        self._key_held: bool | None = None  # asked of the keyring once: it may want to be unlocked
        self._parts = (SUPERIOR,) if shell.desk.unit.unit.tier is Tier.CITY else (MONTH, SUPERIOR)
        self.panel = SidePanel()
        self.papers = Papers(shell, self, self._show_paper, self._leave_paper)
        self.superior = SuperiorView(
            shell,
            self.panel,
            self.papers,
            copy=Action("复制公钥", self._copy_key, "copy"),
            save=Action("存为文件…", self._save_key, "save"),
            to_month=lambda: self.turn_to(MONTH),
            keys_changed=self._ask_keyring_again,
            update=self.update_actions,
        )
        self.month = MonthView(shell, self.panel, self.superior.work.make_key)
        self.checklist, self.send, self.package = self.month.checklist, self.month.send, self.month.package
        self.key = self.superior.key
        self._lay_out()
        self.turn_to(self._parts[0])

    def _lay_out(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("上报的两个方面")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in self._parts:
            self.tabs.addTab(title)
        self.tabs.setVisible(len(self._parts) > 1)
        self.tabs.currentChanged.connect(lambda _index: self._show_part())
        self.body.addWidget(self.tabs)
        self.body.setSpacing(GROUP)
        self._views = QStackedWidget()
        for view in (self.month, self.superior, self.papers.preview):
            self._views.addWidget(view)
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self._views, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.panel.opened.connect(self._share_room)
        self.panel.closed.connect(self._share_room)

    @property
    def part(self) -> str:
        """The title of the part that is chosen."""
        return self._parts[self.tabs.currentIndex()]

    def turn_to(self, part: str) -> None:
        if part in self._parts:
            self.tabs.setCurrentIndex(self._parts.index(part))
        self._show_part()

    def open_at(self, *, part: str = "") -> None:
        """``part``: ``"superior"`` shows the dealings with the superior, ``"month"`` the month's report."""
        self.turn_to({"superior": SUPERIOR, "month": MONTH}.get(part, self.part))

    def show_month(self, _month: Month) -> None:
        self.panel.close_content()
        self._leave_paper()
        last = self._shell.layout(LAST_FOLDER)
        self._shell.tasks.run(lambda: places(last), self.month.offer_places)
        self.refresh()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month
        of_month = MONTH in self._parts

        def look() -> _Loaded:
            from jindu_desk.domain.exchange import PackageKind
            from jindu_desk.queries.exchange.keys import own_signer
            from jindu_desk.queries.exchange.nothing_new import says_nothing_new
            from jindu_desk.queries.exchange.superior import sent_packages
            from jindu_desk.queries.readiness import report_readiness

            if self._key_held is None:
                self._key_held = desk.vault.holds(SIGNING)
            held = self._key_held
            ready = report_readiness(desk.store, month, key_held=held) if of_month else None
            return _Loaded(
                month=month,
                ready=ready,
                sent=sent_packages(desk.store, PackageKind.REPORT),
                key=own_signer(desk.store) if held else None,
                superior=load(desk, key_held=held),
                nothing_new=ready is not None
                and ready.revision > 1
                and not (ready.lock and ready.lock.closed)
                and says_nothing_new(desk.store, desk.paths, month),
            )

        self._shell.tasks.run(look, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _show(self, loaded: _Loaded) -> None:
        if loaded.month != self._shell.month:
            return
        self._loaded = loaded
        above = loaded.superior.superior
        if loaded.ready is not None:
            sealed = above is not None and above.encrypted
            self.month.show_month(
                loaded.month, loaded.ready, loaded.sent, encrypted=sealed, nothing_new=loaded.nothing_new
            )
        self.superior.show_state(loaded.superior, loaded.key)
        self._mark_tab()
        self.update_actions()

    def _mark_tab(self) -> None:
        """How much there is to do with the superior, also while the other part is shown."""
        left = sum(line.kind in ("wrong", "due") for line in self.superior.status.lines)
        if SUPERIOR in self._parts:
            word = f"{SUPERIOR}（{left} 件要办）" if left else SUPERIOR
            self.tabs.setTabText(self._parts.index(SUPERIOR), word)

    def _show_part(self) -> None:
        of_month = self.part == MONTH
        self.panel.close_content()
        self._turn(self.month if of_month else self.superior)
        self.set_actions(() if of_month else self.superior.page_actions())

    def _turn(self, view: QWidget) -> None:
        """The others ask for no room: a hidden one must not make the page scroll."""
        self._views.setCurrentWidget(view)
        for each in (self.month, self.superior, self.papers.preview):
            policy = QSizePolicy.Policy.Preferred if each is view else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)

    def _show_paper(self) -> None:
        self.panel.close_content()
        self._turn(self.papers.preview)
        self.tabs.setVisible(False)
        self.set_actions(())

    def _leave_paper(self) -> None:
        self.tabs.setVisible(len(self._parts) > 1)
        if self._views.currentWidget() is self.papers.preview:
            self._show_part()

    def _share_room(self) -> None:
        """Where there is no room for both, an open panel takes the whole width."""
        whole = self.width() - 2 * EDGE
        least = self.fontMetrics().horizontalAdvance("汉") * 34
        alone = self.panel.content is not None and whole - self.panel.usual_width - BETWEEN < least
        self._views.setVisible(not alone)
        self.panel.setFixedWidth(whole if alone else self.panel.usual_width)

    def _ask_keyring_again(self) -> None:
        self._key_held = None

    def _key_text(self) -> str:
        from jindu_desk.queries.exchange.keys import key_line

        key = self._loaded.key if self._loaded else None
        return key_line(key) if key else ""

    def _copy_key(self) -> None:
        QGuiApplication.clipboard().setText(self._key_text())
        self._shell.notice("公钥已复制。", "done")

    def _save_key(self) -> None:
        name = f"{self._shell.desk.unit.unit.name}-公钥.txt"
        start = str(Path(self._shell.layout(LAST_FOLDER)) / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "保存公钥", start, "文本 (*.txt)")
        if not chosen:
            return
        text = self._key_text()

        def save() -> str:
            from jindu_desk.operations.exchange.keys import write_public_key

            write_public_key(Path(chosen), text)
            return chosen

        self._shell.tasks.run(save, lambda path: self._shell.notice(f"公钥已保存到 {path}。", "done"))
