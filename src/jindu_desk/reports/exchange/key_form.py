"""密钥登记表: a unit's public keys, and the fingerprint that two people read to each other before they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.reports.exchange.fingerprint_block import fingerprint_rows
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Cell, Para, exact, rows_of_groups
from jindu_desk.reports.typesetting.forms import Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text

_COMPARE: Final = (
    "当面核对：登记人在自己的电脑上打开对方的密钥登记包，屏幕上显示指纹。保管人照本表从第 1 组念起，"
    "登记人看着屏幕逐组对照、打勾。",
    "电话核对：登记人拨打平时使用的办公电话，不用来件或来电里的号码；确认是保管人本人后，同样逐组核对。",
    "字符下面注明大写（大）、小写（小）、数字（数），“+”念加号，“/”念斜线。各组全部一致才登记；"
    "有一个字符不同就停下，不登记，也不读入对方的文件。",
)


@dataclass(frozen=True, slots=True)
class KeyForm:
    """What is known when the form is printed; an empty field is left for the pen.

    ``fingerprint``: ``SHA256:…`` of ``public_key``, an OpenSSH line. ``recipient``: ``age1…``.
    """

    unit: str
    unit_id: str = ""
    unit_code: str = ""
    superior: str = ""
    keeper: str = ""
    made_on: date | None = None
    fingerprint: str = ""
    public_key: str = ""
    recipient: str = ""


def key_form_pdf(form: KeyForm, fonts: FontSet) -> bytes:
    """The form as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return key_form_printed(form, fonts).content


def key_form_printed(form: KeyForm, fonts: FontSet) -> PrintedPaper:
    """The form as PDF, with the fonts that were used and the characters that no font has."""
    paper = Form(fonts, "密钥登记表")
    paper.grid(
        (
            fields(("单位名称", form.unit), ("单位代码", exact(form.unit_code, size=10.5))),
            fields(("保管人", form.keeper), ("生成日期", date_text(form.made_on))),
            fields(("上级单位", form.superior), ("单位编号", exact(form.unit_id, size=8.0))),
            fields(("办理事由", "□首次登记　□更换电脑　□增加电脑　□人员交接　□密钥遗失或作废")),
        )
    )
    paper.grid(fingerprint_rows(fonts, form.fingerprint), whole=True, part="签名密钥的指纹（SHA256）")
    paper.grid(
        (
            fields(("签名公钥", exact(form.public_key))),
            fields(("加密公钥", exact(form.recipient))),
        ),
        part="公钥全文",
    )
    paper.part("怎样核对")
    paper.text(*_COMPARE, size=SMALL)
    paper.grid(
        (
            fields(("核对方式", "□当面　□电话"), dated("核对日期")),
            fields(("保管人签字", ""), ("登记人签字", Cell((Para("（上级单位）", size=SMALL),), "right"))),
            fields(("单位公章", ""), ("上级单位公章", ""), least=15 * MM),
        ),
        whole=True,
        part="签字盖章",
    )
    _write_stub(paper, form)
    return paper.printed(author=form.unit, subject=form.unit)


def _write_stub(paper: Form, form: KeyForm) -> None:
    """The short copy that the keeper keeps."""
    rows = (
        fields(("单位名称", form.unit), ("保管人", form.keeper), least=7 * MM),
        fields(("指纹", exact(rows_of_groups(_bare(form.fingerprint), 11), size=10.5)), least=7 * MM),
        fields(("登记人签字", ""), dated("核对日期"), least=7 * MM),
    )
    paper.gap(3)
    paper.keep(paper.height(rows) + 12 * MM)
    paper.cut_line("沿此线裁开，下面的存根由保管人保存")
    paper.gap(1)
    paper.line(Cell((Para("密钥登记表存根", Role.HEI, 11.0),), "centre"))
    paper.gap(1)
    paper.grid(rows)


def _bare(fingerprint: str) -> str:
    return one_line(fingerprint).removeprefix("SHA256:")
