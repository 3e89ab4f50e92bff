"""How well `ease` agrees with the levels that teachers gave texts, and the weights that it is made of.

    export BLOGQ_ONESTOP=path/to/OneStopEnglishCorpus
    python -m evaluations.ease             the figures in docs/measures.md
    python -m evaluations.ease --weights   the table in blogq/measure/ease.py

OneStopEnglish (https://github.com/nishkalavallabhi/OneStopEnglishCorpus, CC BY-SA 4.0) has 189 articles, each at three
levels. Weights are the differences between the elementary and the advanced texts. The intermediate texts have no part
in them: in the corpus their apostrophes and dashes are lost. The figures are of ten-fold cross-validation by article:
each text is judged with weights that no version of its article went into.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.measure.ease import Weight, weighted
from blogq.measure.ease_features import features
from blogq.measure.sentences import sentences
from blogq.measure.textstat_figures import figures
from blogq.measure.words import words

VARIABLE = "BLOGQ_ONESTOP"
LEVELS = (("Ele-Txt", "-ele"), ("Int-Txt", "-int"), ("Adv-Txt", "-adv"))
FOLDS = 10
FAMILIES = (
    ("log_sentence_length", "log_weighted_length", "long_sentences"),
    ("syllables", "polysyllables", "monosyllables", "letters", "long_words", "content_syllables"),
    ("zipf", "content_zipf", "content_rare", "content_unlisted_frequency", "content_common", "rarest"),
    ("content_level", "content_beyond_a2", "content_beyond_b1", "content_beyond_b2", "first_level"),
    ("pronouns", "of", "abstract"),
)
"""Features that measure the same thing share its weight."""


class Version(NamedTuple):
    """One article at one level."""

    features: dict[str, float]
    figures: dict[str, float]


Corpus = dict[str, tuple[Version, ...]]
"""Versions of each article, the easiest first."""


def version(path: Path) -> Version:
    """Measure one file of the corpus; each of its lines is a paragraph."""
    lines = path.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
    passages = [line.strip() for line in lines if line.strip()]
    if passages and passages[0].lower() == "intermediate":
        del passages[0]
    split = [words(passage[start:end]) for passage in passages for start, end in sentences(passage, "en")]
    return Version(features(split), figures("\n".join(passages), "en"))


def corpus(folder: Path) -> Corpus:
    """All articles that are there at all three levels."""
    found: dict[str, dict[int, Version]] = {}
    for level, (name, ending) in enumerate(LEVELS):
        for path in sorted((folder / "Texts-SeparatedByReadingLevel" / name).glob("*.txt")):
            article = path.stem.strip().lower().removesuffix(ending)
            found.setdefault(article, {})[level] = version(path)
    return {name: tuple(found[name][level] for level in range(3)) for name in sorted(found) if len(found[name]) == 3}


def fitted(articles: Sequence[tuple[Version, ...]]) -> dict[str, Weight]:
    """Weights from the elementary and the advanced version of some articles."""
    weights: dict[str, Weight] = {}
    for family in FAMILIES:
        for name in family:
            easy = [versions[0].features[name] for versions in articles]
            hard = [versions[2].features[name] for versions in articles]
            deviation = statistics.pstdev(easy + hard)
            difference = (statistics.fmean(easy) - statistics.fmean(hard)) / deviation
            weights[name] = Weight(statistics.fmean(easy + hard), deviation, difference / len(family))
    return weights


def scale(articles: Corpus) -> tuple[float, float]:
    """Centre and spread that give the sums the mean and the standard deviation of Flesch's Reading Ease."""
    weights = fitted(list(articles.values()))
    versions = [one for versions in articles.values() for one in versions]
    sums = [weighted(one.features, weights) for one in versions]
    flesch = [one.figures["flesch_reading_ease"] for one in versions]
    spread = statistics.pstdev(flesch) / statistics.pstdev(sums)
    return statistics.fmean(flesch) - spread * statistics.fmean(sums), spread


def cross_validated(articles: Corpus) -> dict[str, tuple[float, ...]]:
    """For each article the sums of its three versions, by weights that it had no part in."""
    names = sorted(articles)
    random.Random(1).shuffle(names)
    judged: dict[str, tuple[float, ...]] = {}
    for fold in range(FOLDS):
        weights = fitted([articles[name] for at, name in enumerate(names) if at % FOLDS != fold])
        for name in names[fold::FOLDS]:
            judged[name] = tuple(weighted(one.features, weights) for one in articles[name])
    return judged


class Agreement(NamedTuple):
    """How well scores (higher is easier) agree with levels."""

    spearman: float
    """Rank correlation of scores and levels over all texts, articles mixed."""
    separated: float
    """Share of pairs of an elementary and an advanced text, of any articles, that are in the right order (AUC)."""
    easiest: float
    """Share of articles whose elementary version scores higher than its advanced one."""
    ordered: float
    """Share of articles whose three versions are all in the right order."""


def agreement(scores: Mapping[str, Sequence[float]]) -> Agreement:
    """Compare the scores of the three versions of each article with their levels."""
    flat = [(score, -float(level)) for versions in scores.values() for level, score in enumerate(versions)]
    pairs = [easy[0] > hard[2] for easy in scores.values() for hard in scores.values()]
    return Agreement(
        spearman([score for score, _ in flat], [level for _, level in flat]),
        statistics.fmean(pairs),
        statistics.fmean(versions[0] > versions[2] for versions in scores.values()),
        statistics.fmean(versions[0] > versions[1] > versions[2] for versions in scores.values()),
    )


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """Spearman's rank correlation; equal values have the mean of their ranks."""
    return statistics.correlation(_ranks(left), _ranks(right))


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [statistics.fmean(places[value]) for value in values]


def main() -> None:
    """Print the figures, or the weights."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        sys.exit(f"{VARIABLE} must name a copy of the OneStopEnglish corpus")
    articles = corpus(Path(folder))
    if "--weights" in sys.argv[1:]:
        for name, part in fitted(list(articles.values())).items():
            print(f'    "{name}": Weight({part.mean:.4f}, {part.deviation:.4f}, {part.weight:.4f}),')
        centre, spread = scale(articles)
        print(f"CENTRE = {centre:.2f}\nSPREAD = {spread:.3f}")
        return
    scores: dict[str, Mapping[str, Sequence[float]]] = {"ease (cross-validated)": cross_validated(articles)}
    for name, sign in (
        ("flesch_reading_ease", 1),
        ("flesch_kincaid_grade", -1),
        ("gunning_fog", -1),
        ("smog_index", -1),
        ("coleman_liau_index", -1),
        ("automated_readability_index", -1),
        ("dale_chall_readability_score", -1),
        ("lix", -1),
    ):
        scores[name] = {key: [sign * one.figures[name] for one in articles[key]] for key in articles}
    print(f"{len(articles)} articles at three levels")
    print("| Figure | Spearman | elementary above advanced, any two texts | in one article | all three in order |")
    print("|---|---|---|---|---|")
    for name, values in scores.items():
        print(f"| {name} | " + " | ".join(f"{part:.3f}" for part in agreement(values)) + " |")


if __name__ == "__main__":
    main()
