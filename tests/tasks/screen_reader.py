"""A screen reader in small: run by the system's Python, which has libatspi's bindings.

It takes one order a line on its standard input, as a JSON list, and answers each with one line of JSON. Every call over
the bus ends by itself, so that a program that hangs ends the test and not the other way round.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

PATIENCE = 20.0  # seconds until something that was waited for counts as not there
State = Atspi.StateType
KEYS = {
    "Tab": 0xFF09,
    "Return": 0xFF0D,
    "Down": 0xFF54,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Delete": 0xFFFF,
    "Escape": 0xFF1B,
}
CELLS_ARE_MANY = ("table", "tree table", "combo box")  # what is in them is asked for by its place


class Reader:
    """Walks what is showing, and keeps what the program has said."""

    def __init__(self) -> None:
        Atspi.init()
        Atspi.set_timeout(5_000, 15_000)  # milliseconds for a call; for the first one of a program that starts
        self.said: list[tuple[str, str, str]] = []
        self._listener = Atspi.EventListener.new(self._hear)
        for kind in ("object:state-changed:focused", "object:announcement"):
            self._listener.register(kind)

    def _hear(self, event: Any) -> None:
        if event.type == "object:announcement":
            self.said.append(("announcement", str(event.any_data), ""))
        elif event.detail1:
            source = event.source
            self.said.append((source.get_role_name(), source.get_name(), source.get_description()))

    def showing(self, above: Any = None, trail: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any, tuple[str, ...]]]:
        """Everything that can be seen, from the top: the thing, its states, and the names of what it stands in."""
        above = above or Atspi.get_desktop(0)
        for number in range(above.get_child_count()):
            each = above.get_child_at_index(number)
            states = each.get_state_set() if each is not None else None
            if states is None or not states.contains(State.SHOWING):
                continue
            yield each, states, trail
            if each.get_role_name() not in CELLS_ARE_MANY:
                yield from self.showing(each, (*trail, each.get_name()))

    def find(self, role: str, name: str) -> Any:
        """The first thing of this role whose name begins so."""

        def look() -> Any:
            for each, _states, _trail in self.showing():
                if each.get_role_name() == role and each.get_name().startswith(name):
                    return each
            return None

        return self.wait(look, f"{role} {name}")

    def wait(self, ready: Callable[[], Any], what: str) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := ready():
                return found
            GLib.MainContext.default().iteration(False)
            time.sleep(0.03)
        raise TimeoutError(what)

    # The orders.

    def press(self, role: str, name: str) -> None:
        """Click in the middle of something, as a person does who is helped to find it."""
        where = Atspi.Component.get_extents(self.find(role, name), Atspi.CoordType.SCREEN)
        Atspi.generate_mouse_event(where.x + where.width // 2, where.y + where.height // 2, "b1c")

    def strike(self, keys: list[str], role: str, name: str) -> list[str]:
        """Press keys; what is heard then of this role, with a name that begins so: name and description."""
        self.said.clear()
        for key in keys:
            Atspi.generate_keyboard_event(KEYS.get(key) or ord(key), None, Atspi.KeySynthType.SYM)

        def heard() -> list[str]:
            return next(([n, d] for r, n, d in self.said if r == role and n.startswith(name)), [])

        return list(self.wait(heard, f"{role} {name} said after {keys}; said were {self.said}"))

    def wait_for(self, role: str, name: str) -> None:
        self.find(role, name)

    def seen(self) -> list[dict[str, Any]]:
        """Everything that is showing, but for the lines of drop-downs and the cells of tables."""
        return [
            {
                "role": each.get_role_name(),
                "name": each.get_name(),
                "focusable": states.contains(State.FOCUSABLE),
                "labels": _labels(each),
                "inside": list(trail),
            }
            for each, states, trail in self.showing()
        ]

    def cell(self, table: str, row: int, column: int) -> str:
        return str(Atspi.Table.get_accessible_at(self.find("table", table), row, column).get_name())

    def heads(self, table: str, row: int, column: int) -> list[str]:
        """The names of the row's and the column's header."""
        found = self.find("table", table)
        heads = Atspi.Table.get_row_header(found, row), Atspi.Table.get_column_header(found, column)
        return [head.get_name() if head else "" for head in heads]


def _labels(each: Any) -> list[str]:
    """The words beside a field that lead to it."""
    return [
        relation.get_target(number).get_name()
        for relation in each.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for number in range(relation.get_n_targets())
    ]


def main() -> None:
    reader = Reader()
    for line in sys.stdin:
        order, *details = json.loads(line)
        try:
            answer = {"answer": getattr(reader, order)(*details)}
        except (GLib.Error, TimeoutError) as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
