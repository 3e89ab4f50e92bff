"""Where sentences end, by language: each case is one passage, with `|` where a sentence ends inside it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.measure.sentences import sentences

CASES = {
    "en": [
        "One sentence. |Another one! |A third? |Yes.",
        "Dr. Smith met Mrs. Jones at St. Mary's. |They talked.",
        "Use a tool, e.g. Vale, i.e. a linter. |It helps.",
        "Use a tool (e.g. Vale). |It helps.",
        "Apples, pears, etc. are fruit. |Cars, bikes, etc. |These are not.",
        "It was founded by J. R. R. Tolkien. |He wrote.",
        "George W. Bush spoke. |Nobody listened.",
        "He lives in the U.S. |They moved.",
        "The U.S. Army moved in.",
        "It costs 3.14 dollars. |Pi is free.",
        "Version v1.2.3 is out. |Node.js 20.1 as well.",
        "See https://example.com/a.b?c=d. |Then go on.",
        "Open config.yaml. |Edit it.",
        "“Stop!” he said. |“Why?” she asked.",
        "He said, “Stop.” |Then he left.",
        'He said "stop." |Then he left.',
        "(This is a note.) |This is not.",
        "It was late (see fig. 3). |We left.",
        "Well... |I never. |But then… maybe not.",
        "Well ... it depends.",
        "1. First we go. |Then we come.",
        "It was 1999. |Everyone danced.",
        "See No. 5 and p. 12, vol. 3. |Done.",
        "Did he say no? |He said no. |Then he left.",
        "So do I. |The end.",
        "Acme Inc. makes things. |Acme Inc. |The company of note.",
        "At 5 p.m. we left. |We met at 5 p.m. |Then we left.",
        "What?! |Really?? |Yes!!!",
        "iPhones are phones. |iPads are not. |eBay is a site.",
        "This works. |npm is a package manager.",
        "i write no capitals. |nobody minds.",
        "We saw it.[1] |It was good.[12][13] |End.",
        "Run \ufffc. |\ufffc runs it. |Good.",
        "Yahoo! was a search engine. |It was big.",
        "One.\n\nTwo\n\nThree.".replace("\n\n", "\n\n|"),
        "Soft\nbreaks are blanks. |So\nthere.",
        "The end.",
        "No stop at all",
        "He works at Google. |“Great,” she said.",
        "Great! — said nobody.",
        "Python 3. |It is great.",
        "Mr. and Mrs. Brown vs. the State. |They lost.",
        "Approx. five people came. |Two left.",
        "It ended in Feb. 2020. |Nobody knew.",
    ],
    "de": [
        "Das ist ein Satz. |Das ist noch einer.",
        "Dr. Müller kam z. B. mit Prof. Schmidt. |Sie redeten.",
        "Es gibt z.B. Äpfel, d.h. Obst, usw. und mehr. |Gut.",
        "Am 3. Oktober war frei. |Im 19. Jahrhundert nicht.",
        "Es geschah 2019. |Danach war Ruhe.",
        "Ludwig XIV. war König. |Er starb 1715.",
        "Er sagte: „Komm!“ |Dann ging er.",
        "»Komm!«, rief er. |»Nein.« |Sie blieb.",
        "Siehe Nr. 5 bzw. S. 12 ff. im Buch. |Ende.",
        "Die Fa. Maier GmbH u. a. Firmen. |Alle da.",
        "Das kostet ca. 3,50 Euro. |Viel!",
    ],
    "es": [
        "¿Qué tal? |¡Muy bien! |Gracias.",
        "El Sr. García y la Dra. López vinieron. |Hablaron.",
        "Mide 3.5 metros aprox. y pesa poco. |Nada más.",
        "Los EE.UU. son grandes. |Sí.",
        "Véase la pág. 5 y el art. 3. |Fin.",
        "—¿Vienes? —preguntó. |—No —dijo ella.",
    ],
    "fr": [
        "Bonjour ! |Ça va ? |Oui.",
        "M. Dupont et Mme Durand sont là. |Ils parlent.",
        "« Oui ! » dit-il. |« Non. » |Il partit.",
        "Voir p. 5, art. 3 et fig. 2. |Fin.",
        "Des pommes, des poires, etc. sont là. |Bien.",
        "Il habite av. Foch. |C'est cher.",
    ],
    "it": [
        "Il sig. Rossi e il dott. Bianchi parlano. |Poi vanno.",
        "Che cosa? |Niente! |Va bene.",
        "Vedi pag. 5 e art. 3. |Fine.",
        "Mele, pere, ecc. sono frutta. |È vero.",
    ],
    "nl": [
        "Dhr. Jansen komt bijv. morgen. |Dat is fijn.",
        "Zie blz. 5 van het boek. |Einde.",
        "Hij kwam o.a. met appels, peren enz. en meer. |Goed zo!",
        "Het kost ca. 5 euro. |'t Is duur.",
    ],
    "ru": [
        "Это предложение. |Это другое.",
        "А. С. Пушкин родился в 1799 г. в Москве. |Он писал.",
        "Он купил яблоки, груши и т. д. и ушёл. |Вот так!",
        "См. рис. 5 на с. 12. |Конец.",
        "Он жил на ул. Ленина, т. е. в центре. |Хорошо.",
    ],
    "zh": ["你好。|我很好！|真的吗？|是的", "他说：“走吧。”|然后走了。"],
    "ja": ["これは文です。|これも文です！|「本当？」|はい。"],
    "hi": ["यह एक वाक्य है। |यह दूसरा है।"],
    "ar": ["هل هذا صحيح؟ |نعم. |شكرا."],
    "pt": ["O Dr. Silva chegou. |Ele falou, etc. e saiu."],
    "": ["One. |Two."],
}


@pytest.mark.parametrize(
    ("language", "case"), [(language, case) for language, cases in CASES.items() for case in cases]
)
def test_sentences(language: str, case: str) -> None:
    text = case.replace("|", "")
    assert [text[start:end] for start, end in sentences(text, language)] == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_no_sentence(text: str) -> None:
    assert sentences(text, "en") == []


@given(
    st.text(alphabet="ab A1.!?…。\n \"')]«»[“”\u00a0\ufffc,|-", max_size=60), st.sampled_from(["en", "de", "fr", "xx"])
)
def test_sentences_are_in_order_and_leave_nothing_but_signs_out(text: str, language: str) -> None:
    spans = sentences(text, language)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not any(sign.isalnum() or sign == "\ufffc" for sign in text[at:start])
        at = end
    assert not spans or not any(sign.isalnum() for sign in text[at:])


SHAPES = [
    "1. a ",
    "(",
    "a.\n",
    "a. ",
    ".",
    " .",
    ". ",
    '."',
    "?! ",
    "A.",
    "a ",
    " \n",
    "[1]",
    " »",
    "« ",
    "。",
    "e.g. ",
    "x\n\n",
    "'",
    '" ',
]


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str) -> None:
    """Eight times the text may take some 8 times as much processor time, never 64 times."""

    def seconds(times: int) -> float:
        text = "Word" + shape * times
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            sentences(text, "en")
            best = min(best, time.process_time() - begin)
        return best

    assert seconds(16_000) < 24 * seconds(2_000) + 0.02


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Signed,\u2028Ann Lee\u2028Bo Ray (core)", ["Signed,", "Ann Lee", "Bo Ray (core)"]),
        ("Roses are red,\u2028violets are blue.", ["Roses are red,\u2028violets are blue."]),
        ("Ann Lee\u2028(chair) is here.", ["Ann Lee\u2028(chair) is here."]),
        ("A line that somebody wrapped by hand with a blank too many at its end and\u2028Rust in the next.", None),
        ("One. \u2028\u2028Two", ["One.", "Two"]),
    ],
)
def test_lines_that_were_ended_on_purpose(text: str, wanted: list[str] | None) -> None:
    """A short line that a capital follows is a sentence, as in signatures; verse that goes on is not."""
    assert [text[start:end] for start, end in sentences(text, "en")] == (wanted or [text])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They read the code.Today they write some.", 2),
        ("He said “it is done.”This is how.", 2),
        ("Import System.In from there.", 1),
        ("We use Node.Js here.", 1),
        ("See example.The for more.", 2),
        ("The file is readme.Then", 2),
        ("It is on page.html.And then", 1),
        ("Ask at etc.The end", 1),
    ],
)
def test_a_blank_that_was_forgotten(text: str, parts: int) -> None:
    """Where no blank follows a stop, small letters before and a word that opens sentences after it tell."""
    assert len(sentences(text, "en")) == parts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We thank: Ann for the fix; Bo for the test; and Cy. It works.",
            ["We thank: Ann for the fix;", "Bo for the test;", "and Cy.", "It works."],
        ),
        (
            "It was late; it was cold; it was dark; we left.",
            ["It was late;", "it was cold;", "it was dark;", "we left."],
        ),
        ("It was late; it was cold; we left.", ["It was late; it was cold; we left."]),
        ("We want this: bread; and salt.", ["We want this: bread; and salt."]),
        ("They left; they came; and this is why: it rained.", ["They left; they came; and this is why: it rained."]),
    ],
)
def test_lists_with_semicolons(text: str, wanted: list[str]) -> None:
    """Items of a list that is written as one sentence are each their own; two thoughts that are joined are one."""
    assert [text[start:end] for start, end in sentences(text, "en")] == wanted
