"""The rules of the expense book, with their rows in the test."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.expense_categories import PayeeRule
from jindu_desk.domain.expense_rules import (
    Balance,
    Course,
    Elapsed,
    Movement,
    Pace,
    check_adjustment,
    check_classification,
    check_entry,
    check_line,
    check_payee,
    check_reversal,
    elapsed_of,
    looks_like_a_person,
    pace_of,
    total_of,
)
from jindu_desk.domain.expenses import BudgetLineFields, ExpenseFields, FundSource, PayeeKind, PaymentMethod
from jindu_desk.domain.rule_files import read_expense_rules
from jindu_desk.domain.rule_sets import RuleName
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
    UnknownCategory,
)
from jindu_desk.queries.rules import shipped_texts

CATALOGUE = read_expense_rules(shipped_texts()[RuleName.EXPENSES])
DAY = date(2026, 10, 20)
fen = st.integers(min_value=0, max_value=10**12)
balances = st.builds(Balance, fen, st.integers(-(10**9), 10**12), fen)


def line(**changed: object) -> BudgetLineFields:
    values = {
        "unit_id": "u",
        "year": 2026,
        "category": "publicity",
        "fund_source": FundSource.OWN,
        "initial_fen": 5_000_000,
    }
    return BudgetLineFields.read(values | changed)


def entry(**changed: object) -> ExpenseFields:
    values = {
        "unit_id": "u",
        "line_id": "l",
        "number": 1,
        "on": date(2026, 10, 20),
        "category": "publicity",
        "summary": "印制宣传折页",
        "payee": "测试甲印务有限公司",
        "class_department": "30202",
        "class_government": "50201",
        "amount_fen": 128_050,
    }
    return ExpenseFields.read(values | changed)


@given(st.lists(balances))
def test_a_total_is_the_sum_of_each_part_and_its_rate_the_ratio_of_sums(rows: list[Balance]) -> None:
    total = total_of(rows)

    assert total.adjusted_fen == sum(row.initial_fen + row.adjustments_fen for row in rows)
    assert total.left_fen == sum(row.left_fen for row in rows)
    assert total.rate == Balance(total.adjusted_fen, 0, sum(row.spent_fen for row in rows)).rate


@given(st.lists(st.integers(1, 10**9), max_size=20), st.integers(0, 10**10))
def test_what_the_rules_let_through_never_exceeds_the_line(amounts: list[int], budget: int) -> None:
    spent = 0
    for amount in amounts:
        try:
            check_entry(entry(amount_fen=amount), line(), Course(budget, (Movement(DAY, spent_fen=spent),)), CATALOGUE)
        except BeyondBudgetLine:
            assert spent + amount > budget
        else:
            spent += amount
    assert spent <= budget


@given(fen, st.integers(1, 10**9))
def test_an_entry_and_its_reversal_leave_the_balance_as_it_was(budget: int, amount: int) -> None:
    before = Balance(budget, 0, 0)

    assert before + Balance(spent_fen=amount) + Balance(spent_fen=-amount) == before


def test_the_rate_of_a_line_without_money_is_not_a_number() -> None:
    assert Balance().rate == "—"
    assert Balance(300_00, 0, 100_00).rate == "33.33%"


@pytest.mark.parametrize(
    ("year", "today", "days", "of"),
    [
        (2026, date(2026, 1, 1), 1, 365),
        (2026, date(2026, 10, 31), 304, 365),
        (2024, date(2026, 10, 31), 366, 366),
        (2027, date(2026, 10, 31), 0, 365),
    ],
)
def test_the_share_of_the_year_that_is_over(year: int, today: date, days: int, of: int) -> None:
    assert (elapsed_of(year, today).days, elapsed_of(year, today).of) == (days, of)


@pytest.mark.parametrize(
    ("budget", "spent", "pace"),
    [
        (0, 0, Pace.NO_BUDGET),
        (1000, 1000, Pace.USED_UP),
        (1000, 660, Pace.AHEAD),
        (1000, 650, Pace.EVEN),
        (1000, 350, Pace.EVEN),
        (1000, 349, Pace.BEHIND),
    ],
)
def test_the_pace_is_judged_beside_half_a_year(budget: int, spent: int, pace: Pace) -> None:
    assert pace_of(Balance(budget, 0, spent), Elapsed(183, 366)) is pace


def test_an_entry_within_the_line_is_taken_to_the_last_fen() -> None:
    check_entry(entry(), line(), Course(128_050), CATALOGUE)

    with pytest.raises(BeyondBudgetLine) as refused:
        check_entry(entry(), line(), Course(128_049), CATALOGUE)
    assert refused.value.field == "amount_fen"
    assert "只剩 1,280.49 元" in str(refused.value)
    assert "超出 0.01 元" in str(refused.value)


def test_an_adjustment_makes_room_for_an_entry() -> None:
    check_entry(entry(), line(), Course(100_000, (Movement(DAY, adjustments_fen=28_050),)), CATALOGUE)

    tomorrow = Movement(DAY + timedelta(days=1), adjustments_fen=28_050)
    with pytest.raises(BeyondBudgetLineThatDay, match=r"到 2026-10-20 为止.*只剩 1,000\.00 元"):
        check_entry(entry(), line(), Course(100_000, (tomorrow,)), CATALOGUE)


def test_a_reversal_frees_money_from_its_own_date_on() -> None:
    reversed_later = Course(
        100_00, (Movement(date(2026, 10, 31), spent_fen=100_00), Movement(date(2026, 12, 31), spent_fen=-100_00))
    )
    with pytest.raises(BeyondBudgetLineThatDay, match="到 2026-10-31 为止"):
        check_entry(entry(amount_fen=1, on=date(2026, 10, 15)), line(), reversed_later, CATALOGUE)
    with pytest.raises(BeyondBudgetLineThatDay):
        check_entry(entry(amount_fen=1, on=date(2026, 12, 30)), line(), reversed_later, CATALOGUE)
    check_entry(entry(amount_fen=100_00, on=date(2026, 12, 31)), line(), reversed_later, CATALOGUE)


def test_a_cut_counts_from_its_own_date_on() -> None:
    spent_late = Course(100_00, (Movement(date(2026, 10, 31), spent_fen=100_00),))
    with pytest.raises(AdjustmentBelowSpent, match="到 2026-10-31"):
        check_adjustment(-1, date(2026, 3, 1), line(), spent_late, "宣传教育")
    given_back = Course(100_00, (*spent_late.movements, Movement(date(2026, 12, 1), spent_fen=-60_00)))
    with pytest.raises(AdjustmentBelowSpent):
        check_adjustment(-60_00, date(2026, 11, 30), line(), given_back, "宣传教育")
    check_adjustment(-60_00, date(2026, 12, 1), line(), given_back, "宣传教育")


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
attempts = st.lists(
    st.tuples(st.sampled_from(["book", "reverse", "adjust"]), days, st.integers(-300, 300)), max_size=25
)


@given(attempts, st.integers(0, 500))
def test_in_whatever_order_things_are_booked_no_day_is_overdrawn(
    attempted: list[tuple[str, date, int]], budget: int
) -> None:
    course, open_entries = Course(budget), []
    for verb, on, amount in attempted:
        try:
            if verb == "book":
                check_entry(entry(amount_fen=abs(amount) or 1, on=on), line(), course, CATALOGUE)
                made = Movement(on, spent_fen=abs(amount) or 1)
                open_entries.append(made)
            elif verb == "adjust":
                check_adjustment(amount, on, line(), course, "宣传教育")
                made = Movement(on, adjustments_fen=amount)
            elif open_entries:
                first = open_entries.pop()
                made = Movement(max(on, first.on), spent_fen=-first.spent_fen)
            else:
                continue
        except (BeyondBudgetLine, AdjustmentBelowSpent, AdjustmentIsZero):
            continue
        course = Course(budget, (*course.movements, made))
    for day in {movement.on for movement in course.movements}:
        assert course.at(day).left_fen >= 0


@given(attempts)
def test_the_tightest_day_is_none_other(attempted: list[tuple[str, date, int]]) -> None:
    course = Course(500, tuple(Movement(on, 0, amount) for _, on, amount in attempted))
    since = date(2026, 6, 1)
    day, balance = course.tightest(since)
    assert day >= since
    assert course.at(day) == balance
    assert all(course.at(since + timedelta(days=n)).left_fen >= balance.left_fen for n in range(214))


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_is_positive(amount: int) -> None:
    with pytest.raises(AmountNotPositive):
        check_entry(entry(amount_fen=amount), line(), Course(10**9), CATALOGUE)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"on": date(2025, 12, 31)}, DateOutsideBudgetYear),
        ({"summary": ""}, TextMissing),
        ({"payee": ""}, TextMissing),
        ({"category": "nothing_known"}, UnknownCategory),
        ({"payee": "王小明"}, PayeeLooksLikeAPerson),
        ({"class_department": "3020"}, NotAClassification),
        ({"class_government": "宣传"}, NotAClassification),
        ({"category": "rewards"}, PayeeMustBeCoded),
    ],
)
def test_an_entry_that_cannot_be_is_refused(changed: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_entry(entry(**changed), line(), Course(10**9), CATALOGUE)


def test_restricted_money_is_refused_for_another_use() -> None:
    grant = line(category="social_workers", fund_source=FundSource.PROVINCE, restricted=True)

    check_entry(entry(category="social_workers"), grant, Course(10**9), CATALOGUE)
    with pytest.raises(RestrictedMoney, match="只能用于“禁毒社工”，不能用于“宣传教育”"):
        check_entry(entry(category="publicity"), grant, Course(10**9), CATALOGUE)


def test_open_money_may_be_used_for_another_category() -> None:
    check_entry(entry(category="training"), line(), Course(10**9), CATALOGUE)


@pytest.mark.parametrize(
    ("kind", "payee", "category", "error"),
    [
        (PayeeKind.CODED_RECEIPT, "JL-2026-003", "rewards", None),
        (PayeeKind.CODED_RECEIPT, "王小明", "rewards", NotAReceiptCode),
        (PayeeKind.CODED_RECEIPT, "JL-甲", "rewards", NotAReceiptCode),
        (PayeeKind.CODED_RECEIPT, "ABC", "rewards", NotAReceiptCode),
        (PayeeKind.CODED_RECEIPT, "JL-1", "publicity", PayeeMustBeAUnit),
        (PayeeKind.CODED_RECEIPT, "FF-202610", "staff_allowance", None),
        (PayeeKind.UNIT, "测试乙社工服务中心", "social_workers", None),
    ],
)
def test_the_payee_is_a_unit_or_a_code_as_the_category_says(
    kind: PayeeKind, payee: str, category: str, error: type[Exception] | None
) -> None:
    if error is None:
        check_payee(kind, payee, CATALOGUE.category(category), CATALOGUE)
    else:
        with pytest.raises(error):
            check_payee(kind, payee, CATALOGUE.category(category), CATALOGUE)


@pytest.mark.parametrize("name", ["王小明", "李四", "欧阳小明", "张三、李四", "阿不都·买买提", "王小明 等"])
def test_a_persons_name_is_recognized(name: str) -> None:
    assert looks_like_a_person(name, CATALOGUE)


@pytest.mark.parametrize(
    "name", ["财政所", "卫生院", "永辉超市", "测试丙广告有限公司", "佳佳图文", "A4 Print", "镇派出所、司法所"]
)
def test_a_unit_is_not_taken_for_a_person(name: str) -> None:
    assert not looks_like_a_person(name, CATALOGUE)


@pytest.mark.parametrize(
    "name",
    [
        "张三丰李四",
        "王小二（村民）",
        "Zhang San",
        "诸葛孔明先生",
        "张 三",
        "阿依古丽买买提",
        "王小明、测试甲印务有限公司",
        "王小二（测试甲公司）",
        "（测试公司）",
        "李四女士",
    ],
)
def test_who_is_no_unit_is_not_taken_as_one(name: str) -> None:
    with pytest.raises((PayeeNotAUnit, PayeeLooksLikeAPerson), match="凭证编号"):
        check_payee(PayeeKind.UNIT, name, CATALOGUE.category("publicity"), CATALOGUE)


@pytest.mark.parametrize(
    "name",
    [
        "财政所",
        "永辉超市",
        "测试丙广告有限公司",
        "测试丙广告有限公司（薛家分公司）",
        "测试（常州）科技有限公司",
        "佳佳图文",
        "A4 Print",
        "Test Co., Ltd.",
        "镇派出所、司法所",
        "测试丁文具店",
        "测试村民委员会",
        "薛家镇人民政府",
        "测试小学",
        "中国移动",
        "测试甲五金经营部",
    ],
)
def test_ordinary_shops_and_units_are_taken(name: str) -> None:
    check_payee(PayeeKind.UNIT, name, CATALOGUE.category("publicity"), CATALOGUE)


def test_an_entry_is_reversed_once_and_a_reversal_never() -> None:
    first = entry(number=7)
    check_reversal(first, None, date(2026, 10, 20))

    with pytest.raises(AlreadyReversed, match="第 7 号支出已经由第 9 号冲销"):
        check_reversal(first, 9, date(2026, 10, 21))
    with pytest.raises(ReversalOfReversal):
        check_reversal(entry(amount_fen=-128_050, reverses="e1"), None, date(2026, 10, 21))
    with pytest.raises(ReversalBeforeEntry):
        check_reversal(first, None, date(2026, 10, 19))
    with pytest.raises(DateOutsideBudgetYear):
        check_reversal(first, None, date(2027, 1, 2))


def test_an_adjustment_never_leaves_less_than_is_spent() -> None:
    stands = Course(100_000, (Movement(date(2026, 8, 1), spent_fen=60_000),))
    check_adjustment(-40_000, date(2026, 9, 1), line(), stands, "宣传教育")

    with pytest.raises(AdjustmentBelowSpent, match="少于已支出的"):
        check_adjustment(-40_001, date(2026, 9, 1), line(), stands, "宣传教育")
    with pytest.raises(AdjustmentIsZero):
        check_adjustment(0, date(2026, 9, 1), line(), stands, "宣传教育")
    with pytest.raises(DateOutsideBudgetYear):
        check_adjustment(1, date(2027, 1, 1), line(), stands, "宣传教育")


def test_a_line_has_a_known_category_and_no_negative_budget() -> None:
    check_line(line(), CATALOGUE)
    with pytest.raises(UnknownCategory):
        check_line(line(category="nothing_known"), CATALOGUE)
    with pytest.raises(NegativeBudget):
        check_line(line(initial_fen=-1), CATALOGUE)


@given(st.text("0123456789", min_size=5, max_size=5))
def test_any_five_digits_are_a_classification(text: str) -> None:
    check_classification("class_department", text)


def test_the_shipped_catalogue_names_every_choice_once() -> None:
    codes = [category.code for category in CATALOGUE.categories]

    assert len(set(codes)) == len(codes) == 14
    assert {source.code for source in CATALOGUE.sources} == set(FundSource)
    assert {method for method, _ in CATALOGUE.methods} == set(PaymentMethod)
    for category in CATALOGUE.categories:
        assert category.department in CATALOGUE.department
        assert category.government in CATALOGUE.government
    assert CATALOGUE.category("rewards").payee is PayeeRule.CODED
    assert CATALOGUE.line_name("publicity", FundSource.OWN) == "宣传教育（本级财政）"
    assert CATALOGUE.name_of("from_a_newer_catalogue") == "from_a_newer_catalogue"
