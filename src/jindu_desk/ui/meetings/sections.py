"""The shorter parts of the form: the month's figures, to whom the minutes go, sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_drafts import FigureDraft, MeetingDraft, Missing
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.errors.entry import NotADate
from jindu_desk.errors.meetings import missing_of_many, missing_words
from jindu_desk.queries.meeting_roster import LeaderRow
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, Form, line_edit
from jindu_desk.ui.findings_list import Finding, FindingsList
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, StillCombo
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP, row_height


class FigureSection(QWidget):
    """The township's figures as they stand on the paper: taken from the tally, or left out."""

    edited = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[FigureDraft, ...] = ()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._take = button_for(Action("从台账取数", self.wanted.emit, icon="refresh-cw", role="link"))
        self._leave = button_for(Action("不列入纪要", lambda: self.put(()), icon="minus", role="link"))
        foot = QHBoxLayout()
        foot.setSpacing(GROUP)
        foot.addWidget(self._take)
        foot.addWidget(self._leave)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._text)
        column.addLayout(foot)

    def show_figures(self, figures: Sequence[FigureDraft], *, read_only: bool) -> None:
        self._figures = tuple(figures)
        self._take.setVisible(not read_only)
        self._leave.setVisible(not read_only and bool(figures))
        told = "　".join(f"{each.label} {each.shown}" for each in figures)
        how = "" if read_only else "台账填好后，可以在这里取合计数；各村（社区）的数据不上纪要。"
        self._text.setText(told or f"没有列入数据。{how}")
        self._text.setEnabled(bool(figures))

    def put(self, figures: Sequence[FigureDraft]) -> None:
        """Other figures, as a change of the form."""
        self.show_figures(figures, read_only=False)
        self.edited.emit()

    def drafts(self) -> tuple[FigureDraft, ...]:
        return self._figures


class SendingSection(QWidget):
    """To whom the minutes go and who prints them."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.main_to = CleanField("主送", line_edit(), "main_to", hint="多个单位用顿号隔开")
        self.copies_to = CleanField("抄送", GrowingText(1), "copies_to", limit=LONG_TEXT)
        self.printed_by = CleanField("印发机关", line_edit(), "printed_by")
        self.printed_on = Field("印发日期", DateField(), hint="不填则为签发日期")
        form = Form(4)
        for field, span in ((self.main_to, 2), (self.copies_to, 2), (self.printed_by, 2), (self.printed_on, 1)):
            form.add_widget(field, span=span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        for text in (self.main_to, self.copies_to, self.printed_by):
            text.edited.connect(self.edited)
        self.printed_on.editor.changed.connect(self.edited)

    def show_draft(self, draft: MeetingDraft, *, read_only: bool) -> None:
        for name in ("main_to", "copies_to", "printed_by"):
            field: CleanField = getattr(self, name)
            field.set_value(getattr(draft, name))
            field.set_read_only(read_only)
        self.printed_on.editor.set_value(draft.printed_on)
        self.printed_on.editor.setReadOnly(read_only)
        self.printed_on.clear_error()

    def values(self) -> dict[str, object]:
        found: date | None = None
        try:
            found = self.printed_on.editor.value()
        except NotADate as error:
            self.printed_on.show_error(str(error))
        else:
            self.printed_on.clear_error()
        return {
            "main_to": self.main_to.value(),
            "copies_to": self.copies_to.value(),
            "printed_by": self.printed_by.value(),
            "printed_on": found,
        }


class SignOffSection(QWidget):
    """Who signs and when, and what is still missing; each line of it leads to its place."""

    edited = Signal()
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.signed_by = CleanField("签发人", StillCombo(editable=True), "signed_by", required=True)
        self.signed_on = Field("签发日期", DateField(), required=True)
        self.gaps = FindingsList("签发前还缺", none_text="内容齐全，可以签发")
        self.gaps.chosen.connect(self.wanted)
        self._signed = QLabel()
        form = Form(4)
        form.add_widget(self.signed_by)
        form.add_widget(self.signed_on)
        self._form = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._signed)
        column.addWidget(form)
        column.addWidget(self.gaps)
        self.signed_by.edited.connect(self.edited)
        self.signed_on.editor.changed.connect(self.edited)

    def show_whole(self, whole: MeetingWhole, leaders: Sequence[LeaderRow], today: date, *, read_only: bool) -> None:
        signed = whole.state is MeetingState.SIGNED_OFF
        self._signed.setText(f"{whole.signed_by}　{whole.signed_on} 签发，第 {whole.version} 版" if signed else "")
        self._signed.setVisible(signed)
        self._form.setVisible(not read_only)
        self.gaps.setVisible(not read_only)
        combo = self.signed_by.editor
        if isinstance(combo, StillCombo):
            combo.blockSignals(True)
            combo.clear()
            combo.addItems([leader.name for leader in leaders])
            combo.blockSignals(False)
        self.signed_by.set_value(whole.signed_by or whole.draft.convenor)
        self.signed_on.editor.set_value(whole.signed_on or today)

    def signature(self) -> tuple[str, date | None]:
        try:
            day = self.signed_on.editor.value()
        except NotADate as error:
            self.signed_on.show_error(str(error))
            day = None
        else:
            self.signed_on.clear_error()
        return self.signed_by.value(), day

    def show_gaps(self, gaps: Sequence[Missing]) -> None:
        findings = [Finding(sentence, "wrong", gap) for sentence, gap in _drawn_together(gaps)]
        self.gaps.show_findings(findings)
        self.gaps.setFixedHeight(
            min(len(findings), 8) * row_height(self, compact=True) + row_height(self) + (16 if findings else 0)
        )


def _drawn_together(gaps: Sequence[Missing]) -> list[tuple[str, Missing]]:
    """Sentences and where they lead. Thirty people not ticked yet are one line, leading to the first of them."""
    rows: dict[str, list[int]] = {}
    for gap in gaps:
        rows.setdefault(gap.what, []).extend([] if gap.row is None else [gap.row])
    shown: list[tuple[str, Missing]] = []
    for gap in gaps:
        of_kind = rows[gap.what]
        if len(of_kind) <= 3:
            shown.append((missing_words(gap.what, () if gap.row is None else (gap.row,)), gap))
        elif gap.row == of_kind[0]:
            shown.append((missing_of_many(gap.what, of_kind), gap))
    return shown
