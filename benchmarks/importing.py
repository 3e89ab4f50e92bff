"""How long an import from WordPress takes, and how much memory: `python benchmarks/importing.py --items 5000`.

The export is made here, of words with markup as WordPress writes it; the import runs in a process of its own. With
`--judged` the gate looks at the new site as well, as it does without `--no-check`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "pump water tank valve repair morning neighbour field letter paper winter garden answer question number street"
    " machine window river story friend village season market kitchen journey mountain picture record summer"
).split()
# Texts of a blog have a few words in common, and most not: of 36 words alone, posts would look copied from each other.
RARE = tuple(
    "".join(each)
    for each in itertools.product(("ba", "dro", "ki", "mu", "sta", "ven"), ("l", "nd", "r", "st"), WORDS[:20])
)
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Pumps</title><link>https://pumps.example</link>
<wp:base_blog_url>https://pumps.example</wp:base_blog_url>
"""


def sentences(chance: random.Random, words: int) -> str:
    """Return about `words` words in sentences, some of them marked up."""
    out: list[str] = []
    while words > 0:
        count = chance.randint(6, 18)
        said = [chance.choice(WORDS if chance.random() < 0.5 else RARE) for _ in range(count)]
        if chance.random() < 0.2:
            said[2] = f"<strong>{said[2]}</strong>"
        if chance.random() < 0.2:
            said[4] = f'<a href="https://pumps.example/2020/01/post-{chance.randint(1, 500)}/">{said[4]}</a>'
        out.append(" ".join(said).capitalize() + ".")
        words -= count
    return " ".join(out)


def write_export(path: Path, items: int, words: int) -> None:
    """Write an export with `items` posts of some `words` words."""
    chance = random.Random(9)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, items + 1):
            parts = [sentences(chance, words // 4) for _ in range(4)]
            items_of_list = "".join(f"<li>{sentences(chance, 8)}</li>" for _ in range(4))
            head = "<tr><th>A</th><th>B</th></tr>"
            table = f"<table><thead>{head}</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            body = f"{parts[0]}\n\n<h2>Second</h2>\n{parts[1]}\n<ul>{items_of_list}</ul>\n\n{parts[2]}\n\n"
            body += f"{table}\n\n{parts[3]}"
            file.write(
                f"<item><title>Post {number}</title><link>https://pumps.example/2020/01/post-{number}/</link>"
                f"<dc:creator>ann</dc:creator><content:encoded><![CDATA[{body}]]></content:encoded>"
                f"<wp:post_id>{number}</wp:post_id><wp:post_date>2020-01-02 10:00:00</wp:post_date>"
                f"<wp:post_date_gmt>2020-01-02 09:00:00</wp:post_date_gmt><wp:post_name>post-{number}</wp:post_name>"
                "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
                '<category domain="post_tag" nicename="pumps">pumps</category>'
                f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>"
                "<wp:comment_date_gmt>2020-01-03 10:00:00</wp:comment_date_gmt>"
                "<wp:comment_content>Yes.</wp:comment_content>"
                "<wp:comment_approved>1</wp:comment_approved></wp:comment></item>\n"
            )
        file.write("</channel></rss>\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--judged", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "export.xml"
        write_export(source, asked.items, asked.words)
        began = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "blogq",
            "import",
            "wordpress",
            str(source),
            "--into",
            f"{folder}/site",
            "--json",
            *([] if asked.judged else ["--no-check"]),
        ]
        done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parent.parent)
        took = time.perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime
        told = json.loads(done.stdout)
        size = source.stat().st_size / (1 << 20)
        print(f"{asked.items:,} items, {size:.0f} MiB: {took:.1f} s ({cpu:.1f} s of processor), at most {most:.0f} MiB")
        if told["check"]:
            print(f"{told['check']['known']:,} findings known; {told['check']['pace']}")
        print(f"load {os.getloadavg()[0]:.1f}; equal {told['counts']['equal']:,}, kept URLs {told['urls']['kept']:,}")


if __name__ == "__main__":
    main()
