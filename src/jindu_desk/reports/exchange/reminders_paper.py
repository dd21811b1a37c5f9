"""催报清单: which units owe which months, for the telephone; the paper keeps who answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.reports.arrival_wording import RETURNED
from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL
from jindu_desk.reports.typesetting.forms import Column, Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text

_NOTE: Final = "“末号”是已经连续收到的最后一个编号；“联系记录”由联系人写明接电话的人、答复和时间，并签字。"


@dataclass(frozen=True, slots=True)
class OwedMonth:
    """``remark``: why it does not count although it is here. ``returned``: it came and was sent back, so that the days
    since it was due say nothing of when it came."""

    period: str
    due: date | None = None
    remark: str = ""
    returned: bool = False


@dataclass(frozen=True, slots=True)
class OwingUnit:
    """A unit that owes reports. ``last_number``: the highest without a gap before it, 0 for none."""

    unit: str
    months: tuple[OwedMonth, ...] = ()
    last_number: int = 0
    contact: str = ""


@dataclass(frozen=True, slots=True)
class RemindersPaper:
    """What is owed to ``desk`` on ``as_of``."""

    desk: str
    as_of: date | None = None
    units: tuple[OwingUnit, ...] = ()


def reminders_pdf(paper: RemindersPaper, fonts: FontSet) -> bytes:
    """The list as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return reminders_printed(paper, fonts).content


def reminders_printed(paper: RemindersPaper, fonts: FontSet) -> PrintedPaper:
    """The list as PDF, with the fonts that were used and the characters that no font has."""
    form = Form(fonts, "催报清单", _under(paper))
    form.text(_summary(paper))
    if paper.units:
        form.gap(1.5)
        _write_table(form, paper)
        form.gap(1.5)
        form.text(_NOTE, size=SMALL)
    form.gap(3)
    form.grid(
        (
            fields(("制表人签字", ""), dated(), least=9 * MM),
            fields(("审核人签字", ""), dated(), least=9 * MM),
        ),
        whole=True,
    )
    return form.printed(author=paper.desk, subject=_under(paper))


def _write_table(form: Form, paper: RemindersPaper) -> None:
    form.table(
        (
            Column("序号", 12, "centre"),
            Column("单位、备注", 34),
            Column("月份", 27, "centre"),
            Column("应报日期", 32, "centre"),
            Column("逾期", 15, "right"),
            Column("末号", 14, "centre"),
            Column("联系记录、签字", 31),
        ),
        [
            (
                str(number),
                "\n".join((owing.unit, *_remarks(owing))),
                "\n".join(period_text(month.period) or UNKNOWN for month in owing.months),
                "\n".join(date_text(month.due) or UNKNOWN for month in owing.months),
                "\n".join(_late(month, paper.as_of) for month in owing.months),
                str(owing.last_number) if owing.last_number else "无",
                owing.contact,
            )
            for number, owing in enumerate(paper.units, start=1)
        ],
        least=9 * MM,
    )


def _under(paper: RemindersPaper) -> str:
    as_of = date_text(paper.as_of)
    return "　".join(filter(None, (one_line(paper.desk), f"截至{as_of}" if as_of else "")))


def _summary(paper: RemindersPaper) -> str:
    counts = owed_counts(paper)
    return f"{counts}。请在收到催报后尽快上报。" if counts else "各单位应报的月份都已收到，没有需要催报的。"


def owed_counts(paper: RemindersPaper) -> str:
    """What never came, and what was sent back; "" where nothing is owed."""
    parts = []
    for words, returned in (("应报未报", False), (f"{RETURNED}的", True)):
        months = [sum(month.returned is returned for month in owing.months) for owing in paper.units]
        if sum(months):
            parts.append(f"{words}共 {sum(map(bool, months))} 个单位、{sum(months)} 份")
    return "；".join(parts)


def _remarks(owing: OwingUnit) -> tuple[str, ...]:
    """With the month where there are several."""
    several = len(owing.months) > 1
    return tuple(
        f"{period_text(month.period)}{month.remark}" if several else month.remark
        for month in owing.months
        if month.remark
    )


def _late(month: OwedMonth, as_of: date | None) -> str:
    if month.due is None or as_of is None or month.returned:
        return UNKNOWN
    days = (as_of - month.due).days
    return f"{days} 天" if days > 0 else "未逾期"
