"""What a post quotes, how its source is named, and what is left as its own text."""

from __future__ import annotations

import time

import pytest
from subject import subject_of

from blogq.lint.quotations import own_text, quotations_of
from blogq.lint.registry import rule
from blogq.lint.subject import Subject

WORDS = "the engine weaves patterns of numbers just as the loom weaves flowers and leaves"
QUOTE = f"> Here {WORDS}."


def post(*parts: str, head: str = "title: T") -> Subject:
    """Return the post of paragraphs and blocks."""
    return subject_of(f"---\n{head}\n---\n" + "\n\n".join(parts) + "\n")


def found(*parts: str) -> list[str]:
    """Return the sources of what a post quotes."""
    return [each.source for each in quotations_of(post(*parts))]


def own(subject: Subject) -> list[str]:
    """Return the stretches of a post's own text."""
    return [subject.passages[each.passage].text[each.start : each.end] for each in own_text(subject)]


@pytest.mark.parametrize(
    ("before", "after", "source"),
    [
        ("It rained.", "It was dry again.", ""),
        ("From [the notes](https://a.example/) of that year:", "So much.", "link"),
        ("It rained. She writes [a lot](notes.md).", "So much.", "link"),
        ("I read [a lot](https://a.example/) then. It rained a lot that spring.", "So much.", ""),
        ("As Ada Lovelace writes:", "So much.", "lead-in"),
        ("From the report of the Treasury:", "So much.", "lead-in"),
        ("Wie Ada Lovelace 1843 fand:", "Soviel.", "lead-in"),
        ("エイダはこう書いた：", "以上。", "lead-in"),
        ("Somebody told us:", "So much.", "speaker"),
        ("Somebody once said:", "So much.", ""),
        ("I love this quote:", "So much.", ""),
        ("This is what Ada Lovelace saw.", "So much.", "speaker"),
        ("In October it rained. On Monday it stopped.", "So much.", ""),
        ("She was tired that day, poor Ada.", "So much.", ""),
        ("It rained.", "— Ada Lovelace", "following"),
        ("It rained.", "(via [Ann](https://a.example/))", "following"),
        ("It rained.", "Read the whole of it [there](https://a.example/).", "following"),
        ("It rained.", "So wrote Ada Lovelace, who knew.", "following"),
        ("It rained.", "From there we went on to [the lake](lake.md) and swam. It was cold.", "following"),
        ("It rained.[^1]", "So much.\n\n[^1]: See [there](https://a.example/).", "note"),
        ("It rained.[^1]", "So much.\n\n[^1]: or not", ""),
    ],
)
def test_source_around_a_quotation(before: str, after: str, source: str) -> None:
    """What stands before and after a blockquote tells whose words it has."""
    assert found(before, QUOTE, after) == [source]


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (f"{QUOTE} See [there](https://a.example/).", "link"),
        (f"{QUOTE}\n> — Ada Lovelace", "citation"),
        (f"> Here {WORDS}\n> via the post office of the town", ""),
        (f"{QUOTE}\n>\n> Ada Lovelace", "citation"),
        (f"{QUOTE}\n>\n> and so it went", ""),
        (f"> Ada Lovelace wrote: {WORDS}.", "citation"),
        (f"> Ada Lovelace: {WORDS}.", "speaker"),
        (f"> Here {WORDS} - or so it seems", ""),
        (f"> Here {WORDS} (Lovelace 1843)", "citation"),
        (f'<blockquote cite="https://a.example/">\n\nHere {WORDS}.\n\n</blockquote>', "citation"),
        (f"<blockquote>\nHere {WORDS}.\n</blockquote>", ""),
        (f"<blockquote>\nHere {WORDS}.<br>\n<cite>Ada</cite></blockquote>", "citation"),
        (f'{{{{< quote source="Notes" >}}}}\nHere {WORDS}.\n{{{{< /quote >}}}}', "citation"),
        (f"{{{{< quote >}}}}\nHere {WORDS}.\n{{{{< /quote >}}}}", ""),
    ],
)
def test_source_within_a_quotation(quote: str, source: str) -> None:
    """So does what stands in it, and what a shortcode or a tag is told."""
    assert found("It rained.", quote, "It was dry again.") == [source]


def test_source_that_front_matter_or_title_names() -> None:
    """A link post names its source for all of it; a title says what a post is about."""
    (each,) = quotations_of(post("It rained.", QUOTE, head="title: T\nlink: https://a.example/"))
    assert each.source == "link"
    (each,) = quotations_of(post("It rained.", QUOTE, head="title: Notes on Walden"))
    assert (each.source, each.attributed) == ("speaker", False)
    assert found("It rained.", QUOTE, "So much.", "## References", "1. Ada Lovelace, Notes.") == ["speaker"]
    assert found("It rained.", QUOTE, "So much.", "References are for the library.") == [""]
    mostly = rule("OR005")
    long = "\n> ".join([QUOTE] * 6)
    assert list(mostly.check(post("It rained.", long, head="title: T"), mostly.options))
    assert not list(mostly.check(post("It rained.", long, head="title: T\nlink: https://a.example/"), mostly.options))


def test_source_counts_for_neighbours() -> None:
    """A name above counts for what follows at once, one below for what stands right before."""
    assert found("Ada Lovelace writes:", QUOTE, f"> And {WORDS}.", "So much.") == ["lead-in", "lead-in"]
    assert found("It rained.", QUOTE, f"> And {WORDS}.\n> — Ada Lovelace", "So much.") == ["citation", "citation"]
    assert found("Ada Lovelace writes:", QUOTE, "It rained.", f"> And {WORDS}.", "So much.") == ["lead-in", ""]
    assert found("Ada Lovelace writes:", QUOTE, "And on the next page:", f"> And {WORDS}.") == ["lead-in", "lead-in"]


@pytest.mark.parametrize(
    "aside",
    [
        f"> [!TIP]\n> Here {WORDS}.",
        f"> **Note:** {WORDS}.",
        f"> ℹ️ Update (2024): {WORDS}.",
        f"> By the way, {WORDS}.",
        f"> Run `engine`, and {WORDS}.",
        f"> The chart above shows how {WORDS}.",
    ],
)
def test_asides_are_the_authors_own(aside: str) -> None:
    """A note that is set as a quotation is none, and is compared like all else."""
    subject = post("It rained.", aside, "It was dry again.")
    assert quotations_of(subject) == ()
    assert len(own(subject)) == len(subject.passages)


def test_author_who_writes_asides_as_blocks() -> None:
    """Where blocks are notes by their looks, one that looks like nothing is one too; speech isn't."""
    note, plain, speech = f"> **Note:** {WORDS}.", f"> Here {WORDS}.", f"> “Here {WORDS}.”"
    assert found("It rained.", note, "It was dry again.", plain, "It snowed.") == []
    assert found("It rained.", note, "It was dry again.", speech, "It snowed.") == [""]
    assert found("It rained.", note, "It was dry.", plain, "It snowed.", plain, "Then it hailed.") == ["", ""]


def test_pull_quote_is_none() -> None:
    """What the post says itself is no quotation, shortened or not."""
    assert found(f"I hold that {WORDS}.", f"> {WORDS.capitalize()}.") == []
    assert found("I hold that looms weave.", f"> {WORDS.capitalize()}.") == [""]


def test_own_text_leaves_attributed_quotations_out() -> None:
    """Own text is all but what has a source: a quotation without one counts as the author's."""
    subject = post(
        "## Rain",
        "Ada Lovelace writes:",
        QUOTE,
        "Then it rained.",
        f"> And {WORDS}.",
        "| A | B |\n|---|---|\n| c | d |",
    )
    said = own(subject)
    assert said == ["Rain", "Ada Lovelace writes:", "Then it rained.", f"And {WORDS}.", "A", "B", "c", "d"]
    assert [each.passage for each in own_text(subject)] == sorted(each.passage for each in own_text(subject))


def test_quotation_marks() -> None:
    """Fifteen words in quotation marks are a quotation where the paragraph has a link, and are cut out of it."""
    spoken = f"“I say that {WORDS} of any kind”"
    subject = post(f"She [says](https://a.example/) {spoken} and smiles.", f"He says {spoken} too.")
    (each,) = quotations_of(subject)
    assert (each.passages, each.source, each.attributed) == ((0,), "link", True)
    assert subject.passages[0].text[each.start : each.end] == spoken
    assert own(subject) == ["She says ", " and smiles.", f"He says {spoken} too."]
    assert found("She [says](https://a.example/) “the engine weaves patterns of numbers, and so on”.") == []


def test_place_and_words_of_a_quotation() -> None:
    """A quotation knows its passages, lines and words; code and lists belong to it."""
    subject = post("It rained.", "> One two.\n>\n> - three\n> - four\n>\n> five", "It was dry.", "> Six.\n\n> Seven.")
    assert [(each.passages, each.line, each.last_line, each.words) for each in quotations_of(subject)] == [
        ((1, 2, 3, 4), 6, 11, 5),
        ((6,), 15, 15, 1),
        ((7,), 17, 17, 1),
    ]


def test_voices_that_were_gathered_are_a_note() -> None:
    """Eight people with their names are a form of its own; one long text that is handed on isn't."""
    mostly = rule("OR005")
    many = [f"> Number {number}: {WORDS} {number}.\n>\n> — Ann Lee" for number in range(8)]
    texts = [part for each in many for part in (each, "And then:")]
    assert [each.severity for each in mostly.check(post("We asked.", *texts), mostly.options)] == ["note"]
    assert [each.severity for each in mostly.check(post("We asked.", *texts[:10]), mostly.options)] == ["warning"]
    unnamed = [each.split("\n")[0] for each in many]
    parts = [part for each in unnamed for part in (each, "Words of mine.")]
    assert [each.severity for each in mostly.check(post("It rained.", *parts), mostly.options)] == ["warning"]


def test_place_of_a_quotation_without_source() -> None:
    """The finding reaches from its first to its last character."""
    check = rule("OR004")
    subject = post("It rained.", f"> Here {WORDS}.\n>\n> And {WORDS},\n> and {WORDS}.", "It was dry.")
    (each,) = check.check(subject, check.options)
    assert each.span[1:] == (6, 3, 9, len(f"> and {WORDS}.") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "> a\n\n" * 5000,
        "> a " + "—" * 100_000 + " b",
        "> a " + ") " * 50_000 + "b",
        "> " + " ," * 50_000 + "b",
        "A b. " * 20_000 + "\n\n" + "> a\n\nB c:\n\n" * 1000,
        "<blockquote>" * 20_000,
        "> a[^b]\n\n" * 3000 + "[^b]: c\n" * 2000,
        "“" * 50_000 + "a” [b](c)",
        "c\u200bo" * 30_000,
    ],
)
def test_time_grows_with_the_text(text: str) -> None:
    """No text takes the rules out of proportion to its length."""
    subject = post(text)
    begun = time.process_time()
    for code in ("OR004", "OR005", "OR007"):
        list(rule(code).check(subject, rule(code).options))
    own_text(subject)
    assert time.process_time() - begun < 6
