"""Steps 2 and 4: the own unit, and the unit it reports to."""

from __future__ import annotations

from dataclasses import replace

from jindu_desk.domain.units import Tier
from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.units import UnitDraft
from jindu_desk.ui.first_start.answers import TIER_WORD, Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.first_start.unit_search import UnitSearch
from jindu_desk.ui.tasks import Tasks

_HOW = "输入名称或拼音首字母，从名单中选择；名单里没有的，直接写全称。"
_EXAMPLE = {
    Tier.TOWNSHIP: "例如 薛家镇，或拼音首字母 xjz",
    Tier.DISTRICT: "例如 新北区，或拼音首字母 xbq",
    Tier.CITY: "例如 常州市，或拼音首字母 czs",
}


class _UnitStep(Step):
    """A unit looked for by name."""

    field = "本单位"

    def __init__(self, tasks: Tasks, title: str, explanation: str, label: str) -> None:
        super().__init__(title, explanation)
        self.search = UnitSearch(tasks, label, "输入名称或拼音首字母")
        self.search.chosen.connect(self._choose)
        self.body.addWidget(self.search, 1)
        self._chosen: UnitDraft | None = None

    def look(self, tier: Tier, chosen: UnitDraft | None) -> None:
        self._chosen = chosen
        self.search.line.editor.setPlaceholderText(_EXAMPLE[tier])
        self.search.look_for(tier, chosen)

    def focus_first(self) -> None:
        self.search.setFocus()

    def take(self, tier: Tier) -> UnitDraft:
        """What was chosen, or the name as typed; raises `TextMissing`."""
        typed = self.search.line.text().strip()
        if self._chosen is not None and self._chosen.name == typed and self._chosen.tier is tier:
            return self._chosen
        if not typed:
            error = TextMissing(field=self.field)
            self.search.line.show_error(str(error))
            self.search.setFocus()
            raise error
        if typed.isascii():  # initials or a code: a unit of the list is meant
            if (only := self.search.only_hit()) is not None:
                return only
            unknown = UnknownUnit(unit=typed)
            self.search.line.show_error(str(unknown))
            self.search.setFocus()
            raise unknown
        return UnitDraft(name=typed, tier=tier)

    def _choose(self, draft: UnitDraft) -> None:
        self._chosen = draft


class OwnUnitStep(_UnitStep):
    word = "本单位"

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks, "本单位是哪一个？", _HOW, "单位名称")

    def enter(self, answers: Answers) -> None:
        self.explanation.setText(f"层级：{TIER_WORD[answers.tier]}。{_HOW}")
        self.look(answers.tier, answers.own)

    def leave(self, answers: Answers) -> Answers:
        return answers.with_own(self.take(answers.tier))


class SuperiorStep(_UnitStep):
    word = "上级单位"
    field = "上级单位"

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks, "向哪个单位上报？", "每月的数据包写给这个单位。", "上级单位名称")

    def applies(self, answers: Answers) -> bool:
        return answers.tier is not Tier.CITY

    def enter(self, answers: Answers) -> None:
        self.look(self._above(answers), answers.superior)

    def leave(self, answers: Answers) -> Answers:
        return replace(answers, superior=self.take(self._above(answers)))

    @staticmethod
    def _above(answers: Answers) -> Tier:
        return answers.tier.above or Tier.CITY
