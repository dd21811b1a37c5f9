"""The papers that a desk prints: what each is called and for, and which module makes it from the store.

A paper's module has ``printed(occasion)``, ``workbook(occasion)`` where the paper is a table, and ``word(occasion)``
where it comes in Word too. All raise `NothingToPrint` where there is nothing of the kind. What stands on the paper is
laid out by the module that bears its name; the one named here asks the store for its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import wraps
from importlib import import_module
from typing import Any, Final, TypeVar

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.settings import settings
from jindu_desk.queries.units import OwnUnit
from jindu_desk.reports.paper_wording import PaperWording, paper_wording
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.store.engine import Store

_Read = TypeVar("_Read")
_TOWNSHIP: Final = frozenset({Tier.TOWNSHIP})
_DISTRICT: Final = frozenset({Tier.DISTRICT})
_ABOVE: Final = frozenset({Tier.DISTRICT, Tier.CITY})
_REPORTING: Final = frozenset({Tier.TOWNSHIP, Tier.DISTRICT})
_ALL: Final = _TOWNSHIP | _ABOVE


class Group(StrEnum):
    """Under which heading a paper stands in lists; the value is the heading."""

    MEETING = "会议"
    TALLY = "台账"
    MONEY = "经费"
    EXCHANGE = "上报"
    ASSESSMENT = "考核"
    YEAR = "年度"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What papers are made for and with: the unit's ``month``, the day of printing, fonts and wording. ``paths``: of
    the folder, for papers that look into what was received; without it they say that nobody did."""

    store: Store
    own: OwnUnit
    month: Month
    today: date
    fonts: FontSet
    wording: PaperWording
    paths: FolderPaths | None = None
    known: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


def once_per_occasion(read: Callable[[Occasion], _Read]) -> Callable[[Occasion], _Read]:
    """What ``read`` finds in the store is found once for all that is printed of an occasion: the papers of a batch
    agree with each other, and what they hide is worked out once."""

    @wraps(read)
    def found(occasion: Occasion) -> _Read:
        if read not in occasion.known:
            occasion.known[read] = read(occasion)
        known: _Read = occasion.known[read]
        return known

    return found


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that a tier can print. ``purpose`` says what it is for; ``module`` (of ``reports``) makes it.

    ``inside``: it holds exact figures or names and stays in the office. ``blank``: it is filled in by hand, so it is no
    record of the month. ``per_year``: the month only names the year. ``editable``: the program proposes a text, and the
    unit prints its own; the module then has ``text_key(month)``, its setting, ``proposed_text(occasion)``, and
    ``missing_in(text, wording)``, what the layout expects and the text lacks, as well.
    """

    key: str
    name: str
    group: Group
    purpose: str
    module: str
    tiers: frozenset[Tier] = _ALL
    as_workbook: bool = False
    as_word: bool = False
    inside: bool = False
    blank: bool = False
    per_year: bool = False
    editable: bool = False

    def printed(self, occasion: Occasion) -> PrintedPaper:
        """The paper; raises `NothingToPrint`, `CannotProtect` and what its queries raise."""
        make: Callable[[Occasion], PrintedPaper] = self._maker("printed")
        return make(occasion)

    def workbook(self, occasion: Occasion) -> bytes:
        """The table as .xlsx; only where ``as_workbook``."""
        make: Callable[[Occasion], bytes] = self._maker("workbook")
        return make(occasion)

    def word(self, occasion: Occasion) -> bytes:
        """The same paper as .docx; only where ``as_word``."""
        make: Callable[[Occasion], bytes] = self._maker("word")
        return make(occasion)

    def text_key(self, month: Month) -> str:
        """The setting that holds the edited text; only where ``editable``."""
        key: Callable[[Month], str] = self._maker("text_key")
        return key(month)

    def proposed_text(self, occasion: Occasion) -> str:
        """What the program proposes; raises what `printed` raises."""
        propose: Callable[[Occasion], str] = self._maker("proposed_text")
        return propose(occasion)

    def missing_in(self, text: str, wording: PaperWording) -> tuple[str, ...]:
        """What would be absent from the paper with this text, in words; only where ``editable``."""
        missing: Callable[[str, PaperWording], tuple[str, ...]] = self._maker("missing_in")
        return missing(text, wording)

    def file_name(self, unit_name: str, month: Month, ending: str) -> str:
        """``薛家镇2026年10月-会议纪要.pdf``."""
        when = f"{month.year}年" + ("" if self.per_year else f"{month.number}月")
        return f"{unit_name}{when}-{self.name}.{ending}"

    def _maker(self, name: str) -> Any:
        return getattr(import_module(f"jindu_desk.reports.{self.module}"), name)


KINDS: Final[tuple[PaperKind, ...]] = (
    PaperKind(
        "notice",
        "会议通知",
        Group.MEETING,
        "召集例会：时间、地点、人员、议程，附参会回执",
        "meetings.notice_of",
        as_word=True,
    ),
    PaperKind("agenda", "会议议程", Group.MEETING, "会上每人一份：议题的次序、汇报人和时间", "meetings.agenda_of"),
    PaperKind(
        "blank_attendance",
        "签到表（空白）",
        Group.MEETING,
        "会前打印，到会人员签名；没有建例会也可以打印",
        "meetings.blank_attendance_of",
        blank=True,
    ),
    PaperKind(
        "attendance",
        "签到表",
        Group.MEETING,
        "出席、请假、缺席、列席和代会人员的登记，存档",
        "meetings.attendance_of",
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "record",
        "会议记录",
        Group.MEETING,
        "原始记录，主持人和记录人签字，与纪要分别存档",
        "meetings.record_of",
        inside=True,
    ),
    PaperKind(
        "minutes",
        "会议纪要",
        Group.MEETING,
        "月协调例会的正式文件，签发后印发",
        "meetings.minutes_of",
        as_word=True,
    ),
    PaperKind(
        "follow_up_sheet",
        "督办单",
        Group.MEETING,
        "每项议定事项一张，交承办单位，签收联退回",
        "meetings.follow_up_sheet_of",
    ),
    PaperKind(
        "follow_up",
        "督办清单",
        Group.MEETING,
        "打印当天全部未办结的议定事项，逾期的标明",
        "meetings.follow_up_of",
        as_workbook=True,
    ),
    PaperKind(
        "month_sheet",
        "月报表（内部）",
        Group.TALLY,
        "当月台账的准确数字，签字存档，不得外传",
        "tallies.month_sheet_of",
        _TOWNSHIP,
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "month_sheet_protected",
        "月报表（保护版）",
        Group.TALLY,
        "可以外发的当月台账，小数和能推算出它们的数不显示",
        "tallies.month_sheet_protected_of",
        _TOWNSHIP,
        as_workbook=True,
    ),
    PaperKind(
        "rates",
        "比率分析（内部）",
        Group.TALLY,
        "各项比率和近十二个月，含各单位实数",
        "tallies.rates_of",
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "rates_protected",
        "比率分析（保护版）",
        Group.TALLY,
        "可以外发的比率：小数和能推算出它们的数不在纸上",
        "tallies.rates_protected_of",
        as_workbook=True,
    ),
    PaperKind(
        "totals",
        "汇总表",
        Group.TALLY,
        "各单位逐项合计和比率，含准确数字，本单位留存",
        "totals.totals_of",
        tiers=_ABOVE,
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "totals_protected",
        "汇总表（保护版）",
        Group.TALLY,
        "各单位逐项合计和比率，能推算出个别村少数人的数不显示，可以外发",
        "totals.totals_protected_of",
        tiers=_ABOVE,
        as_workbook=True,
    ),
    PaperKind(
        "differences",
        "差额表",
        Group.TALLY,
        "合计与各单位之和、辖区内转入转出、与签名数据不一致之处、更正前后的数",
        "totals.differences_of",
        tiers=_ABOVE,
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "expenses",
        "经费台账",
        Group.MONEY,
        "当月逐笔支出，带承前累计、本页小计和大写金额",
        "expenses.book_of",
        as_workbook=True,
    ),
    PaperKind(
        "budget",
        "预算执行表",
        Group.MONEY,
        "各预算科目截至月末的预算、支出、结余和执行率",
        "expenses.budget_of",
        as_workbook=True,
    ),
    PaperKind(
        "expense_year",
        "年度经费台账",
        Group.MONEY,
        "全年逐笔支出，逐月合计，装订存档",
        "expenses.year_of",
        as_workbook=True,
        per_year=True,
    ),
    PaperKind(
        "reminders",
        "催报清单",
        Group.EXCHANGE,
        "今天应报未报的单位和月份，供电话催报和记录",
        "exchange.reminders_of",
        tiers=_ABOVE,
        as_workbook=True,
    ),
    PaperKind(
        "assessment",
        "月度检查考核表",
        Group.ASSESSMENT,
        "每个镇（街道）一页：六项指标对照要求、上报、例会、督办、经费；责任制没有评分标准，扣分和意见手写",
        "assessment.assessment_of",
        tiers=_DISTRICT,
        as_workbook=True,
        inside=True,
    ),
    PaperKind(
        "bulletin",
        "通报",
        Group.ASSESSMENT,
        "检查考核情况一周内通报各镇（街道）；由系统起草，文字可以修改，数字受保护",
        "assessment.bulletin_of",
        tiers=_DISTRICT,
        as_word=True,
        editable=True,
    ),
    PaperKind(
        "year_summary",
        "年度汇总",
        Group.YEAR,
        "全年例会、议定事项、台账、比率、经费、履职和缺报月份，数字受保护，报上级",
        "assessment.year_summary_of",
        tiers=_REPORTING,
        as_workbook=True,
        per_year=True,
    ),
    PaperKind(
        "volume",
        "会议纪要合订本",
        Group.YEAR,
        "全年已签发的纪要，带封面、目录和统编页码",
        "meetings.volume_of",
        per_year=True,
    ),
)


def kinds_for(tier: Tier) -> tuple[PaperKind, ...]:
    """The papers of a tier, in the order of the lists."""
    return tuple(kind for kind in KINDS if tier in kind.tiers)


def occasion_of(store: Store, own: OwnUnit, month: Month, fonts: FontSet, paths: FolderPaths | None = None) -> Occasion:
    """The papers of ``month``, printed today."""
    return Occasion(store, own, month, store.clock().date(), fonts, paper_wording(own, settings(store)), paths)
