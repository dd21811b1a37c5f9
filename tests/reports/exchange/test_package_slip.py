"""数据包核验单: the verdict in words with its sign, what it means and what to do, then the technical part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reports.form_reading import characters_of, in_order, pages_of, text_of
from tests.reports.packages_shown import PACKAGE

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.reports.exchange.package_slip import package_slip_pdf
from jindu_desk.reports.exchange.wording import verdict_words
from jindu_desk.reports.typesetting.fonts import FontSet, Role


def test_all_parts_are_read_back_in_order(fonts: FontSet) -> None:
    parts = [
        "数据包核验单武进区禁毒委员会办公室2026年11月5日",
        "!更正，等待确认2026-10的更正（第2版），查看差异并确认后才替换原数据。",
        "一、数据包发出单位湖塘镇（320412100000）签名保管人测试甲收件单位武进区禁毒委员会办公室种类上报包",
        "月份2026年10月编号、版次第4号，更正，第2版制作时间2026年11月3日9:05接收时间2026年11月5日10:30",
        "更正理由测试乙村多填2人。",
        "二、说明这是什么意思签名有效。",
        "请这样办请在程序里查看逐格差异",
        "三、变化序号内容1测试乙村尿检人数：36→342测试丙村发放资料：1,250→1,200",
        "四、技术信息密钥指纹NJqjI1ybC8yy4tcWMS0WNx4730JkgRQVwlfVNW1RE6g",
        f"说明文件SHA-256{PACKAGE.descriptor_sha256}文件SHA-256{PACKAGE.file_sha256}",
        "文件名上报-湖塘镇-2026-10-4.jdpkg加密已加密，只有收件单位能打开程序版本jindu-desk0.3.0",
        "变更记录链与前一次上报相接规则版本2026.1",
        "五、处理处理意见经办人签字日期年月日负责人签字日期年月日",
    ]
    assert in_order(text_of(package_slip_pdf(PACKAGE, fonts)), parts) is None


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("kind", list(PackageKind))
@pytest.mark.parametrize("counted", [True, False])
def test_each_verdict_has_its_sign_and_words_at_the_top(
    verdict: Verdict, kind: PackageKind, counted: bool, fonts: FontSet
) -> None:
    words = verdict_words(verdict.value, kind.value, counted=counted)
    slip = replace(PACKAGE, verdict=verdict.value, kind=kind.value, counted=counted)
    content = package_slip_pdf(slip, fonts)
    text = text_of(content)
    assert in_order(text, [f"{words.sign}{words.heading}", words.meaning, words.to_do]) is None
    sign = [c for c in characters_of(content)[0] if c.size > 30]
    assert [c.character for c in sign] == [words.sign]


def test_no_sign_is_missing_in_the_fonts(fonts: FontSet) -> None:
    for verdict in Verdict:
        for counted in (True, False):
            sign = verdict_words(verdict.value, "report", counted=counted).sign
            assert not fonts.glyph(Role.HEI, sign).missing


@pytest.mark.parametrize(
    ("verdict", "proven", "told"),
    [
        ("untrusted", None, True),
        ("damaged", None, True),
        ("not_for_us", None, False),
        ("new", None, False),
        ("damaged", True, False),
        ("new", False, True),
    ],
)
def test_a_sender_that_nothing_proves_is_not_taken_at_its_word(
    verdict: str, proven: bool | None, told: bool, fonts: FontSet
) -> None:
    text = text_of(package_slip_pdf(replace(PACKAGE, verdict=verdict, proven=proven), fonts))
    assert ("未经证实" in text) is told


def test_the_programs_own_advice_goes_before_the_general_one(fonts: FontSet) -> None:
    text = text_of(package_slip_pdf(replace(PACKAGE, to_do="请让测试甲重新导出。"), fonts))
    assert "请这样办请让测试甲重新导出。" in text


def test_the_reason_of_a_decision_is_on_record(fonts: FontSet) -> None:
    slip = replace(PACKAGE, verdict="fork", counted=True, decided_reason="已与测试甲电话核对。")
    text = text_of(package_slip_pdf(slip, fonts))
    assert "编号冲突，已认定采用这一份" in text
    assert "认定理由已与测试甲电话核对。" in text


def test_what_is_not_known_is_a_dash_and_never_a_claim(fonts: FontSet) -> None:
    slip = replace(PACKAGE, encrypted=None, fingerprint="", descriptor_sha256="", audit="", keeper="")
    text = text_of(package_slip_pdf(slip, fonts))
    assert in_order(text, ["签名保管人—", "密钥指纹—", "说明文件SHA-256—", "加密—", "变更记录链—"]) is None


def test_a_package_that_is_no_report_has_no_revision(fonts: FontSet) -> None:
    text = text_of(package_slip_pdf(replace(PACKAGE, kind="directive", revision=1, period=""), fonts))
    assert "种类指令月份—编号、版次第4号制作时间" in text


def test_three_hundred_faults_are_all_listed_under_a_header_on_each_page(fonts: FontSet) -> None:
    slip = replace(PACKAGE, remarks=tuple(f"cells 第 {n} 行：数值超出范围" for n in range(1, 301)))
    pages = pages_of(package_slip_pdf(slip, fonts))
    assert in_order("".join(pages), [f"{n}cells第{n}行：" for n in range(1, 301)]) is None
    listed = [page for page in pages if "数值超出范围" in page]
    assert len(listed) > 5
    assert all("序号内容" in page for page in listed)
    assert all(page.startswith("序号内容") for page in listed[1:])
