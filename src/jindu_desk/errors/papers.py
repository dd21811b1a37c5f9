"""What can go wrong when a paper is made."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class FontFileUnusable(DeskError):
    sentence = "程序自带的字体文件“{name}”缺失或损坏，不能排出公文。请重新安装本程序；已录入的内容不受影响。"
