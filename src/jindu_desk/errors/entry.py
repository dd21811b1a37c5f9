"""What is wrong with something typed, pasted or read in: text, months, dates, numbers, money."""

from __future__ import annotations

from jindu_desk.errors import DeskError

MASK = "（号码不记）"
"""Stands in a text for a number that may not be kept; no longer than any such number."""


class NotAMonth(DeskError):
    sentence = "“{text}”不是月份。请按“2026-10”这样填写年和月。"


class NotADate(DeskError):
    sentence = "“{text}”不是日期。请按“2026-10-28”这样填写年、月、日。"


class DateOutsideMonth(DeskError):
    sentence = "日期 {date} 不在 {month} 内。请改日期，或先切换到对应的月份。"


class NotACount(DeskError):
    sentence = "“{text}”不是人数或次数。这里只能填 0 或正整数。"


class NotMoney(DeskError):
    sentence = "“{text}”不是金额。请填写元，最多两位小数，例如 1280.50。"


# What a record's field is called on the screens.
FIELD_LABELS: dict[str, str] = {
    "adjusted_reason": "调整理由",
    "amount_fen": "金额",
    "approval": "批准依据",
    "approved_by": "批准人",
    "approver": "审批人",
    "category": "类别",
    "chair": "主持人",
    "chair_post": "主持人职务",
    "check": "审核项",
    "class_department": "部门预算经济分类",
    "class_government": "政府预算经济分类",
    "code": "区划代码",
    "convenor": "召集人",
    "convenor_post": "召集人职务",
    "copies_to": "抄送",
    "correction_reason": "更正理由",
    "deadline": "完成时限",
    "decided_on": "议定日期",
    "decided_reason": "认定理由",
    "declared_by": "签报人",
    "done_on": "完成日期",
    "ends_at": "结束时间",
    "file_name": "文件名",
    "given_by": "填写人",
    "handler": "经办人",
    "helping_units": "配合单位",
    "initial_fen": "年初预算",
    "initials": "拼音首字母",
    "keeper": "密钥保管人",
    "label": "指标",
    "lead_unit": "牵头单位",
    "main_to": "主送",
    "matter": "议定事项",
    "month": "月份",
    "name": "姓名或名称",
    "note": "备注",
    "number": "编号",
    "on": "日期",
    "opening": "会议概况",
    "papers": "附件张数",
    "payee": "收款单位",
    "person": "责任人",
    "place": "地点",
    "post": "职务",
    "printed_by": "印发机关",
    "printed_on": "印发日期",
    "reason": "理由",
    "recorder": "记录人",
    "reopen_reason": "重新打开的理由",
    "reopened_by": "重新打开的人",
    "said": "发言内容",
    "signed_by": "签发人",
    "signed_on": "签发日期",
    "since": "起始时间",
    "speaker": "发言人",
    "standard": "办结标准",
    "starts_at": "开始时间",
    "substitute": "代会人",
    "summary": "摘要",
    "title": "标题",
    "unit_name": "单位名称",
    "until": "截止时间",
    "value": "数值",
    "voucher_number": "凭证号",
    "voucher_on": "凭证日期",
    "witness": "证明人",
    "year": "年度",
}


class NotAPercent(DeskError):
    sentence = "“{text}”不是百分数。请填写 0 到 100，最多两位小数，例如 95 或 97.5。"


class FieldError(DeskError):
    """An error about one field; ``field`` is a record's field name or already a Chinese name."""

    sentence = "“{field}”填写有误。请改正后再保存。"

    def __init__(self, *, field: str, **facts: object) -> None:
        super().__init__(field=FIELD_LABELS.get(field, field), **facts)
        self.field = field


class IdNumberInText(FieldError):
    sentence = (
        "“{field}”里有一串像身份证号的数字（{masked}）。本程序不记录任何戒毒人员的个人信息，请删去这串数字后再保存。"
    )


class PhoneNumberInText(FieldError):
    sentence = "“{field}”里有一串像手机号的数字（{masked}）。本程序不记录电话号码，请删去这串数字后再保存。"


class TextTooLong(FieldError):
    sentence = "“{field}”有 {length} 个字，最多可写 {limit} 个字。请删短后再保存。"


class TextMissing(FieldError):
    sentence = "“{field}”还没有填写。请填写后再保存。"


_REASONS = {
    "missing": "还没有填写",
    "extra_forbidden": "这一项程序不认识",
    "string_too_short": "还没有填写",
    "string_too_long": "字数太多，最多 {limit} 个字",
    "string_pattern_mismatch": "写法不对",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "不能小于 {limit}",
    "less_than_equal": "不能大于 {limit}",
    "date_type": "应为日期，例如 2026-10-28",
    "date_parsing": "应为日期，例如 2026-10-28",
    "date_from_datetime_parsing": "应为日期，例如 2026-10-28",
    "datetime_type": "应为日期和时间",
    "datetime_parsing": "应为日期和时间",
    "datetime_from_date_parsing": "应为日期和时间",
    "enum": "不在可选的范围内",
}


class InvalidField(FieldError):
    """``kind`` is pydantic's error type, ``limit`` the bound it names."""

    sentence = "“{field}”填写有误：{reason}。请改正后再保存。"

    def __init__(self, *, field: str, kind: str, limit: object = "") -> None:
        super().__init__(field=field, reason=_REASONS.get(kind, "内容不符合要求").format(limit=limit))
