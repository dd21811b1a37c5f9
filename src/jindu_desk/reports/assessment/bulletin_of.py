"""The month's bulletin: proposed from the assessment, or as somebody edited it.

What was edited is a setting of the unit under `text_key`, in the form that `BulletinText` reads; with an empty one the
proposal is printed. Figures in the proposal are protected, since the paper leaves the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jindu_desk.domain.months import Month
from jindu_desk.domain.rounding import percent_text
from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.queries.assessment import AssessedUnit, Assessment, RateResult
from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.settings import settings
from jindu_desk.queries.totals import Arrival
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.arrival_wording import RETURNED
from jindu_desk.reports.assessment.assessment_of import assessment_at_hand
from jindu_desk.reports.assessment.bulletin_docx import bulletin_docx
from jindu_desk.reports.assessment.bulletin_paper import (
    MAIN_TO,
    NUMBER,
    TITLE,
    BulletinPaper,
    BulletinText,
    bulletin_printed,
)
from jindu_desk.reports.paper_wording import PaperWording
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.totals.totals_protected_of import month_hiding
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import date_text, month_text

_PAPER = "通报"
_PREFIX = "bulletin."
# What the first part tells: item of the tally, words, unit of counting. No two of them give a third one.
_FIGURES = (
    ("A04.J", "社区戒毒期末在册", "人"),
    ("A04.K", "社区康复期末在册", "人"),
    ("D01", "尿检应检", "人次"),
    ("D02", "实检", "人次"),
    ("L01", "开展禁毒宣传", "场"),
    ("L05", "踏查", "次"),
)


def text_key(month: Month) -> str:
    """The setting that holds the edited text of ``month``."""
    return f"{_PREFIX}{month}"


def printed(occasion: Occasion) -> PrintedPaper:
    """The edited text, else the proposal."""
    return bulletin_printed(_paper(occasion), occasion.fonts)


def word(occasion: Occasion) -> bytes:
    return bulletin_docx(_paper(occasion), occasion.fonts)


@once_per_occasion
def _paper(occasion: Occasion) -> BulletinPaper:
    kept = settings(occasion.store).get(text_key(occasion.month), "")
    said = BulletinText.read(kept if kept.strip() else proposed_text(occasion))
    wording = occasion.wording
    return BulletinPaper(wording.office, said, wording.office, date_text(occasion.today))


def proposed_text(occasion: Occasion) -> str:
    """The bulletin of the month as a text to be edited. Raises `NothingToPrint`, `CannotProtect`."""
    found = assessment_at_hand(occasion, _PAPER)
    return bulletin_text(found, month_hiding(occasion), occasion).text


def missing_in(text: str, wording: PaperWording) -> tuple[str, ...]:
    """What GB/T 9704 expects on the letter and this text lacks; the date always stands below it."""
    said = BulletinText.read(text)
    parts = (
        (TITLE, said.title),
        (NUMBER, said.number),
        (MAIN_TO, said.main_to),
        ("正文", said.body),
        ("落款机关", wording.office),
    )
    return tuple(name for name, value in parts if not value.strip())


def bulletin_text(found: Assessment, hiding: Hiding, occasion: Occasion) -> BulletinText:
    month, wording = found.month, occasion.wording
    opening = (
        f"根据《常州市禁毒工作责任制》第十三条，{wording.office}对各镇（街道）{month_text(month)}"
        "禁毒工作情况进行了检查考核。现将有关情况通报如下："
    )
    body = [
        opening,
        "一、总体情况",
        *_general(found, hiding),
        "二、六项指标完成情况",
        *(_rate(result, found, hiding) for result in found.rates),
        "三、存在的问题",
        *_missing(found),
        "四、下一步工作要求",
        *_next(found),
    ]
    return BulletinText(
        number=f"〔{month.year}〕{month.number}号",
        title=f"关于{month_text(month)}禁毒工作检查考核情况的通报",
        main_to=wording.main_to,
        copies_to=wording.copies_to,
        body="\n".join(body),
    )


def _general(found: Assessment, hiding: Hiding) -> Iterable[str]:
    units = found.units
    on_time = [unit for unit in units if unit.report.on_time]
    late = [unit for unit in units if unit.report.received_at is not None and not unit.report.on_time]
    absent = [unit for unit in units if unit.report.received_at is None]
    held = [unit for unit in units if unit.meeting.minuted]
    parts = [f"{len(units)}个镇（街道）中，按时上报{month_text(found.month)}台账的{len(on_time)}个"]
    if late:
        parts.append(f"逾期上报的{_named(late)}")
    if absent:
        parts.append(f"截至目前未上报的{_named(absent)}")
    yield f"{'，'.join(parts)}。召开月协调例会并签发纪要的{len(held)}个{_sent_back(units)}。"
    yield from _sums(found, hiding)


def _sent_back(units: Sequence[AssessedUnit]) -> str:
    """Of whose meeting nothing can be told: neither that it was held nor that it was not."""
    returned = [unit for unit in units if unit.arrival is Arrival.RETURNED]
    return f"；{RETURNED}，本月情况未计入的{_named(returned)}" if returned else ""


def _sums(found: Assessment, hiding: Hiding) -> Iterable[str]:
    """The totals that may be told, of those that came."""
    total = found.totals.total
    told = [
        f"{words}{total.month[item]:,}{unit}"
        for item, words, unit in _FIGURES
        if item in total.month and not _hidden(hiding, total.unit, item, found.totals.rules.catalogue)
    ]
    counted = sum(unit.arrival is Arrival.COUNTED for unit in found.units)
    if told:
        yield f"据已汇总的{counted}个镇（街道）数据，{'，'.join(told)}。"


def _hidden(hiding: Hiding, unit: UnitRow, item: str, catalogue: Catalogue) -> bool:
    """Of an item with kinds that is asked for as a whole: whether any of its kinds is."""
    codes = [item, *(each.code for each in catalogue.bases.get(item, ()))]
    return any(hiding.figure(unit, code) for code in codes)


def _rate(result: RateResult, found: Assessment, hiding: Hiding) -> str:
    """One rate over all, what is demanded, and who does not reach it or has nothing to be measured by.

    Of a unit whose figures are hidden it is not said either on which side of the demand they lie.
    """
    rate, total = result.rate, found.totals.total.unit
    whole = "全区数据受保护，不予公布" if hiding.ratio(total, rate, result.ratio) else _told(result)
    if result.target is None:
        return f"{rate.name}：{whole}。本年未定具体要求。"
    missed: list[str] = []
    none: list[str] = []
    returned = [unit.unit.name for unit in found.units if unit.arrival is Arrival.RETURNED]
    hidden: list[str] = []
    for unit in (unit for unit in found.units if unit.arrival is not Arrival.RETURNED):
        of_unit = next(each for each in unit.rates if each.rate.code == rate.code)
        if unit.arrival is not Arrival.COUNTED:
            none.append(unit.unit.name)
        elif hiding.ratio(unit.unit, rate, of_unit.ratio):
            hidden.append(unit.unit.name)
        elif of_unit.met is None:
            none.append(unit.unit.name)
        elif not of_unit.met:
            missed.append(f"{unit.unit.name}{_told(of_unit)}")
    wanted = f"{'不高于' if rate.lower_is_better else '不低于'}{percent_text(result.target, 10_000)}"
    parts = [f"{rate.name}：{whole}，要求{wanted}"]
    if missed:
        parts.append(f"未达到要求的{len(missed)}个：{'，'.join(missed)}")
    elif len(none) + len(returned) + len(hidden) < len(found.units):
        others = none or returned or hidden
        parts.append("其他镇（街道）均达到要求" if others else "各镇（街道）均达到要求")
    if none:
        parts.append(f"无数据的{len(none)}个：{'、'.join(none)}")
    if returned:
        parts.append(f"{RETURNED}的{len(returned)}个：{'、'.join(returned)}")
    if hidden and len(none) + len(returned) + len(hidden) == len(found.units):
        parts.append("各镇（街道）数据受保护，不予公布")
    elif hidden:
        parts.append(f"数据受保护、不予公布的{len(hidden)}个：{'、'.join(hidden)}")
    return f"{'；'.join(parts)}。"


def _told(result: RateResult) -> str:
    ratio = result.ratio
    return "无数据" if ratio.hundredths is None else f"{ratio.text}（{ratio.numerator:,}/{ratio.denominator:,}）"


def _missing(found: Assessment) -> Iterable[str]:
    """What is missing, by kind, with names."""
    kinds: Sequence[tuple[str, list[AssessedUnit]]] = (
        ("未按期上报或尚未上报", [unit for unit in found.units if not unit.report.on_time]),
        ("上报后被退回", [unit for unit in found.units if unit.report.returned]),
        ("没有召开月协调例会或纪要未签发", [unit for unit in found.units if _no_minutes(unit)]),
        ("议定事项逾期未办结", [unit for unit in found.units if unit.decisions.overdue]),
        ("没有列明本年禁毒经费预算", [unit for unit in found.units if _no_budget(unit)]),
    )
    told = [(words, units) for words, units in kinds if units]
    if not told:
        yield "没有发现未按期上报、被退回、未召开例会、议定事项逾期和未列经费预算的情况。"
    for number, (words, units) in enumerate(told, start=1):
        yield f"{number}. {words}的{_named(units)}。"


def _no_minutes(unit: AssessedUnit) -> bool:
    return unit.arrival is Arrival.COUNTED and not unit.meeting.minuted


def _no_budget(unit: AssessedUnit) -> bool:
    return unit.arrival is Arrival.COUNTED and not unit.money.adjusted_fen


def _next(found: Assessment) -> Iterable[str]:
    """Open wording for the officer to make definite."""
    wanted = ["各镇（街道）要按时召开月协调例会，抓好议定事项督办，管好用好禁毒工作经费。"]
    returned = [unit.unit.name for unit in found.units if unit.arrival is Arrival.RETURNED]
    absent = [unit.unit.name for unit in found.units if unit.arrival not in (Arrival.COUNTED, Arrival.RETURNED)]
    if returned:
        wanted.insert(0, f"{'、'.join(returned)}要按退回意见尽快更正后重新上报。")
    if absent:
        wanted.insert(0, f"{'、'.join(absent)}要尽快补报，并说明原因。")
    if any(result.target is not None for result in found.rates):
        wanted.insert(0, "未达到指标要求的镇（街道），要逐项查明原因，落实措施，并书面报告整改情况。")
    return [f"{number}. {text}" for number, text in enumerate(wanted, start=1)]


def _named(units: Sequence[AssessedUnit]) -> str:
    return f"{len(units)}个：{'、'.join(unit.unit.name for unit in units)}"
