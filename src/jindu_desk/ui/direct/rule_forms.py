"""Forms for what a directive sets: targets, deadlines, checks, rule files; each from a month on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit

from jindu_desk.domain.duty_rules import Rhythm
from jindu_desk.domain.months import Month
from jindu_desk.domain.rounding import parse_percent
from jindu_desk.domain.rule_changes import RulesAt
from jindu_desk.errors import DeskError
from jindu_desk.queries.exchange.direct import RuleFile, value_at
from jindu_desk.ui.direct.lines import CheckLine, DeadlineLine, TargetLine
from jindu_desk.ui.direct.words import (
    FILE_NAMES,
    NOTHING,
    WEIGHTS,
    day_text,
    rhythm_text,
    sentence_pattern,
    setter_text,
)
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.month_field import MonthField
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelForm, facts_table

_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_TARGETS_SINCE = "这个月和以后按新的要求，以前的月份不变。"
_SINCE = "这个月和以后按新的，以前的月份不变。已有上报的月份不能改。"


class _SinceForm(PanelForm):
    """A form whose first field is the month from which it holds."""

    def __init__(
        self,
        title: str,
        since: Month,
        facts: Sequence[tuple[str, str]] = (),
        *,
        hint: str = _SINCE,
        columns: int = 1,
    ) -> None:
        super().__init__(title, columns=columns)
        if facts:
            self.column.insertLayout(1, facts_table(facts))
        self.since = self.add("since", "从哪个月起", MonthField(since), hint=hint, required=True, span=columns)

    def month(self) -> Month | None:
        """None where no month is typed; then the field says so."""
        try:
            return self.since.editor.value()
        except DeskError as error:
            self.since.show_error(str(error))
            self.since.editor.setFocus()
            return None


class TargetsForm(_SinceForm):
    """``save(month, {rate: hundredths of a percent, or None})`` with what was changed. What is shown follows the typed
    month, but for what the user typed."""

    def __init__(
        self,
        lines: Sequence[TargetLine],
        since: Month,
        standing: Sequence[RulesAt],
        save: Callable[[Month, dict[str, int | None]], object],
    ) -> None:
        super().__init__("指标要求（第十三条第三项）", since, hint=_TARGETS_SINCE, columns=2)
        self._standing, self._save = standing, save
        self._before = self._held([line.rate for line in lines], since)
        self.rates: dict[str, Field[QLineEdit]] = {
            line.rate: self.add(line.rate, f"{line.name}（%）", line_edit(limit=8, text=self._before[line.rate]))
            for line in lines
        }
        self.since.editor.textChanged.connect(lambda _text: self._follow_month())
        note = QLabel("清空一项，只取消在这个月所定的要求：以前月份定过的，照以前的；都没有定过的，不作要求。")
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        self.form.add_widget(note, span=2)
        self.actions_shown = (
            Action("保存", self._press, "check", role="primary"),
            Action("取消", self.closing.emit),
        )

    def _held(self, rates: Sequence[str], month: Month) -> dict[str, str]:
        held = value_at(self._standing, str(month), lambda at: at.targets)
        return {rate: _typed(held.get(rate)) for rate in rates}

    def _follow_month(self) -> None:
        try:
            month = self.since.editor.value()
        except DeskError:
            return  # not typed to the end
        held = self._held(list(self.rates), month)
        for rate, field in self.rates.items():
            if field.text().strip() == self._before[rate]:
                field.editor.setText(held[rate])
        self._before = held

    def _press(self) -> None:
        self.clear_failures()
        if (since := self.month()) is None:
            return
        targets: dict[str, int | None] = {}
        for rate, field in self.rates.items():
            text = field.text().strip()
            if text == self._before[rate]:
                continue
            try:
                targets[rate] = parse_percent(text) if text else None
            except DeskError as error:
                field.show_error(str(error))
                field.editor.setFocus()
                return
        if targets:
            self._save(since, targets)
        else:
            self.closing.emit()


class DeadlineForm(_SinceForm):
    """``save(month, days, due)``: one of both; neither for the shipped dates."""

    def __init__(
        self,
        line: DeadlineLine,
        since: Month,
        standing: Sequence[RulesAt],
        save: Callable[[Month, int | None, str], object],
    ) -> None:
        row = line.row
        held = value_at(standing, str(since), lambda at: at.deadlines[row.duty])
        shipped = " ".join(f"{month:02}-{day:02}" for month, day in row.shipped_due) or str(row.shipped_days)
        facts = [
            ("条款", row.article),
            ("周期", rhythm_text(row.rhythm)),
            ("现在", f"{line.now}（{setter_text(line.set_by, own=row.own)}）"),
            ("程序自带", day_text(shipped)),
        ]
        if line.later != NOTHING:
            facts.append(("以后", line.later))
        super().__init__(row.title, since, facts, hint="从这个月开始的期间按新的时限。")
        self._rhythm, self._save = row.rhythm, save
        if row.rhythm is Rhythm.MONTHLY:
            self.values = [self.add("days", "月后几天", line_edit(limit=2, text=held), hint="0～31 天", required=True)]
        else:
            labels = ("上半年（月-日）", "下半年（月-日）") if row.rhythm is Rhythm.HALF_YEARLY else ("月-日",)
            self.values = [
                self.add("due", label, line_edit(limit=8, text=day), required=True)
                for label, day in zip(labels, held.split(), strict=False)
            ]
        back = Action("恢复自带时限", self._press_back, "rotate-ccw")
        self.actions_shown = (
            Action("保存", self._press, "check", role="primary"),
            *((back,) if row.set_by or line.later != NOTHING else ()),
            Action("取消", self.closing.emit),
        )

    def _press(self) -> None:
        self.clear_failures()
        if (since := self.month()) is None:
            return
        if self._rhythm is Rhythm.MONTHLY:
            text = self.values[0].text().strip()
            if not (text.isascii() and text.isdigit() and int(text) <= 31):
                self._refuse(self.values[0], "请填 0 到 31 之间的天数。")
                return
            self._save(since, int(text), "")
            return
        days = []
        for field in self.values:
            match = _DAY.fullmatch(field.text().strip())
            if match is None:
                self._refuse(field, f"“{field.text()[:10]}”不是日期。请填月和日，例如 6-20。")
                return
            days.append(f"{int(match[1]):02}-{int(match[2]):02}")
        self._save(since, None, " ".join(days))

    def _press_back(self) -> None:
        if (since := self.month()) is not None:
            self._save(since, None, "")

    def _refuse(self, field: Field[QLineEdit], sentence: str) -> None:
        field.show_error(sentence)
        field.editor.setFocus()


class CheckForm(_SinceForm):
    """``switch(month, on)``. ``standing`` says which of the two can be done in the typed month; ``asked_again()`` is
    called when another month was typed, so that the buttons are asked again."""

    def __init__(
        self,
        line: CheckLine,
        since: Month,
        standing: Sequence[RulesAt],
        switch: Callable[[Month, bool], object],
        asked_again: Callable[[], object],
    ) -> None:
        row = line.row
        facts = [("分量", WEIGHTS[row.weight]), ("本月", "启用" if row.on else "停用")]
        if line.later != NOTHING:
            facts.append(("以后", line.later))
        super().__init__(f"{row.code} {row.name}", since, facts)
        self._code, self._standing, self._switch = row.code, standing, switch
        for heading, text in (
            ("给填报人的提示", "\n".join(map(sentence_pattern, row.sentences))),
            ("给审核人的提示", sentence_pattern(row.reviewer)),
        ):
            if text:
                label = QLabel(f"{heading}：{text}")
                label.setWordWrap(True)
                label.setProperty("role", "muted")
                self.form.add_widget(label)
        self.since.editor.textChanged.connect(lambda _text: asked_again())
        self.actions_shown = (
            Action("停用", partial(self._press, on=False), "ban", condition=partial(self._may, on=False)),
            Action("启用", partial(self._press, on=True), "check", condition=partial(self._may, on=True)),
            Action("取消", self.closing.emit),
        )

    def _may(self, *, on: bool) -> bool | str:
        try:
            month = str(self.since.editor.value())
        except DeskError as error:
            return str(error)
        if value_at(self._standing, month, self._is_on) != on:
            return True
        return f"{month} 已经{'启用' if on else '停用'}"

    def _is_on(self, at: RulesAt) -> bool:
        return any(check.code == self._code and not check.off for check in at.rules.checks.checks)

    def _press(self, *, on: bool) -> None:
        if (since := self.month()) is not None:
            self._switch(since, on)


class RuleFileForm(_SinceForm):
    """``take(month)`` lets the user pick a file, ``give()`` writes the present one, ``drop(month)`` goes back."""

    def __init__(
        self,
        row: RuleFile,
        shown: Month,
        since: Month,
        take: Callable[[Month], object],
        give: Callable[[], object],
        drop: Callable[[Month], object],
    ) -> None:
        facts = [
            ("版本", row.version),
            ("由谁定", setter_text(row.set_by, own=row.own)),
            ("所看月份", str(shown)),
            *(("以后", f"{month} 起用 {version} 版") for month, version in row.later),
        ]
        super().__init__(FILE_NAMES[row.name], since, facts)
        how = QLabel("先导出，用文本编辑器修改并把 version 改成新的版本号，再读入。读入时会检查全部规则。")
        how.setWordWrap(True)
        how.setProperty("role", "muted")
        self.form.add_widget(how)
        back = Action(
            "恢复", partial(self._with_month, drop), "rotate-ccw", tip="从这个月起按上级的，上级没有的按程序自带的"
        )
        self.actions_shown = (
            Action("读入…", partial(self._with_month, take), "upload", role="primary"),
            Action("导出…", give, "download"),
            *((back,) if row.own or row.later else ()),
        )

    def _with_month(self, then: Callable[[Month], object]) -> None:
        self.clear_failures()
        if (since := self.month()) is not None:
            then(since)


def _typed(value: int | None) -> str:
    return "" if value is None else f"{value / 100:g}"
