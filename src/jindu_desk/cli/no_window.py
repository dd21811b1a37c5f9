"""What to say where no window can open."""

from __future__ import annotations

import sys


def explain(reason: str) -> int:
    """Say why, and how to go on without a window. Returns the exit code."""
    print(
        f"窗口打不开：{reason}\n"
        "可以在命令行里完成同样的工作，例如：\n"
        "  jindu-desk demo 示例文件夹 --tier township\n"
        "  jindu-desk --data 示例文件夹 minutes --month 2026-10 --out 纪要.pdf\n"
        "全部命令：jindu-desk --help",
        file=sys.stderr,
    )
    return 1
