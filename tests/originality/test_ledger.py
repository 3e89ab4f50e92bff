"""What is kept of answers and alignments: given back as it was, forgotten when it must be, never read damaged."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from blogq.originality.evidence import Evidence, Stretch, evidence
from blogq.originality.index.candidates import Answer, Candidate
from blogq.originality.ledger import NAME, Ledger, read, told

ANSWER = Answer((Candidate(3, 4, 17.25, 12.015625), Candidate(9, 2, 1.5, 0.0)), (0, 2), (5, 6), (40, 41))
NOTHING = Answer((), (), (), ())
STRETCH = Stretch("verbatim", 0.98, 0, 300, 5, 305, 0, 50, 1)
FOUND = Evidence(100, 90, (STRETCH,), STRETCH._replace(kind="reworded"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path, 7, "e")
    made.bring("s1", None, ())
    made.keep_answers({1: ANSWER, 2: NOTHING, 3: ANSWER})
    made.keep_alignments({(1, 2): told(FOUND), (2, 3): b"", (3, 1): told(FOUND)})
    yield made
    made.close()


def again(folder: Path, ledger: Ledger, begun: int = 7, environment: str = "e") -> Ledger:
    ledger.close()
    return Ledger(folder, begun, environment)


def test_given_back(tmp_path: Path, ledger: Ledger) -> None:
    other = again(tmp_path, ledger)
    assert other.state == "s1"
    assert other.answers() == {1: ANSWER, 2: NOTHING, 3: ANSWER}
    assert {pair: read(data) for pair, data in other.alignments().items()} == {
        (1, 2): FOUND,
        (2, 3): None,
        (3, 1): FOUND,
    }
    other.close()


def test_answers_are_forgotten_of_those_concerned(ledger: Ledger) -> None:
    ledger.bring("s2", frozenset({1}), ())
    assert ledger.state == "s2"
    assert ledger.answers().keys() == {2, 3}
    assert len(ledger.alignments()) == 3


def test_all_answers_are_forgotten_where_all_are_concerned(ledger: Ledger) -> None:
    ledger.bring("s2", None, ())
    assert ledger.answers() == {}
    assert len(ledger.alignments()) == 3, "these don't depend on other texts"


def test_texts_that_are_gone(ledger: Ledger) -> None:
    """Alignments go on either side."""
    ledger.bring("s2", frozenset(), (3,))
    assert ledger.answers().keys() == {1, 2}
    assert ledger.alignments().keys() == {(1, 2)}


@pytest.mark.parametrize(("begun", "environment"), [(8, "e"), (7, "f")])
def test_of_another_index_or_another_version(tmp_path: Path, ledger: Ledger, begun: int, environment: str) -> None:
    other = again(tmp_path, ledger, begun, environment)
    assert (other.state, other.answers(), other.alignments()) == (None, {}, {})
    other.close()


def test_in_memory() -> None:
    ledger = Ledger(None, 1, "")
    ledger.bring("s", None, ())
    ledger.keep_answers({1: ANSWER})
    assert ledger.answers() == {1: ANSWER}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "none", 1, "")
    ledger.keep_answers({1: ANSWER})
    assert ledger.answers() == {1: ANSWER}


@pytest.mark.parametrize("change", ["UPDATE answers SET told = '[[],[],[],[1]]'", "UPDATE answers SET told = '[['"])
def test_damaged_answers_are_asked_anew(tmp_path: Path, ledger: Ledger, change: str) -> None:
    ledger.close()
    connection = sqlite3.connect(tmp_path / NAME)
    with connection:
        connection.execute(change + " WHERE id = 1")
    connection.close()
    other = Ledger(tmp_path, 7, "e")
    assert other.answers().keys() == {2, 3}
    other.close()


def test_damaged_alignments_are_made_anew(tmp_path: Path, ledger: Ledger) -> None:
    """One that can't be read must not be taken for one where nothing matches."""
    ledger.close()
    connection = sqlite3.connect(tmp_path / NAME)
    with connection:
        connection.execute("UPDATE pairs SET told = x'' WHERE id = 1")
        connection.execute("UPDATE pairs SET told = substr(told, 1, 20) WHERE id = 3")
    connection.close()
    other = Ledger(tmp_path, 7, "e")
    assert other.alignments().keys() == {(2, 3)}
    other.close()


@pytest.mark.parametrize("seed", range(20))
def test_damaged_files(tmp_path: Path, ledger: Ledger, seed: int) -> None:
    """Whatever flips: it says what it was given, or less."""
    ledger.keep_answers(dict.fromkeys(range(1, 300), ANSWER))
    ledger.close()
    drawn = random.Random(seed)
    path = tmp_path / NAME
    data = bytearray(path.read_bytes())
    for _ in range(drawn.choice([1, 5, 300])):
        data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes(data[: drawn.choice([len(data), len(data), 5000])])
    other = Ledger(tmp_path, 7, "e")
    assert all(answer in (ANSWER, NOTHING) for answer in other.answers().values())
    assert all(read(data) in (FOUND, None) for data in other.alignments().values())
    other.bring("s3", frozenset({1}), (2,))
    other.keep_answers({5: NOTHING})
    assert other.answers()[5] == NOTHING
    assert other.state == "s3"
    other.close()


def test_evidence_survives_being_kept() -> None:
    text = (
        "The lantern in the harbour burns all night long, and nobody who lives there can tell you why it does so. " * 4
    )
    found = evidence(text, "Before. " + text)
    assert found.stretches
    assert read(told(found)) == found


def test_evidence_of_texts_that_have_nothing_in_common() -> None:
    found = evidence("Nothing of this is there.", "All else may well be found.")
    assert (found.stretches, found.run) == ((), None)
    assert (found.words, found.source_words) == (5, 6)
    assert told(found) == b""


def test_the_longest_run_is_the_longest() -> None:
    one = "alpha beta gamma delta epsilon zeta"
    two = "seven words that stand in both of them and some more"
    found = evidence(f"{one}. Something else is between. {two}.", f"Here it begins, {two}; then comes {one}!")
    assert found.run is not None
    assert found.run.words == len(two.split())
    assert found.run.first == 10
    assert found.run.source_first == 3
    text = f"{one}. Something else is between. {two}."
    assert text[found.run.start : found.run.end] == two
