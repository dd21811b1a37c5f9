"""ID and mobile numbers are refused whichever way they come: typed, pasted, imported, as a file's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.reports.workbooks import place_of, typed_over

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import MASK, IdNumberInText, PhoneNumberInText
from jindu_desk.operations.duties import attach_to_duty, mark_duty_done
from jindu_desk.operations.fill_workbook import fill_workbook
from jindu_desk.operations.rule_file_exchange import export_rules, set_rules_from_file
from jindu_desk.operations.settings import change_setting, keep_draft
from jindu_desk.operations.tallies import CellEdit, set_cell_note, set_cells, set_source_notes
from jindu_desk.operations.units import OfficialDraft, UnitDraft, add_official, add_unit, change_keeper, rename_unit
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.settings import draft
from jindu_desk.queries.tallies import sheet
from jindu_desk.reports.tallies.workbook import COLUMNS, template_xlsx

OCTOBER = Month(2026, 10)
NUMBERS = ("电话138-1234-5678", "３２０４１１１９９００１０１１２３４", "证320411 900101 123", "一三八一二三四五六七八")


def first_village(desk: Desk) -> str:
    return sheet(desk.store, desk.unit.unit.id, OCTOBER).villages[0].id


Typed = Callable[[Desk, str], object]
TYPED: dict[str, Typed] = {
    "note": lambda desk, text: set_cell_note(desk.store, desk.unit.unit.id, first_village(desk), OCTOBER, "E01", text),
    "note with the figure": lambda desk, text: set_cells(
        desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(first_village(desk), "E01", 3, text)]
    ),
    "source of opening figures": lambda desk, text: set_source_notes(
        desk.store, desk.unit.unit.id, OCTOBER, [first_village(desk)], text
    ),
    "setting": lambda desk, text: change_setting(desk.store, "meetings.mark", text),
    "keeper": lambda desk, text: change_keeper(desk.store, text),
    "unit": lambda desk, text: add_unit(desk.store, UnitDraft(text, Tier.VILLAGE), desk.unit.unit.id, OCTOBER),
    "new name": lambda desk, text: rename_unit(desk.store, first_village(desk), OCTOBER, name=text),
    "official": lambda desk, text: add_official(
        desk.store, OfficialDraft(desk.unit.unit.id, Role.FULL_TIME_STAFF, "测试甲", text)
    ),
    "duty": lambda desk, text: mark_duty_done(
        desk.store, desk.unit.unit.id, "hearing_half_yearly", "2026-H2", done_on=date(2026, 10, 1), note=text
    ),
}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_typed(desk: Desk, typed: Typed, number: str) -> None:
    set_cells(
        desk.store,
        desk.unit.unit.id,
        OCTOBER,
        [CellEdit(first_village(desk), "A01.J", 3), CellEdit(first_village(desk), "E01", 0)],
    )
    with pytest.raises((IdNumberInText, PhoneNumberInText)):
        typed(desk, number)


def test_a_figure_is_no_place_for_one_either(desk: Desk) -> None:
    with pytest.raises(DeskError):
        set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(first_village(desk), "E01", 13812345678)])


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_fill_in_workbook(desk: Desk, number: str) -> None:
    own = desk.unit.unit.id
    found = sheet(desk.store, own, OCTOBER)
    content = template_xlsx(found, shipped_rules().catalogue, [found.villages[0].id])
    name = found.villages[0].name
    where = place_of(content, name, "E01")
    note = chr(ord("A") + COLUMNS.index("note")) + where[1:]
    for ref in (where, note):
        filled = typed_over(content, {(name, where): 3, (name, ref): number})
        result = fill_workbook(desk.store, own, OCTOBER, filled, file="x.xlsx", dry_run=True)
        assert result.faults, ref
        assert not any("1234" in str(fault) or "0101" in str(fault) for fault in result.faults)


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_rule_file(district: Desk, tmp_path: Path, number: str) -> None:
    file = tmp_path / "checks.toml"
    export_rules(district.store, RuleName.CHECKS, Month(2026, 11), file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("有未填的项目", f"请问{number}，有未填的项目", 1), encoding="utf-8")
    with pytest.raises(DeskError):
        set_rules_from_file(district.store, RuleName.CHECKS, Month(2026, 11), file)


def test_as_a_files_name(desk: Desk, tmp_path: Path) -> None:
    own = desk.unit.unit.id
    mark_duty_done(desk.store, own, "hearing_half_yearly", "2026-H2", done_on=date(2026, 10, 1))
    evidence = tmp_path / "测试甲320411199001011234.pdf"
    evidence.write_bytes(b"x")
    with pytest.raises(IdNumberInText):
        attach_to_duty(desk.store, desk.paths, own, "hearing_half_yearly", "2026-H2", evidence)


def test_in_an_unfinished_form_it_is_masked(desk: Desk) -> None:
    form = {"summary": "付电话13812345678", "payee": "测试单位", "papers": 2, "lines": ["320411199001011234", "x"]}
    keep_draft(desk.store, "expenses.entry", json.dumps(form, ensure_ascii=False))
    kept = draft(desk.store, "expenses.entry")
    assert kept is not None
    assert json.loads(kept.body) == {"summary": f"付电话{MASK}", "payee": "测试单位", "papers": 2, "lines": [MASK, "x"]}


def test_a_records_id_in_a_form_is_kept_whatever_its_digits(desk: Desk) -> None:
    key = "13812345-6781-4123-8138-123456781381"
    keep_draft(desk.store, "expenses.entry", json.dumps({"line": key}))
    kept = draft(desk.store, "expenses.entry")
    assert kept is not None
    assert json.loads(kept.body) == {"line": key}


def test_the_audit_chain_names_nobody_by_number(desk: Desk) -> None:
    before = desk.store.actor
    with pytest.raises(PhoneNumberInText):
        change_keeper(desk.store, "13812345678")
    assert desk.store.actor == before
