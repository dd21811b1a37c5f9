"""What can go wrong when a paper is made."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class FontFileUnusable(DeskError):
    sentence = "程序自带的字体文件“{name}”缺失或损坏，不能排出公文。请重新安装本程序；已录入的内容不受影响。"


class PrintingUnavailable(DeskError):
    sentence = (
        "这台电脑没有可用的打印服务（{reason}）。请先另存为 PDF，或请管理员安装打印组件（libcups2）后重新启动本程序。"
    )


class PrintingFailed(DeskError):
    sentence = "没有打印成功。请检查打印机是否开机、联网、有纸，然后再试；也可以另存为 PDF。"


class NothingToPrint(DeskError):
    """``paper`` is the paper's name; ``why`` says as whole sentences what is missing and what to do."""

    sentence = "现在没有内容可以印成“{paper}”。{why}"
