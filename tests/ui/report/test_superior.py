"""与上级往来: what is so in words, files read, keys told, compared, changed and replaced, packages again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, enrolment, introduce, receive, take_enrolment
from tests.operations.exchange.months import MONTH, make_ready, reported, vault_of
from tests.ui.conftest import WindowForPages
from tests.ui.keyboard import bring_up, press

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.report import reopen_month, report_month
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.queries.exchange.keys import own_signer, signers
from jindu_desk.queries.exchange.standing import Known, own_keys_standing
from jindu_desk.reports.typesetting.preview import page_text
from jindu_desk.settings.keys import KeyVault
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.frame.window_shell import WindowShell
from jindu_desk.ui.report.key_panels import KeyChangePanel, LostKeysForm
from jindu_desk.ui.report.page import MONTH as MONTH_PART
from jindu_desk.ui.report.page import SUPERIOR, ReportPage
from jindu_desk.ui.report.place_form import PlaceForm, WrittenPanel
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def open_vault(desk: Desk) -> None:
    """Without keyring and passphrase."""
    desk.__dict__["vault"] = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)


@pytest.fixture
def township(desk: Desk) -> Desk:
    open_vault(desk)
    return desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    made = make_desk("district", "320411000000")
    open_vault(made)
    return made


def settled(office: WindowForPages) -> None:
    for _ in range(5):
        office.settle()


def shown(office: WindowForPages) -> ReportPage:
    tier = office.shell.desk.unit.unit.tier.value
    office.window.take_screens([spec for spec in SCREENS if spec.key == "report" and tier in spec.tiers])
    office.window.show_pages()
    office.window.show()
    WindowShell.go(office.shell, "report", part="superior")
    settled(office)
    page = office.window.findChild(ReportPage)
    assert isinstance(page, ReportPage)
    return page


def write_to(page: ReportPage, office: WindowForPages, folder: Path) -> WrittenPanel:
    form = page.panel.content
    assert isinstance(form, PlaceForm)
    settled(office)  # the places are on their way
    form.place.choose(folder)
    page.panel.button("写出").click()
    settled(office)
    written = page.panel.content
    assert isinstance(written, WrittenPanel)
    return written


def is_closed(page: ReportPage) -> bool:
    """Whether the side panel is gone."""
    return page.panel.content is None


def agree(office: WindowForPages, monkeypatch: pytest.MonkeyPatch, *, answer: bool = True) -> list[tuple[str, bool]]:
    asked: list[tuple[str, bool]] = []

    def ask(question: str, _verb: str, *, danger: bool = False) -> bool:
        asked.append((question, danger))
        return answer

    monkeypatch.setattr(office.shell, "ask", ask)
    return asked


def test_a_new_desk_is_told_what_to_do_line_by_line(office: WindowForPages, township: Desk) -> None:
    page = shown(office)
    assert page.part == SUPERIOR
    lines = {line.title: line for line in page.superior.status.lines}
    assert lines["本机的密钥"].kind == "wrong"
    assert "还没有登记新北区的密钥" in lines["上级的密钥"].sentence
    assert "拿到文件的人都能读" in lines["加密"].sentence
    assert "还没有收到过指令" in lines["指令"].sentence
    assert not page.button("写密钥登记包…").isEnabled()
    page.superior.status.button_of("本机的密钥").click()
    settled(office)
    assert own_signer(township.store) is not None
    assert "写密钥登记包" in page.superior.status.line("本机的密钥").sentence
    assert page.button("写密钥登记包…").isEnabled()
    assert not page.key.isHidden()


def test_the_enrolment_is_written_and_the_next_steps_are_said(
    office: WindowForPages, township: Desk, stick: Path
) -> None:
    vault_of(township)
    page = shown(office)
    page.button("写密钥登记包…").click()
    written = write_to(page, office, stick)
    assert [file.suffix for file in stick.iterdir()] == [".jdpkg"]
    assert written.file.parent == stick
    assert "等上级核对指纹" in page.superior.status.line("本机的密钥").sentence
    assert [(row.kind, row.number) for row in page.superior.sent.model.rows] == [(PackageKind.ENROLMENT, 1)]
    assert page.superior.sent.buttons[0].isEnabled()
    assert not page.superior.sent.buttons[1].isEnabled()  # a slip goes with reports only
    assert office.shell.layout("report.folder") == str(stick)


def test_an_unknown_key_is_compared_and_the_file_read_again_by_itself(
    office: WindowForPages, township: Desk, district: Desk, stick: Path
) -> None:
    vault_of(township)
    take_enrolment(district, enrolment(township, stick).path)
    sent = directive(district, stick)
    page = shown(office)
    page.superior.reading.start([sent.path])
    settled(office)
    (file,) = page.superior.results.files
    assert file.comparable is not None
    assert not file.counted
    form = page.panel.content  # opened by itself
    assert isinstance(form, EnrolForm)
    assert form.unit.editor.currentText() == "新北区"
    form.keeper.editor.setText("测试己")
    form.compared.editor.setText("AAAA BBBB")
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert page.panel.content is form
    assert not any(row.unit_name == "新北区" for row in signers(township.store))
    key = own_signer(district.store)
    assert key is not None
    form.compared.editor.setText(" ".join(key.groups))
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert is_closed(page)
    (file,) = page.superior.results.files
    assert file.counted
    assert file.file_name == sent.path.name
    kinds = {line.title: line.kind for line in page.superior.status.lines}
    assert [kinds[title] for title in ("本机的密钥", "上级的密钥", "加密", "指令")] == ["done"] * 4
    assert page.superior.directive.lines[0].startswith("第 1 号指令")


def test_a_file_of_somebody_else_offers_no_comparing(
    office: WindowForPages, township: Desk, make_desk: Callable[[str, str], Desk], stick: Path
) -> None:
    other = make_desk("other", "320412000000")
    page = shown(office)
    page.superior.reading.start([directive(other, stick).path])
    settled(office)
    (file,) = page.superior.results.files
    assert file.comparable is None
    assert file.kind == "wrong"
    assert file.to_do
    assert is_closed(page)


def test_an_empty_folder_is_told(office: WindowForPages, township: Desk, stick: Path) -> None:
    page = shown(office)
    page.superior.reading.start([stick])
    settled(office)
    assert "没有找到" in office.said
    assert page.superior.results.isHidden()
    assert page.button("读入指令或回执…").isEnabled()


def test_a_directive_grows_old(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock
) -> None:
    introduce(district, township, stick)
    page = shown(office)
    assert page.superior.status.line("指令").kind == "done"
    clock.advance(days=41)
    page.refresh()
    settled(office)
    line = page.superior.status.line("指令")
    assert line.kind == "due"
    assert "已 41 天没有新指令" in line.sentence


def test_what_became_of_packages_stands_in_the_table_and_one_goes_out_again(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    introduce(district, township, stick)
    clock.advance(hours=1)
    (result,) = receive(district, reported(township, MONTH, stick).path)
    return_report(district.store, district.paths, str(result.received_id), "尿检数不符")
    clock.advance(hours=1)
    page = shown(office)
    report = page.superior.sent
    assert [row.kind for row in report.model.rows] == [PackageKind.REPORT, PackageKind.ENROLMENT]
    page.superior.reading.start([answer(district, [township], stick)[0].path])
    settled(office)
    (row, _) = report.model.rows
    shown_texts = [str(report.model.data(report.model.index(0, n))) for n in range(report.model.columnCount())]
    assert "已退回" in shown_texts
    assert "尿检数不符" in shown_texts
    returned = page.superior.status.line("退回")
    assert "2026年10月第 1 号被退回：尿检数不符" in returned.sentence
    assert "要办" in page.tabs.tabText(1)
    assert any("被退回" in line for line in page.superior.answer.lines)
    qtbot.waitUntil(lambda: page.superior.answer.y() < page.superior.directive.y(), timeout=20_000)  # once laid out
    again = tmp_path / "again"
    again.mkdir()
    assert report.choose(row)
    report.buttons[0].click()
    written = write_to(page, office, again)
    assert is_sealed(written.file.read_bytes())
    assert receive(district, written.file)[0].verdict == "same"
    assert len(report.model.rows) == 2


def test_the_key_changes_in_three_steps(
    office: WindowForPages,
    township: Desk,
    district: Desk,
    stick: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    introduce(district, township, stick)
    agree(office, monkeypatch)
    page = shown(office)
    page.superior.work.start_change()
    assert isinstance(page.panel.content, KeyChangePanel)
    clock.advance(hours=1)
    page.panel.button("生成接替的密钥").click()
    settled(office)
    assert isinstance(page.panel.content, KeyChangePanel)
    page.panel.button("写密钥登记包…").click()
    written = write_to(page, office, stick)
    assert receive(district, written.file)[0].counted
    assert "等上级读入" in page.superior.status.line("本机的密钥").sentence
    clock.advance(hours=1)
    page.superior.reading.start([directive(district, stick).path])
    settled(office)
    to_follow = own_keys_standing(township.store, township.paths).to_follow
    assert to_follow is not None
    page.superior.status.button_of("本机的密钥").click()
    clock.advance(hours=1)
    page.panel.button("启用新密钥…").click()
    settled(office)
    assert is_closed(page)
    present = own_keys_standing(township.store, township.paths).present
    assert present is not None
    assert present.fingerprint == to_follow.fingerprint
    assert page.superior.status.line("本机的密钥").kind == "done"


@pytest.mark.parametrize("agreed", [True, False])
def test_lost_keys_are_replaced_after_a_warning(
    office: WindowForPages,
    township: Desk,
    district: Desk,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    agreed: bool,
) -> None:
    introduce(district, township, stick)
    before = own_signer(township.store)
    asked = agree(office, monkeypatch, answer=agreed)
    page = shown(office)
    page.superior.work.start_replacing()
    form = page.panel.content
    assert isinstance(form, LostKeysForm)
    page.panel.button("作废并重新生成…").click()
    assert asked == []  # a reason first
    form.reason.editor.setPlainText("旧电脑报废")
    page.panel.button("作废并重新生成…").click()
    settled(office)
    ((question, danger),) = asked
    assert danger
    assert "新北区要重新核对新密钥的指纹" in question
    after = own_signer(township.store)
    assert before is not None
    assert after is not None
    assert (after.fingerprint != before.fingerprint) is agreed
    if agreed:
        assert isinstance(page.panel.content, PlaceForm)  # the next step is to tell it
        assert page.superior.status.line("本机的密钥").kind == "wrong"
        present = own_keys_standing(township.store, township.paths).present
        assert present is not None
        assert present.known is Known.NOT_LISTED


def test_papers_are_shown_and_left_again(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock
) -> None:
    introduce(district, township, stick)
    clock.advance(hours=1)
    reported(township, MONTH, stick)
    page = shown(office)
    page.button("密钥登记表").click()
    settled(office)
    paper = page.papers.preview.paper
    assert paper is not None
    assert paper.name == "密钥登记表-薛家镇.pdf"
    assert page.papers.preview.isVisible()
    page.papers.preview.left.emit()
    assert page.superior.isVisible()
    page.superior.sent.buttons[1].click()
    settled(office)
    assert page.papers.preview.paper is not None
    assert page.papers.preview.paper.name == "上报单-薛家镇-2026-10-1.pdf"


def test_the_slip_of_a_received_answer_is_shown(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock
) -> None:
    introduce(district, township, stick)
    clock.advance(hours=1)
    (result,) = receive(district, reported(township, MONTH, stick).path)
    return_report(district.store, district.paths, str(result.received_id), "尿检数不符")
    page = shown(office)
    button = page.superior.answer.button
    assert button is not None
    assert button.isHidden()  # nothing was answered yet
    assert page.superior.directive.button is None
    clock.advance(hours=1)
    page.superior.reading.start([answer(district, [township], stick)[0].path])
    settled(office)
    assert not button.isHidden()
    button.click()
    settled(office)
    paper = page.papers.preview.paper
    assert paper is not None
    assert paper.name == "上报回执-薛家镇-第1号.pdf"
    assert "尿检数不符" in "".join(page_text(paper.content, at) for at in range(len(paper.sizes)))
    page.papers.preview.left.emit()
    assert page.superior.isVisible()


def test_a_known_recipient_encrypts_the_month_and_the_page_says_so(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(district, township, stick)
    make_ready(township, MONTH)
    asked = agree(office, monkeypatch)
    page = shown(office)
    page.turn_to(MONTH_PART)
    assert page.send.readers == "数据包会加密：只有新北区能打开。"
    target = stick / "out"
    target.mkdir()
    page.send.choose(target)
    page.send.button.click()
    settled(office)
    assert "只有新北区能打开" in asked[0][0]
    (file,) = target.iterdir()
    assert is_sealed(file.read_bytes())


def test_a_district_deals_with_the_city_the_same_way(
    window_for: Callable[[Desk], WindowForPages], district: Desk, stick: Path
) -> None:
    vault_of(district)
    office = window_for(district)
    page = shown(office)
    assert page.part == SUPERIOR
    assert "还没有登记常州市的密钥" in page.superior.status.line("上级的密钥").sentence
    page.button("写密钥登记包…").click()
    written = write_to(page, office, stick)
    assert written.file.exists()
    assert [row.receiver_name for row in page.superior.sent.model.rows] == ["常州市"]


def test_the_keyboard_is_where_it_was_after_reading(
    office: WindowForPages, township: Desk, district: Desk, tmp_path: Path
) -> None:
    introduce(district, township, tmp_path)
    page = shown(office)
    file = directive(district, tmp_path).path
    button = page.button("读入指令或回执…")
    button.setFocus()
    page.superior.reading.start([file])
    assert not button.isEnabled()
    settled(office)
    assert button.isEnabled()
    assert office.window.focusWidget() is page.button("读入指令或回执…")


def test_a_returned_month_begins_with_what_is_to_be_done(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock
) -> None:
    introduce(district, township, stick)
    (result,) = receive(district, reported(township, MONTH, stick).path)
    return_report(district.store, district.paths, str(result.received_id), "尿检数不符")
    page = shown(office)
    page.turn_to(MONTH_PART)
    assert not page.package.isHidden()
    assert page.checklist.isHidden()
    clock.advance(hours=1)
    page.superior.reading.start([answer(district, [township], stick)[0].path])
    settled(office)
    above = [page.checklist.y(), page.send.y(), page.package.y()]
    assert above == sorted(above)
    assert page.package.why == "新北区退回了这一份，理由：尿检数不符。改正后请再次上报。"
    assert not page.package.says_written
    clock.advance(hours=1)
    report_month(township.store, vault_of(township), township.paths, MONTH, stick)
    page.refresh()
    settled(office)
    assert page.checklist.isHidden()
    assert page.package.number == "第 2 号"


def test_the_newest_package_is_chosen_and_what_has_no_answer_yet_is_said(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, clock: Clock
) -> None:
    introduce(district, township, stick)
    clock.advance(hours=1)
    receive(district, reported(township, MONTH, stick).path)
    clock.advance(hours=1)
    receive(township, directive(district, stick).path, answer(district, [township], stick)[0].path)
    page = shown(office)
    status, sent = page.superior.status, page.superior.sent
    assert status.sum.word == "一切正常"
    assert sent.choose(sent.model.rows[-1])  # an old one, which the user looked at
    page.refresh()
    settled(office)
    assert sent.chosen == sent.model.rows[-1]
    clock.advance(hours=1)
    reopen_month(township.store, township.unit.unit.id, MONTH, by="测试丙", reason="漏填一项")
    report_month(township.store, vault_of(township), township.paths, MONTH, stick)
    page.refresh()
    settled(office)
    assert sent.chosen is not None
    assert (sent.chosen.kind, sent.chosen.number) == (PackageKind.REPORT, 2)
    assert "第 2 号（2026年10月）还没有回音" in status.line("回执").sentence
    assert status.sum.word == "等上级回音"


def test_folding_what_was_read_leaves_the_page_where_it_is(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, qtbot: QtBot
) -> None:
    introduce(district, township, stick)
    page = shown(office)
    office.window.resize(office.window.minimumSize())
    bring_up(office, qtbot)
    page.superior.reading.start([directive(district, stick).path])
    settled(office)
    fold = next(button for button in page.superior.results.findChildren(QPushButton) if button.text() == "收起")
    fold.setFocus()
    bar = page.superior._area.verticalScrollBar()
    assert bar.maximum() > 0
    before = bar.value()
    press("␣")
    settled(office)
    assert page.superior.results.isHidden()
    assert bar.value() == before
    assert office.window.focusWidget() is page.superior._area
