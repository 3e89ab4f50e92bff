"""The index says what dictionaries say, after any sequence of changes, and says whom each change concerns."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from index_world import SENTENCES, Key, Model, Said, Text, entry_of, said

from blogq.originality.index import candidates, postings, store
from blogq.originality.index.store import Index, _lot

KEYS = st.sampled_from([("", f"p{number}") for number in range(12)] + [("c", f"t{number}") for number in range(4)])
PARTS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=3).map(tuple)
COMMON = st.sampled_from([(SENTENCES[0] + " " + SENTENCES[1],), (SENTENCES[2], SENTENCES[3] + " " + SENTENCES[4])])
TEXTS = st.builds(Text, st.integers(1, 4), st.one_of(PARTS, COMMON))
LOWER = {
    (postings, "RECENT"): 2,
    (store, "BULK"): 60,
    (store, "FEW"): 5,
    (store, "CROWD"): 8,
    (candidates, "CROWD"): 8,
    (candidates, "MOST"): 2,
    (candidates, "BLOCK"): 12,
    (candidates, "LEAST_LIMIT"): 3,
}


@contextmanager
def lowered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), value in LOWER.items():
            patch.setattr(module, name, value)
        yield


class Changes(RuleBasedStateMachine):
    """Adds, replaces and removes documents, in a folder and in memory; opens the folder anew now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.patches = lowered()
        self.patches.__enter__()
        self.index = Index(self.folder)
        self.memory = Index(None)
        self.model = Model()
        self.kept: dict[Key, Said] = {}
        """What was said of each of the site's own documents, forgotten only where a change says so."""

    def teardown(self) -> None:
        self.index.close()
        self.patches.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def forget(self, concerned: frozenset[int] | None) -> None:
        numbers = {name: number for name, (number, _) in self.index.numbers().items()}
        for key in list(self.kept):
            if concerned is None or key[1] not in numbers or numbers[key[1]] in concerned:
                del self.kept[key]

    @rule(batch=st.lists(st.tuples(KEYS, TEXTS), max_size=8))
    def add(self, batch: list[tuple[Key, Text]]) -> None:
        """Names may occur twice: the last one stays."""
        for key, text in batch:
            self.model.texts.pop(key, None)
            self.model.texts[key] = text
            self.model.order[key] = _lot(*key)
        entries = [entry_of(*each) for each in batch]
        concerned = self.index.add(entries)
        self.memory.add(entries)
        if concerned is not None:
            assert {self.index.numbers(key[0])[key[1]][0] for key, _ in batch} <= concerned
        self.forget(concerned)

    @rule(text=TEXTS, count=st.integers(5, 12))
    def add_copies(self, text: Text, count: int) -> None:
        self.add([(("", f"p{number}"), text._replace(date=1 + number % 3)) for number in range(count)])

    @rule(keys=st.lists(KEYS, max_size=6))
    def remove(self, keys: list[Key]) -> None:
        for corpus in ("", "c"):
            names = [name for other, name in keys if other == corpus]
            for name in names:
                self.model.texts.pop((corpus, name), None)
            concerned = self.index.remove(corpus, names)
            self.memory.remove(corpus, names)
            self.forget(concerned)

    @rule()
    def open_again(self) -> None:
        self.index.close()
        self.index = Index(self.folder)

    @rule()
    def fail(self) -> None:
        """A change that fails half-way has changed nothing."""

        def entries() -> Iterator[store.Entry]:
            for number in range(4):
                yield entry_of(("", f"p{number}"), Text(1, (SENTENCES[number] * 2,)))
            raise KeyboardInterrupt

        for index in (self.index, self.memory):
            serial = index.serial
            with pytest.raises(KeyboardInterrupt):
                index.add(entries())
            assert index.serial == serial

    @invariant()
    def says_what_the_model_says(self) -> None:
        for index in (self.index, self.memory):
            assert len(index) == len(self.model.texts)
        for key in self.model.texts:
            expected = self.model.say(key)
            assert said(self.index, key, self.model.texts[key]) == expected
            assert said(self.memory, key, self.model.texts[key]) == expected
            if not key[0]:
                assert self.kept.setdefault(key, expected) == expected, "a change didn't say that it concerns this"


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=25, stateful_step_count=14, deadline=None)


def test_answers_are_the_same_whatever_the_order_of_adding() -> None:
    drawn = random.Random(4)
    texts = {
        ("", f"p{number}"): Text(drawn.randint(1, 2), (" ".join(drawn.sample(SENTENCES, 3)),) * drawn.randint(1, 2))
        for number in range(120)
    }
    one, other = Index(None), Index(None)
    one.add([entry_of(*each) for each in texts.items()])
    shuffled = list(texts.items())
    drawn.shuffle(shuffled)
    for each in shuffled:
        other.add([entry_of(*each)])
    assert [said(one, *each) for each in texts.items()] == [said(other, *each) for each in texts.items()]


def test_copies_of_one_text_count_once() -> None:
    """The sixtieth copy of a post is found in the first, though its words stand in more posts than the limit is."""
    index = Index(None)
    body = tuple(" ".join(SENTENCES[number : number + 3]) for number in range(0, 9, 3))
    texts = {("", f"p{number}"): Text(number, body) for number in range(60)}
    index.add([entry_of(*each) for each in texts.items()])
    found = said(index, ("", "p59"), texts["", "p59"]).candidates
    assert len(found) == candidates.MOST
    assert found[0][0] == ("", "p0")


def test_what_stands_in_many_different_posts_says_nothing() -> None:
    closing = "thank you for reading this far and please write to us whenever you like to tell us more."
    drawn = random.Random(1)
    index = Index(None)
    texts = {}
    for number in range(40):
        words = [f"word{drawn.randrange(10**9)}" for _ in range(60)]
        texts["", f"p{number}"] = Text(number, (" ".join(words), closing))
    index.add([entry_of(*each) for each in texts.items()])
    answer = said(index, ("", "p39"), texts["", "p39"])
    assert answer.candidates == ()
    assert answer.common[0] == 0
    assert answer.common[1] >= answer.counted[1] - 3


def test_later_posts_are_no_candidates_but_texts_of_corpora_are() -> None:
    index = Index(None)
    body = (" ".join(SENTENCES[:4]),)
    texts = {("", "old"): Text(1, body), ("", "new"): Text(3, body), ("c", "text"): Text(9, body)}
    index.add([entry_of(*each) for each in texts.items()])
    assert {each[0] for each in said(index, ("", "old"), texts["", "old"]).candidates} == {("c", "text")}
    assert {each[0] for each in said(index, ("", "new"), texts["", "new"]).candidates} == {("c", "text"), ("", "old")}


def test_becoming_too_common_concerns_all_who_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And so does becoming less common again; what was too common, and stays so, concerns nobody else."""
    monkeypatch.setattr(candidates, "LEAST_LIMIT", 3)
    drawn = random.Random(5)
    index = Index(None)

    def post(number: int, *more: str) -> None:
        words = " ".join("".join(drawn.choices("bcdfghjkmpqstvwxz", k=8)) for _ in range(20))
        concerned.append(index.add([entry_of(("", f"p{number}"), Text(1, (words, *more)))]))

    concerned: list[frozenset[int] | None] = []
    for number in range(8):
        post(number)
    for number in range(8, 14):
        post(number, SENTENCES[0])
    numbers = {name: number for name, (number, _) in index.numbers().items()}
    have = [frozenset(numbers[f"p{number}"] for number in range(8, last + 1)) for last in range(8, 14)]
    # The fourth makes it too common; the sixth finds it so, with the one that was added then to spare.
    assert all(them <= (said_of or frozenset()) for them, said_of in zip(have[:4], concerned[8:12], strict=True))
    assert concerned[13] is not None
    assert not have[5] <= concerned[13]
    index.remove("", ["p13", "p12"])
    assert have[2] <= (index.remove("", ["p11"]) or frozenset())


def test_a_copy_that_is_cut_into_short_paragraphs() -> None:
    """Its best part is as good as if it were one."""
    drawn = random.Random(3)
    words = [f"word{drawn.randrange(10**6)}" for _ in range(80)]
    index = Index(None)
    texts = {("", "old"): Text(1, (" ".join(words),)), ("", "new"): Text(2, tuple(words))}
    index.add([entry_of(*each) for each in texts.items()])
    (found,) = said(index, ("", "new"), texts["", "new"]).candidates
    assert found[3] > 14


def test_names_that_are_no_utf_8() -> None:
    index = Index(None)
    key = ("", "caf\udce9\n.md")
    text = Text(1, ("a b c d e f g h " * 3,))
    index.add([entry_of(key, text)])
    assert index.numbers().keys() == {key[1]}
    assert index.document(index.numbers()[key[1]][0])[:2] == key
    holding = store.Holding("stat", ("a\nb", "\ud800"), "")
    index.note_files({key: holding})
    assert index.files() == {key: holding}
    index.note_files({key: None})
    assert index.files() == {}
    assert index.remove("", [key[1]]) is not None or len(index) == 0
    assert len(index) == 0


def test_the_empty_index_and_the_empty_text() -> None:
    index = Index(None)
    assert said_of_nothing(index) == ()
    index.add(
        [entry_of(("", "p"), Text(1, ())), entry_of(("", "q"), Text(1, ("",))), entry_of(("", "r"), Text(1, ("a",)))]
    )
    for key in ("p", "q", "r"):
        assert said(index, ("", key), Text(1, ())).candidates == ()
    assert index.add([]) == frozenset()
    assert index.remove("", ["nothing"]) == frozenset()


def said_of_nothing(index: Index) -> tuple[object, ...]:
    return index.candidates([candidates_query()])[0].candidates


def candidates_query() -> store.Query:
    from blogq.originality.fingerprint import fingerprints

    return store.Query(fingerprints(["one two three four five six seven eight nine ten"]))
