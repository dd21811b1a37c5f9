"""What a person is told of a report besides its verdict: what is missing, what differs, which checks do not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from jindu_desk.domain.months import Month
from jindu_desk.errors.district_reports import DIFFERENT, INCOMPLETE, INCOMPLETE_WHY, shortened
from jindu_desk.errors.exchange import VERDICT_SENTENCES
from jindu_desk.operations.exchange.differences import Compared, compare
from jindu_desk.operations.exchange.fill import Kept, units_in
from jindu_desk.operations.exchange.nested import Report
from jindu_desk.queries.exchange.checks import violations_in
from jindu_desk.queries.units import unit_in
from jindu_desk.store.tables import Received

_TOLD = 3  # faults that the sentence itself names
_LINES = 100  # differences that are kept with the verdict
_NOTHING = Compared()


@dataclass(frozen=True, slots=True)
class Told:
    """``compared``: a district's rows beside what its townships signed. ``violations``: the hard checks that do not
    hold in what counts; it counts nevertheless."""

    compared: Compared = _NOTHING
    reason: str = ""
    violations: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        return (*self.compared.differences, *self.violations)

    def after(self, sentence: str) -> str:
        """The verdict's sentence and what there is to tell: of the checks the first, of the differences a line each."""
        missing, differences = self.compared.missing, self.compared.differences
        if missing:
            sentence += INCOMPLETE.format(count=len(missing), names=shortened(missing))
            sentence += INCOMPLETE_WHY.format(reason=f"{self.reason}。") if self.reason else ""
        if differences:
            sentence += DIFFERENT.format(count=len(differences))
        if self.violations:
            sentence += VERDICT_SENTENCES["violations"].format(
                count=len(self.violations), first=_first(self.violations)
            )
        more = ["……"] if len(differences) > _LINES else []
        return "\n".join((sentence, *differences[:_LINES], *more))


def told_of(report: Report) -> Told:
    """What the file itself shows, whether it counts or not."""
    about = report.package.descriptor
    # The reason of a correction stands in its own sentence.
    reason = about.reason.rstrip("。") if about.revision == 1 else ""
    return Told(compare(report.package, report.nested), reason)


def told_of_counted(session: Session, kept: Kept, row: Received) -> Told:
    """What there is to tell of a report whose rows are in the tables now."""
    report = kept.report(row)
    told, month = told_of(report), Month.parse(row.period or "")
    units = units_in(session, kept, row)
    if units == [row.stream]:
        violations = list(violations_in(session, units[0], month, report.package.tables["cells"]))
    else:
        violations = []
        for unit_id in units:
            unit = unit_in(session, unit_id, month)
            prefix = f"{unit.name} " if unit is not None else ""
            violations += [f"{prefix}{violation}" for violation in violations_in(session, unit_id, month)]
    return Told(told.compared, told.reason, tuple(violations))


def _first(faults: Sequence[str]) -> str:
    return "".join(faults[:_TOLD]) + ("……" if len(faults) > _TOLD else "")
