"""What can be wrong with the data folder, its database, its backups and its attachments."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jindu_desk.errors import DeskError


class FolderInUse(DeskError):
    sentence = (
        "数据文件夹“{folder}”正被另一个窗口或程序使用（{holder}）。"
        "请切换到已打开的窗口；如果它已经关闭，请稍等片刻再打开。"
    )


class FolderNotWritable(DeskError):
    sentence = "数据文件夹“{folder}”不能写入（{reason}）。请检查文件夹权限，或在启动时选择另一个文件夹。"


class FolderReadOnly(DeskError):
    sentence = "数据现在只能查看，不能修改：{reason}"


class NoFolderYet(DeskError):
    sentence = "“{folder}”里还没有本程序的数据。请先打开窗口完成首次设置，或用 demo 命令生成示例。"


class DatabaseDamaged(DeskError):
    sentence = "数据库文件“{file}”打不开或已损坏（{reason}）。请用最近的备份恢复：jindu-desk restore 备份文件。"


class DatabaseTooOld(DeskError):
    sentence = "数据库升级没有完成（{reason}）。原数据没有改动，升级前的备份在“{backup}”。请把日志交给维护人员。"


class DiskFull(DeskError):
    sentence = "磁盘空间不足，“{file}”没有写成，原有数据没有受影响。请清理磁盘后再试。"


class CannotWriteFile(DeskError):
    sentence = "文件“{file}”没有写成（{reason}）。请检查位置是否存在、U盘是否插好、是否有写入权限，然后再试。"


class CannotReadFile(DeskError):
    sentence = "文件“{file}”读不出来（{reason}）。请检查文件是否存在、U盘是否插好，然后再试。"


class BackupDamaged(DeskError):
    sentence = "备份“{file}”没有通过检查（{reason}），没有用它做任何改动。请换一个备份文件。"


class BackupTooNew(DeskError):
    sentence = "备份“{file}”是由更新版本的程序做的，本版本不能恢复它。请先安装新版本。"


class NotSetUp(DeskError):
    sentence = "还没有设置本单位。请先打开窗口完成首次设置。"


class AttachmentMissing(DeskError):
    sentence = "附件“{name}”的文件找不到或已被改动。请从备份中恢复，或重新添加。"


class AttachmentTooLarge(DeskError):
    sentence = "附件“{name}”有 {size} MB，最多可加 {limit} MB。请压缩后再添加。"


class DatabaseNewer(DeskError):
    """Also the sentence that stands on the window while such a folder is shown read-only."""

    sentence = "这些数据由更新版本的程序写成（结构 {revision}），本版本只能查看。请安装新版本后再修改。"


class FolderProtected(DeskError):
    """The sentence that stands on the window while a folder that cannot be written is shown."""

    sentence = "数据文件夹“{folder}”没有写入权限，现在只能查看。请检查文件夹权限，或换一个文件夹。"


class FolderOnNetwork(DeskError):
    """A warning, not a refusal."""

    sentence = "数据文件夹“{folder}”在网络盘上。断网或多人同时打开可能损坏数据，请改放到本机硬盘。"


class FolderIsSynced(DeskError):
    """A warning, not a refusal."""

    sentence = "数据文件夹“{folder}”在同步盘（{drive}）里。同步可能损坏数据并把数据传出本机，请改放到不同步的文件夹。"


class FolderNotEmpty(DeskError):
    sentence = "“{folder}”不是空文件夹，示例数据没有生成。请指定一个新的文件夹。"


class TargetIsOwnData(DeskError):
    sentence = "“{file}”属于数据文件夹“{folder}”，不能把别的内容写到那里。请换一个位置或文件名。"


_REASONS = {
    errno.EACCES: "没有权限，或者正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只能读，不能写",
    errno.ENOENT: "找不到",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "位置不对，上一级不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "读写出错，盘可能坏了或者被拔出了",
    errno.ENODEV: "设备不在了",
    errno.ENXIO: "设备不在了",
    errno.ENOSPC: "磁盘空间不足",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in words; by its number where there are none."""
    return _REASONS.get(error.errno or 0, "") or (f"系统错误 {error.errno}" if error.errno else str(error))


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """What the system refuses while ``target`` is written is raised as `DiskFull` or `CannotWriteFile`."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(file=target.name) from error
        raise CannotWriteFile(file=str(target), reason=reason_of(error)) from error


@contextmanager
def reading_from(source: Path) -> Iterator[None]:
    """What the system refuses while ``source`` is read is raised as `CannotReadFile`."""
    try:
        yield
    except OSError as error:
        raise CannotReadFile(file=str(source), reason=reason_of(error)) from error
