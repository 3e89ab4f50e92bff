"""Code of templates in a text: what is cut, what stays, and where the rest of the text stands then."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.config.schema import Markdown
from blogq.content.markdown.passage import OBJECT
from blogq.content.markdown.passages import PassageWriter
from blogq.content.markdown.reader import Reader
from blogq.content.markdown.template_code import cuts


def read(text: str, path: str = "a.md", shortcodes: bool = True) -> PassageWriter:
    writer = Reader(Markdown(shortcodes=shortcodes)).read_with(PassageWriter, text, path, 1, False, "en")[1]
    assert writer is not None
    return writer


def said(text: str, path: str = "a.md", shortcodes: bool = True) -> list[str]:
    return [each.text for each in read(text, path, shortcodes).passages]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Welcome to {{ site.name }}, friend.", [f"Welcome to {OBJECT}, friend."]),
        ("{% if a %}This stays.{% endif %}", ["This stays."]),
        ("{% image 'x_y.png' class=*a* %}", []),
        ("{{ page.content }}", []),
        ("{% image a %}\nWhat it shows.", ["\nWhat it shows."]),
        ("We went to {% include a.html %} then.", [f"We went to {OBJECT} then."]),
        ("{% raw %}{{ a }}{% endraw %} is shown.", [f"{OBJECT} is shown."]),
        ('We [saw *it*]({{ "/a/b.html" | url }}). Then we left.', ["We saw it. Then we left."]),
        ("We [saw it]({% link a.md %}). Then [we]({{ site.baseurl }}/b) left.", ["We saw it. Then we left."]),
        ("See ![the U.S. map]({{ a }}) here.", ["See  here."]),
        ("[one] and [two]({{ a }})", ["[one] and two"]),
        ("Some words.\n{: .class #id}", ["Some words."]),
        ("{:.no_toc}\n# Head", ["Head"]),
        ("* TOC\n{:toc}\n\nText.", ["Text."]),
        ("[TOC]\n\nText.", ["Text."]),
        ("[[_TOC_]]", []),
        ("Print with {:?} or {a, b}.", ["Print with {:?} or {a, b}."]),
        ("It never ends: {{ a and so on.", ["It never ends: {{ a and so on."]),
        ("It never ends: {% a and so on.", ["It never ends: {% a and so on."]),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\nText.", ["Text."]),
        ("Before.\n\n{% highlight ruby %}\nputs 1\n\nputs 2\n{% endhighlight %}\n\nText.", ["Before.", "Text."]),
        ("{% comment %}\nLater.\n\nNever.\n\n{% endcomment %}\nText.", ["\nText."]),
        ("{% comment %}\n\nNobody closes it.", ["Nobody closes it."]),
        ("So $\\alpha_1 = 2$ holds, for $5 or $10.", [f"So {OBJECT} holds, for $5 or $10."]),
        ("$$\na^2 + b^2\n$$", []),
        ("`{{ a }}` is code.", [f"{OBJECT} is code."]),
    ],
)
def test_what_is_said(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_attributes_are_cut_where_nothing_else_reads_them() -> None:
    text = "Words.\n{: .class #id}"
    assert [text[cut.start : cut.end] for cut in cuts(text)] == ["{: .class #id}"]
    text = "Words {.class} and {#id .class}, {#?}, {:?} and {.5, 1}."
    assert [text[cut.start : cut.end] for cut in cuts(text)] == ["{.class}", "{#id .class}"]


@pytest.mark.parametrize("shortcodes", [True, False])
def test_tags_of_hugo_are_nothing_that_is_said(shortcodes: bool) -> None:
    text = "Look {{< icon x >}} here.\n\n{{< map >}}\n\n{{% note %}}\nMind the *gap*.\n{{% /note %}}\n"
    assert [each.replace(OBJECT, "").split() for each in said(text, shortcodes=shortcodes)] == [
        ["Look", "here."],
        ["Mind", "the", "gap."],
    ]


def test_mdx_is_read_without_its_code() -> None:
    text = (
        "import Chart from '../chart'\n\nexport const year = 2020\n\nIn {props.year} it {/* hm */}snowed.\n\n"
        "<Chart values={data} />\n\nText in <Bold size={2}>one</Bold> word.\n"
    )
    assert said(text, "a.mdx") == [f"In {OBJECT} it snowed.", "Text in one word."]
    assert len(said(text)) > 2, "in Markdown it is text"


PIECES = (
    "word",
    " ",
    "{{",
    "}}",
    "{%",
    "%}",
    " a ",
    "](",
    ")",
    "[",
    "\n",
    "\n\n",
    "- ",
    "{: .a}",
    "*",
    "`",
    "{#",
    "#}",
    "é",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_places_hold_whatever_is_cut(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.split("\n")
    for passage in read(text).passages:
        for at, character in enumerate(passage.text):
            line, column = passage.place(at)
            if character.isalnum():
                assert lines[line - 1][column - 1] == character, (passage.text, at)


@pytest.mark.parametrize(
    "piece", ["{{ a ", "{% a ", "]({{ a ", "{% comment %} ", "[x]({{ a }}) ", "{# ", "{: ", "{.a "]
)
def test_time_is_linear(piece: str) -> None:
    times = []
    for size in (1_000, 4_000):
        text = piece * size
        begun = time.process_time()
        said(text)
        times.append(time.process_time() - begun)
    assert times[1] < 12 * max(times[0], 0.01)


SHORTCODES = """{{< quote by="Samuel Johnson" url="https://a.example/" >}}
Read over your *compositions*.

- And again.
{{< /quote >}}

{{< details "More" >}}
The author's own.

{{< quote >}}
Not the author's.
{{< /quote >}}
{{< /details >}}

{{< figure src="a.png" alt="A tank" >}}
The tank.
{{< /figure >}}

{{< figure src="b.png" >}}

{{< figure src="c.png" alt="" >}}

{{< quote >}}In one line.{{< /quote >}}

He said {{< quote >}}so{{< /quote >}} to me.

{{< mermaid >}}
graph TD
{{< /mermaid >}}
"""


def test_what_the_text_of_shortcodes_is() -> None:
    made = read(SHORTCODES)
    assert [(each.kind, each.quoted, each.text) for each in made.passages] == [
        ("paragraph", True, "Read over your compositions."),
        ("paragraph", True, "And again."),
        ("paragraph", False, "The author's own."),
        ("paragraph", True, "Not the author's."),
        ("caption", False, "The tank."),
        ("paragraph", True, "In one line."),
        ("paragraph", False, "He said so to me."),
    ]
    assert made.pictures == [("a.png", "A tank", 15, 1), ("b.png", "", 19, 1)]
    assert [(use.name, use.paired, use.line) for use in made.uses][:3] == [
        ("quote", True, 1),
        ("details", True, 7),
        ("quote", True, 10),
    ]
    assert made.uses[0].said("author", "by") == "Samuel Johnson"
    assert made.uses[1].said("summary", at=0) == "More"


def test_the_title_of_an_admonition_is_no_sentence() -> None:
    made = read("::: note Mind the gap\n\nIt is wide.\n\n:::\n")
    assert [(each.kind, each.text) for each in made.passages] == [
        ("title", "Mind the gap"),
        ("paragraph", "It is wide."),
    ]
