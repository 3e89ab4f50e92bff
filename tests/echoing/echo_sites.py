"""Small blogs in which posts repeat earlier ones, and texts of a corpus."""

from __future__ import annotations

import unicodedata
from pathlib import Path

NOW = "2026-06-01"
PUMP = (
    "The pump had been standing in the cellar for thirty years when my grandfather sold the house, and nobody"
    " remembered which of the two valves had to be opened first. We found out on a Sunday, with water in our shoes."
)
GARDEN = "Gardens want rain in May and patience in June, and neither can be bought at the market on a Saturday morning."
BREAD = (
    "Our village baker always left his dough resting overnight beside the cold window, because slow fermentation gives"
    " rye bread its sour taste and keeps the crumb moist for a week. Customers from three valleys arrived before dawn"
    " every Friday and carried loaves home on their bicycles. The oven was heated with beech from the forest, swept"
    " with a wet broom, and tested with a handful of flour which had to turn brown while one counted to twenty."
)
BREAD_REWORDED = (
    "Because slow fermentation gives rye bread a sour taste, the dough of our village baker rested overnight beside a"
    " cold window; for a week its crumb kept moist. On bicycles the loaves were carried home by customers who arrived"
    " from three valleys on Friday before dawn. Beech of the forest heated the oven; a wet broom swept it, and flour, a"
    " handful, tested it: brown it had to turn while one counted up to twenty."
)
MILL = (
    "The mill below the church ground for anybody who brought a sack, took every sixteenth measure for itself, and"
    " stood still in dry summers; then the whole village drove to the next valley, and talked about it until October."
)
CLOCK = (
    "Every evening at a quarter past six the watchmaker across the street wound the large clock in his window, set it"
    " by the radio, and lowered the iron shutter with a noise that all of us children took for the end of the day."
)
OTHER = "An older post begins in another way altogether, as older posts do, and goes on about the weather of that year."
SHORT = "The pump is still there."
ARABIC = (
    "كانت المضخة واقفة في القبو منذ ثلاثين عاما حين باع جدي البيت ولم يتذكر أحد أي الصمامين يجب أن"
    " يفتح أولا وقد عرفنا ذلك يوم الأحد والماء في أحذيتنا ثم ضحكت جدتي وقالت إن القبو كان يحب الماء"
    " أكثر منا جميعا"
)
CHINESE = (
    "祖父卖掉房子的时候，水泵已经在地窖里放了三十年，谁也不记得两个阀门应该先打开哪一个。我们在一个星期天才发现，"
    "鞋子里全是水。祖母笑着说，地窖比我们所有人都更喜欢水，于是大家坐在楼梯上等到天亮，听着雨声慢慢地变小。"
)
FRENCH = (
    "Le vieux moulin était à l'arrêt depuis l'été d'après la guerre; quand la rivière déborda, on entendit de nouveau"
    " les roues, et personne au village ne voulut dormir, de peur que le passé ne revienne avec l'eau et la neige."
)


LONG = (
    "At the market in the capital a fisherman sold pike and perch from the northern lakes until noon, packed in moss"
    " and crushed ice, and nobody ever bargained with him.",
    "The railway company closed the branch line in autumn: the last train had two carriages, eleven passengers, wreaths"
    " on the boiler, and a brass band that played at every station.",
    "In the library the reading room was heated on Wednesdays only, so that scholars, tramps and schoolchildren shared"
    " its long tables, turned pages with gloves on, and whispered about the stove.",
)
"""Paragraphs that have nothing to do with each other."""


def post(title: str, date: str, *paragraphs: str, front: str = "") -> str:
    """Return a post."""
    body = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\n{f'date: {date}' if date else ''}\n{front}---\n{body}\n"


BLOG = {
    "blogq.yaml": "title: Second Pass\nbase_url: https://blog.example/\ncorpora:\n  wire:\n    path: wire\n",
    "content/posts/the-pump.md": post("The pump in the cellar", "2025-02-03", PUMP, SHORT),
    "content/posts/the-mill.md": post("The mill", "2025-03-04", OTHER, MILL),
    "content/posts/echo.md": post(
        "What we keep", "2026-01-05", GARDEN, f"As I said once. {PUMP}", "## An afterword", MILL, CLOCK
    ),
    "content/posts/fresh.md": post("Fresh", "2026-02-06", "Nobody has ever written a word of this before today."),
    "content/about.md": "# About\n\nWho writes here.\n",
    "wire/clock.html": (
        "<html><head><title>The watchmaker</title>"
        '<link rel="canonical" href="https://wire.example/clock"></head>'
        f"<body><article><h1>The &lt;b&gt;watchmaker&lt;/b&gt; &#27;[31m</h1><p>{CLOCK}</p></article></body></html>"
    ),
}
"""`echo.md` has two paragraphs from earlier posts, the first with words of its own, and one from a corpus."""


SCRIPTS = {
    "blogq.yaml": "title: Many\nbase_url: https://blog.example/\n",
    "content/a-first.md": post("Zuerst", "2025-01-01", ARABIC, CHINESE, FRENCH),
    "content/b-second.md": post(
        "المضخة", "2025-02-01", ARABIC, GARDEN, f"序：{CHINESE}", unicodedata.normalize("NFD", FRENCH)
    ),
}
"""Arabic, Chinese, and French whose accents are characters of their own in the later post."""


def write(site: Path, files: dict[str, str]) -> Path:
    """Write the sources of a site."""
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site
