import pytest
from sqlalchemy import text

from jindu_desk.operations.units import change_keeper
from jindu_desk.store import audit
from jindu_desk.store.engine import Store


def broken_at(store: Store) -> audit.Break | None:
    with store.read() as session:
        return audit.find_break(session)


def tamper(store: Store, statement: str) -> None:
    with store.engine.connect().execution_options(desk_write=True) as connection:
        connection.execute(text(statement))
        connection.commit()


def test_the_chain_holds_and_its_head_moves(store: Store) -> None:
    with store.read() as session:
        before = audit.head(session)
    change_keeper(store, "测试丁")
    with store.read() as session:
        assert audit.head(session) != before
    assert broken_at(store) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET detail = '{}' WHERE seq = 3",
        "UPDATE audit SET actor = '测试戊' WHERE seq = 3",
        "UPDATE audit SET hash = previous WHERE seq = 3",
    ],
)
def test_an_altered_row_shows(store: Store, statement: str) -> None:
    tamper(store, statement)
    assert broken_at(store) == audit.Break(3, removed=False)


def test_a_removed_row_shows(store: Store) -> None:
    tamper(store, "DELETE FROM audit WHERE seq = 2")
    assert broken_at(store) == audit.Break(2, removed=True)
