"""``jindu-desk`` and ``python -m jindu_desk``: a command, or the window when there is none."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Decide before anything heavy is imported: the window needs no command line and the other way round."""
    arguments = sys.argv[1:]
    data = _only_data(arguments)
    if data is not None:
        return _open_window(data)
    from jindu_desk.cli.main import run

    return run(arguments)


def _only_data(arguments: list[str]) -> str | None:
    """The data folder ("" = default) when the arguments ask for the window, else None."""
    match arguments:
        case []:
            return ""
        case ["--data", folder]:
            return folder
        case [single] if single.startswith("--data="):
            return single.removeprefix("--data=")
    return None


def _open_window(data: str) -> int:
    from jindu_desk.paths import default_data_dir

    try:
        from jindu_desk.ui.window import run_window
    except ImportError as error:  # Qt's system libraries are missing
        from jindu_desk.cli.no_window import explain

        return explain(str(error))
    return run_window(Path(data) if data else default_data_dir())


if __name__ == "__main__":
    raise SystemExit(main())
