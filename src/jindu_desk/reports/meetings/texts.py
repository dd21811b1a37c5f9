"""The texts that a new meeting starts with: title, number, opening, standing agenda, bodies named on the paper.

They are proposals: everything stands in the form and can be changed, and what a unit set in its wording
(`paper_wording`) stands before them. The names of the bodies follow local practice.
"""

from __future__ import annotations

from collections.abc import Mapping

from jindu_desk.domain.meeting_dates import NumberStyle
from jindu_desk.domain.meeting_drafts import FigureDraft
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.reports.wording import month_text

NUMBER_STYLE_SETTING = "meetings.number_style"
MARK_SETTING = "meetings.mark"
"""Settings of the unit: a value of `NumberStyle`; the red line at the top of the minutes."""


def mark_text(unit_name: str, tier: Tier) -> str:
    """The red line at the top: 薛家镇禁毒工作协调例会纪要."""
    return f"{unit_name}禁毒工作协调例会纪要" if tier is Tier.TOWNSHIP else f"{unit_name}禁毒委员会会议纪要"


def title_template(tier: Tier) -> str:
    """The title of the paper below the mark."""
    kind = "禁毒工作协调例会纪要" if tier is Tier.TOWNSHIP else "禁毒委员会会议纪要"
    return "{单位}{年}年{月}月" + kind


def number_text(style: NumberStyle, year: int, count: int) -> str:
    return f"第{count}期" if style is NumberStyle.ISSUE else f"〔{year}〕{count}号"


def opening_template(tier: Tier) -> str:
    if tier is not Tier.TOWNSHIP:
        return "{单位}禁毒委员会召开{年}年{月}月会议，研究部署禁毒工作。现将会议情况纪要如下："
    return (
        "根据《常州市禁毒工作责任制》第十一条，{单位}召开{年}年{月}月禁毒工作月协调例会，"
        "听取上次会议议定事项落实情况，研究部署下一步禁毒工作。现将会议情况纪要如下："
    )


STANDING_AGENDA = ("通报{月}月份禁毒工作情况", "研究部署下一步禁毒工作")
"""What every month's meeting takes up after the earlier decisions."""


def issuing_body(unit_name: str, tier: Tier) -> str:
    """Who prints the minutes."""
    if tier is not Tier.TOWNSHIP:
        return f"{unit_name}禁毒委员会办公室"
    return f"{unit_name}办事处" if unit_name.endswith("街道") else f"{unit_name}人民政府"


def main_to_text(tier: Tier) -> str:
    return "各村（居）民委员会" if tier is Tier.TOWNSHIP else "各镇（街道）、各成员单位"


def copies_to_text(superior_name: str) -> str:
    return f"{superior_name}禁毒委员会办公室" if superior_name else ""


def carried_text(text: str, before: Month, now: Month) -> str:
    """Last month's text for this month: where it names the old month, it names the new one."""
    return text.replace(month_text(before), month_text(now))


def filled_in(text: str, unit_name: str, month: Month) -> str:
    """A template's text with what ``{年}``, ``{月}`` and ``{单位}`` stand for; anything else in braces stays."""
    for mark, word in (("{年}", str(month.year)), ("{月}", str(month.number)), ("{单位}", unit_name)):
        text = text.replace(mark, word)
    return text


def origin_text(month: Month, number: int) -> str:
    """How an earlier decision is named: ``2026年9月例会第3项``."""
    return f"{month_text(month)}例会第{number}项"


# The township's figures that a meeting is shown: item of the tally, words, unit. No two of them give a third one.
_FIGURES = (
    ("A04.J", "社区戒毒期末在册", "人"),
    ("A04.K", "社区康复期末在册", "人"),
    ("B03", "本月报到", "人"),
    ("D01", "尿检应检", "人次"),
    ("D02", "尿检实检", "人次"),
    ("E02", "家访", "人次"),
    ("L01", "禁毒宣传", "场"),
    ("L02", "宣传受众", "人次"),
    ("L05", "禁种铲毒踏查", "次"),
)
FIGURE_ITEMS = tuple(item for item, _, _ in _FIGURES)
_PERSONAL = frozenset({"人", "人次"})


def figure_rows(totals: Mapping[str, int]) -> tuple[FigureDraft, ...]:
    """The figures as a paper may show them: a count of 1 or 2 persons is not told. What is not known is left out."""
    rows = []
    for item, label, unit in _FIGURES:
        if item in totals:
            few = unit in _PERSONAL and 0 < totals[item] < 3
            rows.append(FigureDraft(label=label, shown=f"不足3{unit}" if few else f"{totals[item]}{unit}"))
    return tuple(rows)


def figures_text(month: Month, figures: tuple[FigureDraft, ...]) -> str:
    """The figures as one sentence of the paper; nothing where there are none."""
    told = "，".join(f"{figure.label}{figure.shown}" for figure in figures)
    return f"{month.number}月份，{told}。" if told else ""
