"""The rules of the expense book: balances, what an entry may be, what a correction may be. All money in fen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jindu_desk.domain.expense_categories import Catalogue, Category, PayeeRule
from jindu_desk.domain.expenses import BudgetLineFields, ExpenseFields, PayeeKind
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.rounding import percent_text
from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.expenses import (
    AdjustmentBelowSpent,
    AdjustmentIsZero,
    AlreadyReversed,
    AmountNotPositive,
    BeyondBudgetLine,
    BeyondBudgetLineThatDay,
    DateOutsideBudgetYear,
    NegativeBudget,
    NotAClassification,
    NotAReceiptCode,
    PayeeLooksLikeAPerson,
    PayeeMustBeAUnit,
    PayeeMustBeCoded,
    PayeeNotAUnit,
    RestrictedMoney,
    ReversalBeforeEntry,
    ReversalOfReversal,
)


@dataclass(frozen=True, slots=True)
class Balance:
    """Where a budget line, or several together, stand. All in fen."""

    initial_fen: int = 0
    adjustments_fen: int = 0
    spent_fen: int = 0

    @property
    def adjusted_fen(self) -> int:
        return self.initial_fen + self.adjustments_fen

    @property
    def left_fen(self) -> int:
        return self.adjusted_fen - self.spent_fen

    @property
    def rate(self) -> str:
        """The execution rate, spent / adjusted budget, as text; ``—`` where there is no budget."""
        return percent_text(self.spent_fen, self.adjusted_fen)

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.initial_fen + other.initial_fen,
            self.adjustments_fen + other.adjustments_fen,
            self.spent_fen + other.spent_fen,
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """What one day changes on a line: money added by adjustments (or cut), money spent (or given back by reversals)."""

    on: date
    adjustments_fen: int = 0
    spent_fen: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """How a budget line runs over its year. Adjustments and reversals count from their own date on, never before:
    on no day may more be spent than is there on that day (Art. 9)."""

    initial_fen: int
    movements: tuple[Movement, ...] = ()

    def at(self, day: date) -> Balance:
        """Where the line stands at the end of ``day``."""
        past = [movement for movement in self.movements if movement.on <= day]
        added, spent = sum(each.adjustments_fen for each in past), sum(each.spent_fen for each in past)
        return Balance(self.initial_fen, added, spent)

    def tightest(self, since: date) -> tuple[date, Balance]:
        """The first day from ``since`` on with the least left. What is booked on ``since`` lowers every later day, so
        this day's balance is what can be spent or cut."""
        later: defaultdict[date, Balance] = defaultdict(Balance)
        for movement in self.movements:
            if movement.on > since:
                later[movement.on] += Balance(0, movement.adjustments_fen, movement.spent_fen)
        day, balance = since, self.at(since)
        running = balance
        for on in sorted(later):
            running += later[on]
            if running.left_fen < balance.left_fen:
                day, balance = on, running
        return day, balance

    @property
    def end(self) -> Balance:
        """Where the line stands with everything booked."""
        return self.at(date.max)


def total_of(balances: Iterable[Balance]) -> Balance:
    """The balances together: sums of numerators and denominators, never a mean of rates."""
    total = Balance()
    for balance in balances:
        total += balance
    return total


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much of a year is over: ``days`` of ``of``, today counted."""

    days: int
    of: int

    @property
    def share(self) -> str:
        return percent_text(self.days, self.of)


def elapsed_of(year: int, today: date) -> Elapsed:
    """A year that is over is elapsed whole, one that has not begun not at all."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    length = (last - first).days + 1
    return Elapsed(min(max((today - first).days + 1, 0), length), length)


def check_line(line: BudgetLineFields, catalogue: Catalogue) -> None:
    """Refuse a budget line that cannot be: `UnknownCategory`, `NegativeBudget`."""
    catalogue.category(line.category)
    if line.initial_fen < 0:
        raise NegativeBudget(field="initial_fen")


def check_entry(entry: ExpenseFields, line: BudgetLineFields, course: Course, catalogue: Catalogue) -> None:
    """Refuse what must not be booked on ``line``, which runs as ``course`` without this entry (Art. 9, 21(4)).

    Raises the first of `AmountNotPositive`, `TextMissing`, `DateOutsideBudgetYear`, `UnknownCategory`,
    `RestrictedMoney`, the payee's and the classification's errors, `BeyondBudgetLine`, `BeyondBudgetLineThatDay`.
    """
    if entry.amount_fen <= 0:
        raise AmountNotPositive(field="amount_fen")
    if not entry.summary:
        raise TextMissing(field="summary")
    if entry.on.year != line.year:
        raise DateOutsideBudgetYear(field="on", date=entry.on, year=line.year)
    category = catalogue.category(entry.category)
    name = catalogue.line_name(line.category, line.fund_source, line.note)
    if line.restricted and entry.category != line.category:
        allowed = catalogue.name_of(line.category)
        raise RestrictedMoney(field="category", line=name, allowed=allowed, wanted=category.name)
    check_payee(entry.payee_kind, entry.payee, category, catalogue)
    check_classification("class_department", entry.class_department)
    check_classification("class_government", entry.class_government)
    _check_room(entry, course, name)


def _check_room(entry: ExpenseFields, course: Course, name: str) -> None:
    end = course.end
    if entry.amount_fen > end.left_fen:
        raise BeyondBudgetLine(
            field="amount_fen",
            line=name,
            left=yuan_text(end.left_fen),
            amount=yuan_text(entry.amount_fen),
            over=yuan_text(entry.amount_fen - end.left_fen),
        )
    day, balance = course.tightest(entry.on)
    if entry.amount_fen > balance.left_fen:
        raise BeyondBudgetLineThatDay(
            field="amount_fen",
            line=name,
            day=day,
            left=yuan_text(balance.left_fen),
            amount=yuan_text(entry.amount_fen),
        )


def check_reversal(first: ExpenseFields, reversed_by: int | None, on: date) -> None:
    """Refuse a second reversal, the reversal of a reversal, and one dated before the entry or in another year.

    ``reversed_by`` is the number of the entry that already reverses ``first``.
    """
    if first.reverses is not None:
        raise ReversalOfReversal(number=first.number)
    if reversed_by is not None:
        raise AlreadyReversed(number=first.number, by=reversed_by)
    if on < first.on:
        raise ReversalBeforeEntry(field="on", date=on, first=first.on)
    if on.year != first.on.year:
        raise DateOutsideBudgetYear(field="on", date=on, year=first.on.year)


def check_adjustment(amount_fen: int, on: date, line: BudgetLineFields, course: Course, name: str) -> None:
    """Refuse an adjustment of nothing, of another year, or one that on some day leaves less than is spent by then."""
    if amount_fen == 0:
        raise AdjustmentIsZero(field="amount_fen")
    if on.year != line.year:
        raise DateOutsideBudgetYear(field="on", date=on, year=line.year)
    day, balance = course.tightest(on)
    if amount_fen < 0 and balance.left_fen + amount_fen < 0:
        raise AdjustmentBelowSpent(
            field="amount_fen",
            line=name,
            day=day,
            adjusted=yuan_text(balance.adjusted_fen + amount_fen),
            spent=yuan_text(balance.spent_fen),
        )


def check_classification(field: str, text: str) -> None:
    """An economic classification is empty or five digits; raises `NotAClassification`."""
    if text and re.fullmatch(r"\d{5}", text, re.ASCII) is None:
        raise NotAClassification(field=field, text=text)


_RECEIPT = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z\-/.]{2,29}")
_HAN = re.compile(r"[\u3400-\u9fff·\U00020000-\U0003ffff]+")
_IN_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_BETWEEN_UNITS = re.compile(r"[、，；;/]+|,(?!\s*(?:Ltd|Inc)\b)")
_LATIN = re.compile(r"[A-Za-z]+")
_BETWEEN_NAMES = re.compile(r"[、，,；;/\s]+")


def check_payee(kind: PayeeKind, payee: str, category: Category, catalogue: Catalogue) -> None:
    """The payee is a unit or a coded receipt, as the category demands; never a person's name.

    Raises `PayeeMustBeCoded`, `PayeeMustBeAUnit`, `TextMissing`, `NotAReceiptCode`, `PayeeLooksLikeAPerson`,
    `PayeeNotAUnit`.
    """
    if kind is PayeeKind.UNIT and category.payee is PayeeRule.CODED:
        raise PayeeMustBeCoded(field="payee", category=category.name)
    if kind is PayeeKind.CODED_RECEIPT and category.payee is PayeeRule.UNIT:
        raise PayeeMustBeAUnit(field="payee", category=category.name)
    if not payee:
        raise TextMissing(field="payee")
    if kind is PayeeKind.CODED_RECEIPT:
        if not looks_like_a_receipt(payee):
            raise NotAReceiptCode(field="payee", payee=payee)
    elif looks_like_a_person(payee, catalogue):
        raise PayeeLooksLikeAPerson(field="payee", payee=payee)
    elif not is_a_unit(payee, catalogue):
        raise PayeeNotAUnit(field="payee", payee=payee)


def looks_like_a_receipt(text: str) -> bool:
    """Whether it is written like the code of a receipt, JL-2026-003."""
    return _RECEIPT.fullmatch(text) is not None


def is_a_unit(payee: str, catalogue: Catalogue) -> bool:
    """Whether every name in ``payee`` ends as organisations' names do; what stands in brackets does not count."""
    outside = _IN_BRACKETS.sub("", payee)
    names = [part for part in _BETWEEN_UNITS.split(outside) if part.strip()]
    return bool(names) and all(_ends_as_unit(name.strip(), catalogue) for name in names)


def _ends_as_unit(name: str, catalogue: Catalogue) -> bool:
    if name.endswith(catalogue.organisation_endings):
        return True
    return any(word.lower() in catalogue.organisation_words for word in _LATIN.findall(name))


def looks_like_a_person(payee: str, catalogue: Catalogue) -> bool:
    """Whether any name in ``payee`` is short Chinese without an organisation's ending: asked once too often
    rather than once too seldom, because a unit is written with its full name anyway."""
    return any(_is_short_name(part, catalogue) for part in _BETWEEN_NAMES.split(payee) if part)


def _is_short_name(part: str, catalogue: Catalogue) -> bool:
    if not _HAN.fullmatch(part) or part.endswith(catalogue.organisation_endings):
        return False
    compound = len(part) == 4 and part.startswith(catalogue.compound_surnames)
    return len(part) in (2, 3) or "·" in part or compound


class Pace(StrEnum):
    """How the spending of a line stands beside the share of the year that is over."""

    NO_BUDGET = "no_budget"
    USED_UP = "used_up"
    AHEAD = "ahead"  # more than `PACE_POINTS` percent ahead of the year
    EVEN = "even"
    BEHIND = "behind"


PACE_POINTS = 15


def pace_of(balance: Balance, elapsed: Elapsed) -> Pace:
    """A hint for the eye, not a finding: no article fixes a pace."""
    budget, spent = balance.adjusted_fen, balance.spent_fen
    if budget <= 0:
        return Pace.NO_BUDGET
    if spent >= budget:
        return Pace.USED_UP
    # spent / budget - days / of, against the margin, all multiplied out so that nothing is rounded
    lead = 100 * (spent * elapsed.of - elapsed.days * budget)
    margin = PACE_POINTS * budget * elapsed.of
    if lead > margin:
        return Pace.AHEAD
    return Pace.BEHIND if lead < -margin else Pace.EVEN
