"""A made-up township's month as rows, and what signs it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.packages.report_writing import write_report

from jindu_desk.domain.expenses import FundSource, PayeeKind, PaymentMethod
from jindu_desk.domain.meetings import Attendance, DecisionState, Group, MeetingState, Part
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Role, Tier
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.roster import Roster, RosterKey
from jindu_desk.packages.write import PackageHead, WrittenPackage

DISTRICT = Party("district-a", "320499000000", "测试甲区", Tier.DISTRICT)
TOWNSHIP = Party("township-a", "320499100000", "测试甲镇", Tier.TOWNSHIP)
OTHER_TOWNSHIP = Party("township-b", "320499200000", "测试乙镇", Tier.TOWNSHIP)
PERIOD = "2026-10"
MADE = datetime(2026, 11, 3, 9, 30)
Tables = dict[str, list[dict[str, object]]]


@cache
def key_of(name: str) -> SigningKey:
    """One key per name, the same in every run: what a search finds can be tried again."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"made up: {name}".encode()).digest()))


def head(**changed: object) -> PackageHead:
    made = PackageHead(
        sender=TOWNSHIP,
        receiver=DISTRICT,
        period=PERIOD,
        revision=1,
        reason="",
        number=1,
        previous=None,
        rules="2026-10",
        roster=0,
        program=("jindu-desk", "0.1.0"),
        audit_head="0" * 64,
        created=MADE,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def roster_of(*units: str, **changed: object) -> Roster:
    """A roster in which each unit holds the key of its own name."""
    entries = (RosterKey(unit, key_of(unit).public, "测试甲") for unit in units or (TOWNSHIP.id,))
    return Roster(tuple(replace(entry, **changed) for entry in entries))  # type: ignore[arg-type]


def report(
    made: PackageHead | None = None,
    rows: Tables | None = None,
    attachments: list[tuple[str, bytes]] | None = None,
    key: SigningKey | None = None,
) -> WrittenPackage:
    made = made or head()
    if attachments is None:
        attachments = [("会议纪要.pdf", b"%PDF-1.7 made up")]
    return write_report(made, tables(made) if rows is None else rows, attachments, key or key_of(made.sender.id))


def tables(made: PackageHead | None = None, *, value: int = 3) -> Tables:
    made = made or head()
    town, period = made.sender.id, made.period
    day = date.fromisoformat(f"{period}-15")
    villages = [f"{town}-village-{number}" for number in (1, 2)]
    meeting, series = f"{town}-{period}-meeting", f"{town}-{period}-series"
    return {
        "units": [
            _unit(town, Tier.TOWNSHIP, 0),
            *(_unit(village, Tier.VILLAGE, number) for number, village in enumerate(villages)),
        ],
        "unit_versions": [
            _version(town, "测试甲镇", made.receiver.id),
            *(_version(village, f"测试{number}村", town) for number, village in enumerate(villages, 1)),
        ],
        "officials": [
            {
                "id": f"{town}-official",
                "unit_id": town,
                "role": Role.FIRST_RESPONSIBLE,
                "name": "测试乙",
                "post": "党委书记",
                "since": date(2024, 3, 1),
                "until": None,
                "position": 0,
            }
        ],
        "meetings": [
            {
                "id": meeting,
                "series": series,
                "version": 1,
                "unit_id": town,
                "month": period,
                "state": MeetingState.SIGNED_OFF,
                "number": "第10期",
                "title": "",
                "starts_at": datetime(day.year, day.month, 15, 9),
                "ends_at": datetime(day.year, day.month, 15, 11),
                "place": "三楼会议室",
                "convenor": "测试乙",
                "convenor_post": "",
                "chair": "测试乙",
                "chair_post": "",
                "recorder": "测试甲",
                "opening": '会议强调，要"严"字当头。\n第二段，逗号,引号"都在',
                "main_to": "",
                "copies_to": "",
                "printed_by": "",
                "printed_on": None,
                "signed_by": "测试乙",
                "signed_on": day,
                "correction_reason": "",
            }
        ],
        "attendees": [
            {
                "meeting_id": meeting,
                "position": 0,
                "group": Group.MEMBER,
                "unit_id": villages[0],
                "unit_name": "测试1村",
                "name": "测试丙",
                "post": "主任",
                "attendance": Attendance.PRESENT,
                "substitute": "",
                "note": "",
            }
        ],
        "agenda_items": [
            {"meeting_id": meeting, "position": 0, "title": "通报上月情况", "speaker": "", "said": "=1+1"}
        ],
        "figures": [{"meeting_id": meeting, "position": 0, "label": "期末在册", "shown": "6"}],
        "decisions": [
            {
                "id": f"{meeting}-decision",
                "series": series,
                "unit_id": town,
                "number": 1,
                "decided_on": day,
                "matter": "开展踏查",
                "lead_unit": "",
                "helping_units": "",
                "person": "测试丙",
                "deadline": None,
                "standard": "",
            }
        ],
        "decision_steps": [
            {
                "decision_id": f"{meeting}-decision",
                "position": 0,
                "on": day,
                "state": DecisionState.NOT_STARTED,
                "deadline": None,
                "series": series,
                "note": "",
                "approved_by": "",
            }
        ],
        "signed_decisions": [
            {
                "meeting_id": meeting,
                "part": next(iter(Part)),
                "position": 0,
                "decision_id": f"{meeting}-decision",
                "number": 1,
                "decided_on": day,
                "matter": "开展踏查",
                "lead_unit": "",
                "helping_units": "",
                "person": "",
                "deadline": None,
                "standard": "",
                "state": DecisionState.NOT_STARTED,
                "note": "",
                "approved_by": "",
                "postponed_to": None,
            }
        ],
        "cells": [
            {
                "township_id": town,
                "unit_id": unit,
                "month": period,
                "item": item,
                "state": CellState.NUMBER if number is not None else CellState.NOT_APPLICABLE,
                "value": number,
                "note": "",
            }
            for unit, item, number in (
                (villages[0], "A04.J", value),
                (villages[1], "A04.J", 0),
                (villages[1], "A04.K", None),
                (town, "M01", 1),
            )
        ],
        "nil_returns": [
            {
                "township_id": town,
                "unit_id": villages[1],
                "month": period,
                "declared_by": "测试甲",
                "declared_at": datetime(day.year, day.month, 28, 16, 0, 1),
            }
        ],
        "reasons": [
            {
                "township_id": town,
                "unit_id": villages[0],
                "month": period,
                "check": "S1",
                "figures": "left=3 A01.J=0 A04.J=3",
                "reason": "新迁入三人",
                "given_by": "测试甲",
                "given_at": datetime(day.year, day.month, 28, 16, 5),
            }
        ],
        "budget_lines": [
            {
                "id": f"{town}-line",
                "unit_id": town,
                "year": day.year,
                "category": "publicity",
                "fund_source": FundSource.OWN,
                "initial_fen": 1_000_000,
                "restricted": False,
                "note": "",
                "position": 0,
            }
        ],
        "adjustments": [
            {
                "id": f"{town}-adjustment",
                "line_id": f"{town}-line",
                "on": date(day.year, 6, 1),
                "amount_fen": -5000,
                "reason": "调减",
                "approval": "会议纪要第6期",
            }
        ],
        "expenses": [
            {
                "id": f"{town}-{period}-expense-{number}",
                "unit_id": town,
                "line_id": f"{town}-line",
                "number": number,
                "on": day,
                "category": "publicity",
                "summary": "印制宣传资料",
                "payee_kind": PayeeKind.UNIT,
                "payee": "测试甲印刷厂",
                "class_department": "30202",
                "class_government": "50201",
                "amount_fen": amount,
                "voucher_number": "",
                "voucher_on": None,
                "papers": 1,
                "payment_method": PaymentMethod.TRANSFER,
                "handler": "",
                "witness": "",
                "approver": "",
                "reverses": f"{town}-{period}-expense-1" if amount < 0 else None,
                "note": "",
            }
            for number, amount in ((1, 12_345), (2, -12_345))
        ],
    }


def _unit(unit_id: str, tier: Tier, position: int) -> dict[str, object]:
    return {"id": unit_id, "tier": tier, "code": "", "position": position, "valid_from": "2026-01", "valid_to": None}


def _version(unit_id: str, name: str, above: str) -> dict[str, object]:
    return {"unit_id": unit_id, "since": "2026-01", "name": name, "initials": "cs", "reports_to": above}
