"""下发: builds the page and wires its parts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.ui.direct.acting import Acting
from jindu_desk.ui.direct.answer_panels import DirectivesPanel, UnitPanel
from jindu_desk.ui.direct.answers_view import AnswersView
from jindu_desk.ui.direct.directive_view import DirectiveView
from jindu_desk.ui.direct.key_work import KeyWork
from jindu_desk.ui.direct.keys_view import KeysView
from jindu_desk.ui.direct.loading import Loaded, load
from jindu_desk.ui.direct.papers import Papers
from jindu_desk.ui.direct.reminders_view import RemindersView
from jindu_desk.ui.direct.rule_work import RuleWork
from jindu_desk.ui.direct.write_bar import WriteBar
from jindu_desk.ui.direct.writing import LAST_FOLDER, Writing
from jindu_desk.ui.drives import places
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.side_panel import SidePanel
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from jindu_desk.domain.months import Month
    from jindu_desk.queries.exchange.answers import AnswerRow
    from jindu_desk.queries.exchange.superior import SentPackage
    from jindu_desk.ui.drives import Place
    from jindu_desk.ui.frame.screen import Shell

ANSWERS, REMINDERS, DIRECTIVE, KEYS = range(4)
ALL, NONE = "勾选全部", "全不选"
_TITLES = ("回执", "催报", "指令", "密钥")


class DirectPage(PageScaffold):
    """What goes down to the units below."""

    subjects = frozenset(s.value for s in (Subject.EXCHANGE, Subject.UNITS, Subject.SETTINGS, Subject.DUTIES))

    def __init__(self, shell: Shell) -> None:
        super().__init__("下发")
        self._shell = shell
        self._loaded: Loaded | None = None
        self._filled: dict[int, Loaded] = {}
        self._places: tuple[Place, ...] = ()
        self._keyboard_in_panel = False
        self._wanted_unit = ""  # shown as soon as it was read
        self.panel = SidePanel()
        self._acting = Acting(shell, self.panel)
        self.writing = Writing(self._acting, self._ask_again)
        self.rule_work = RuleWork(self._acting, lambda: self._loaded, self)
        self.papers = Papers(shell, self._show_paper, self._leave_paper)
        self.key_work = KeyWork(self._acting, lambda: self._loaded, self.papers.show_key_form, self)
        self._lay_out()
        self._show_tab(ANSWERS)

    def _lay_out(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("下发的几个方面")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in _TITLES:
            self.tabs.addTab(title)
        self._pages = QStackedWidget()
        self.tabs.currentChanged.connect(self._show_tab)
        self._left = _Tables()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GROUP)
        left.addWidget(self.tabs)
        left.addWidget(self._pages, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        row.addWidget(self._left, 1)
        row.addWidget(self.panel)
        self._whole = QStackedWidget()
        self._whole.addWidget(content)
        self.body.addWidget(self._whole, 1)
        self.panel.opened.connect(self._share_room)
        self.panel.leaving.connect(self._remember_keyboard)
        self.panel.closed.connect(self._share_room)
        self.panel.closed.connect(self._give_keyboard_back)

    @cached_property
    def answers(self) -> AnswersView:
        view = AnswersView(
            write=self._write_answers,
            make_key=self.key_work.create_own,
            may_write=self.writing.may_write,
            open_unit=self._open_unit,
            selected=self._follow_unit,
            to_units=lambda: self._shell.go("units"),
            last=self._last,
        )
        view.bar.place.offer_places(self._places)
        view.model.chosen_changed.connect(self._name_choosing)
        return view

    @cached_property
    def reminders(self) -> RemindersView:
        return RemindersView(lambda: self._shell.go("receive"))

    @cached_property
    def directive(self) -> DirectiveView:
        view = DirectiveView(
            write=self.writing.write_directive,
            make_key=self.key_work.create_own,
            may_write=self.writing.may_write,
            editing=self.rule_work.editing,
            last=self._last,
        )
        view.bar.place.offer_places(self._places)
        return view

    @cached_property
    def keys(self) -> KeysView:
        return KeysView(self.key_work.open_key, replace(self._enrolling(), role="secondary"))

    def _view(self, tab: int) -> AnswersView | RemindersView | DirectiveView | KeysView:
        """A part is built when it is first looked at."""
        match tab:
            case 0:
                return self.answers
            case 1:
                return self.reminders
            case 2:
                return self.directive
            case _:
                return self.keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Where there is no room for both, an open panel takes the whole width."""
        whole = self.width() - 2 * EDGE
        least = self.fontMetrics().horizontalAdvance("汉") * 34
        alone = self.panel.content is not None and whole - self.panel.usual_width - BETWEEN < least
        self._left.setVisible(not alone)
        self.panel.setFixedWidth(whole if alone else self.panel.usual_width)

    def _remember_keyboard(self) -> None:
        self._keyboard_in_panel = self.panel.isAncestorOf(self.window().focusWidget())

    def _give_keyboard_back(self) -> None:
        """Where the panel had it, the table of the part in view goes on with it."""
        if self._keyboard_in_panel:
            view = self._view(self.tabs.currentIndex())
            (view.current_table if isinstance(view, DirectiveView) else view.view).setFocus()

    def show_month(self, _month: Month) -> None:
        last = self._last()
        self._shell.tasks.run(lambda: places(last), self._offer_places)
        self.refresh()

    def refresh(self) -> None:
        desk, month = self._shell.desk, self._shell.month
        self._shell.tasks.run(lambda: load(desk, month), self._show)

    def open_at(self, *, tab: str = "", unit: str = "") -> None:
        """``tab``: the title of the part to show. ``unit``: the id of the one that an answer is to be written for."""
        if tab in _TITLES:
            self.tabs.setCurrentIndex(_TITLES.index(tab))
        if unit:
            self._wanted_unit = unit
            self.refresh()

    def _show(self, loaded: Loaded) -> None:
        if loaded.month != self._shell.month:
            return
        self._loaded = loaded
        self._fill(self.tabs.currentIndex())
        self.tabs.setTabText(REMINDERS, f"催报 {len(loaded.reminders)}" if loaded.reminders else "催报")
        content = self.panel.content
        if isinstance(content, UnitPanel):
            content.show_sent(self._sent_to(content.row))
        elif isinstance(content, DirectivesPanel):
            content.show_sent(self._directives())
        self._offer_actions()

    def _offer_actions(self) -> None:
        """Those of the part in view; a paper has its own."""
        if self._whole.currentIndex() == 0:
            self.set_actions(self._actions_of(self.tabs.currentIndex()))
            self._name_choosing()

    def _name_choosing(self) -> None:
        """The button that ticks all says what pressing it does now."""
        try:
            button = self.button(ALL)
        except KeyError:
            return  # the actions are still those of another part, or of a paper
        button.setText(NONE if self.answers.all_chosen else ALL)
        button.setAccessibleName(button.text())

    def _fill(self, tab: int) -> None:
        """What is not in view is filled when it is."""
        if self._loaded is not None and self._filled.get(tab) is not self._loaded:
            self._filled[tab] = self._loaded
            self._view(tab).show_loaded(self._loaded)
            if tab == ANSWERS and self._wanted_unit:
                self.answers.choose_only(self._wanted_unit)
                self._wanted_unit = ""

    def _show_tab(self, tab: int) -> None:
        view = self._view(tab)
        if self._pages.indexOf(view) < 0:
            self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        self._fill(tab)
        self.panel.close_content()
        self._offer_actions()

    def _actions_of(self, tab: int) -> tuple[Action, ...]:
        may = self._acting.can_write
        if tab == DIRECTIVE:
            return (
                Action("指标要求…", self.rule_work.edit_targets, "target", condition=may),
                Action("写过的指令", self._show_directives, "history", condition=self._has_directives),
            )
        if tab == KEYS:
            can_sign = self._loaded is not None and self._loaded.can_sign
            own = (
                (
                    Action("更换本机密钥", self.key_work.begin_change, "refresh-cw", condition=may, role="more"),
                    Action("本机密钥丢失…", self.key_work.start_replacing_lost, "ban", condition=may, role="more"),
                )
                if can_sign
                else (Action("生成签名密钥", self.key_work.create_own, "key-round", condition=may),)
            )
            return (
                self._enrolling(),
                Action("导出签名名册…", self.key_work.export_roster, "download"),
                *own,
            )
        if tab == REMINDERS:
            return (
                Action("催报清单", self._print_reminders, "printer", "F6", self._has_reminders),
                Action("导出表格…", self._export_reminders, "download", condition=self._has_reminders),
            )
        return (
            Action(
                ALL,
                self.answers.choose_all,
                "list-checks",
                condition=self._has_units,
                tip="都已勾选时，再按一次全部取消",
            ),
            Action("只勾有新情况的", self.answers.choose_news, "check", condition=self._has_units),
        )

    def _enrolling(self) -> Action:
        return Action(
            "登记密钥…", self.key_work.start_enrolling, "key-round", condition=self._acting.can_write, role="primary"
        )

    def _write_answers(self, folder: Path) -> None:
        self.writing.write_answers(self.answers.model.chosen, folder)

    def _open_unit(self, row: AnswerRow) -> None:
        shown = self.panel.content
        if isinstance(shown, UnitPanel) and shown.row == row:
            return
        panel = UnitPanel(
            row,
            self._sent_to(row),
            again=self._hand_out_again,
            slip=self.papers.show_slip,
            unlock=self.writing.start_unlocking,
        )
        self.panel.show_content(panel)

    def _follow_unit(self, row: AnswerRow) -> None:
        """The arrows go on to the next unit while one is open."""
        if isinstance(self.panel.content, UnitPanel):
            self._open_unit(row)
            self.answers.view.setFocus()

    def _show_directives(self) -> None:
        self.panel.show_content(DirectivesPanel(self._directives(), self._hand_out_again))

    def _hand_out_again(self, row: SentPackage) -> None:
        bar = self.answers.bar if row.kind is PackageKind.ANSWER else self.directive.bar
        if folder := bar.place.folder_or_ask():
            self.writing.hand_out_again(row, folder)

    def _sent_to(self, row: AnswerRow) -> tuple[SentPackage, ...]:
        sent = self._loaded.sent if self._loaded else ()
        return tuple(one for one in sent if one.kind is PackageKind.ANSWER and one.receiver == row.unit.id)

    def _directives(self) -> tuple[SentPackage, ...]:
        sent = self._loaded.sent if self._loaded else ()
        return tuple(one for one in sent if one.kind is PackageKind.DIRECTIVE)

    def _has_units(self) -> bool:
        return self._loaded is not None and bool(self._loaded.answers)

    def _has_reminders(self) -> bool | str:
        return (self._loaded is not None and bool(self._loaded.reminders)) or "没有要催报的"

    def _print_reminders(self) -> None:
        if self._loaded is not None:
            self.papers.show_reminders(self._loaded)

    def _export_reminders(self) -> None:
        if self._loaded is not None:
            self.papers.export_reminders(self._loaded)

    def _show_paper(self) -> None:
        self.set_actions(())
        if self._whole.count() == 1:
            self._whole.addWidget(self.papers.preview)
        self._whole.setCurrentIndex(1)

    def _leave_paper(self) -> None:
        self._whole.setCurrentIndex(0)
        self._offer_actions()

    def _has_directives(self) -> bool | str:
        return bool(self._directives()) or "还没有写过指令"

    def _offer_places(self, found: tuple[Place, ...]) -> None:
        self._places = found
        for bar in self._bars():
            bar.place.offer_places(found)

    def _ask_again(self) -> None:
        for bar in self._bars():
            bar.ask_again()

    def _bars(self) -> list[WriteBar]:
        """Those that were built."""
        return [self.__dict__[name].bar for name in ("answers", "directive") if name in self.__dict__]

    def _last(self) -> str:
        return self._shell.layout(LAST_FOLDER)


class _Tables(QWidget):
    """What gives way in a low window: its tables scroll, so the page must not ask for their full height."""

    def hasHeightForWidth(self) -> bool:
        return False
