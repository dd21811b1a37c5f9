"""Chinese for the few words of Qt's own dialogs that its translation (qtbase_zh_CN) lacks."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS = {
    ("QFileDialog", "&Look in:"): "查找范围(&L)：",
    ("QFileDialog", "&File name:"): "文件名(&N)：",
    ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    ("QFileDialog", "Save"): "保存",
    ("QAbstractFileIconProvider", "Drive"): "驱动器",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "File Folder"): "文件夹",
    ("QAbstractFileIconProvider", "File"): "文件",
    ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
    ("QAbstractFileIconProvider", "Alias"): "快捷方式",
    ("QAbstractFileIconProvider", "Shortcut"): "快捷方式",
    ("QAbstractFileIconProvider", "Unknown"): "未知",
    ("QDialogButtonBox", "Cancel"): "取消",
    ("QMessageBox", "OK"): "确定",
}


class MissingWords(QTranslator):
    """Installed before Qt's translation, so that it is asked only for what that does not know."""

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803 - Qt calls it so
        """An empty answer would leave the place empty: what is not known here either stays as it is."""
        del disambiguation, n
        return _WORDS.get((context, sourceText), sourceText)

    def isEmpty(self) -> bool:
        return False
