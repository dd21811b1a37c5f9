"""From what is on record of a month to the sheets that it is checked with."""

from __future__ import annotations

from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.assessment import AssessedUnit, Assessment, assessment
from jindu_desk.queries.totals import Arrival
from jindu_desk.reports.assessment.assessment_paper import (
    AssessedRate,
    AssessedSheet,
    AssessmentPaper,
    assessment_printed,
)
from jindu_desk.reports.assessment.assessment_wording import (
    checks_text,
    corrections_text,
    decisions_text,
    meeting_text,
    money_text,
    report_text,
    verdict_text,
    wanted_text,
)
from jindu_desk.reports.assessment.assessment_workbook import assessment_xlsx
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.totals.totals_of import INSIDE, month_totals
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import UNKNOWN, date_text, month_text


def printed(occasion: Occasion) -> PrintedPaper:
    """A page for each unit, also for one whose month has not come."""
    return assessment_printed(assessment_paper(assessment_at_hand(occasion)), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return assessment_xlsx(assessment_at_hand(occasion))


def assessment_at_hand(occasion: Occasion, paper: str = "月度检查考核表") -> Assessment:
    """Raises `NothingToPrint` where there is nobody to check, or the month is not over."""
    if occasion.today <= occasion.month.last_day:
        month = month_text(occasion.month)
        raise NothingToPrint(paper=paper, why=f"{month}还没有结束。请先在窗口上方选择已经结束的月份。")
    found = _assessment(occasion)
    if not found.units:
        raise NothingToPrint(paper=paper, why="还没有下级单位。请先在“单位人员”里登记。")
    return found


@once_per_occasion
def _assessment(occasion: Occasion) -> Assessment:
    return assessment(occasion.store, month_totals(occasion), occasion.today)


def assessment_paper(found: Assessment) -> AssessmentPaper:
    return AssessmentPaper(
        desk=found.owner.name,
        month=month_text(found.month),
        sheets=tuple(_sheet(unit, found) for unit in found.units),
        notes=(_told(found), _MARKS, INSIDE),
    )


_MARKS = (
    "责任制没有规定评分标准：“检查扣分”“检查意见”由检查人按本地办法手写；本表只列系统中的记录，不评分、不排名。"
    "“未办结、逾期”按打印当日计。"
)


def _sheet(unit: AssessedUnit, found: Assessment) -> AssessedSheet:
    counted = unit.arrival is Arrival.COUNTED
    return AssessedSheet(
        unit.unit.name,
        tuple(
            AssessedRate(
                result.rate.name,
                f"{result.ratio.numerator:,}/{result.ratio.denominator:,}" if counted else UNKNOWN,
                result.ratio.text if counted else UNKNOWN,
                wanted_text(result),
                verdict_text(result, unit.arrival),
            )
            for result in unit.rates
        ),
        (
            ("按时上报", report_text(unit.report)),
            ("退回、更正", corrections_text(unit)),
            ("数据审核", checks_text(unit)),
            ("月协调例会", meeting_text(unit)),
            ("议定事项督办", decisions_text(unit)),
            ("经费预算执行", money_text(unit, found.elapsed.share)),
        ),
    )


def _told(found: Assessment) -> str:
    law = "依照《常州市禁毒工作责任制》第十三条第（一）项，考核内容应在一周内通报，并上报市禁毒委员会"
    if found.tell_by is None:
        return f"{law}。"
    since = f"本月检查考核已于{date_text(found.assessed_on)}完成，" if found.assessed_on else ""
    return f"{law}：{since}最迟{date_text(found.tell_by)}通报。"
