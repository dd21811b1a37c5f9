"""What is wrong with wording that a unit sets for its papers."""

from __future__ import annotations

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FieldError


class UnknownWording(DeskError):
    sentence = "没有“{name}”这一项用语。可以设置的有：{known}。"


class NotOffered(FieldError):
    sentence = "“{field}”不能是“{value}”。请改用其中一个：{known}。"


class TooManySignatures(FieldError):
    sentence = "签字栏最多 {most} 项，现在有 {count} 项。请删去几项。"
