"""Finding again by a few letters (*recherche instantanée*): words whole, begun, or mistyped.

Texts and queries come in lower case, without accents, one space between words. A text is found
when it holds every word of the query; where too few do, words of the texts that are one or two
keystrokes away stand in for mistyped ones. See docs/algorithms/search.md.
"""

import re
from dataclasses import dataclass

import polars as pl

from quittance.core.schema import Schema, checked

TEXTS: Schema = {"text": pl.String}
FOUND: Schema = {
    "row": pl.UInt32,  # of the texts, from 0
    "closeness": pl.Float64,  # 2 a whole word each time, 1 the beginning or inside, less: mistyped
}
SHORTEST_MISTYPED = 4  # letters: shorter words have too many neighbours
LONG = 7  # from so many letters on, two mistakes are forgiven
CANDIDATES = 240  # words compared letter by letter, at most
WORD = r"[a-z]{3,}"
SHORTEST_JOINED = 5  # letters of two words written as one


@dataclass(frozen=True)
class SearchIndex:
    """Texts with their words, and the words with their triples of letters."""

    texts: pl.DataFrame  # row, text between two spaces, pairs: each word with the next as one
    words: pl.DataFrame  # word_id, word: each word of letters, once
    places: pl.DataFrame  # word_id, row
    triples: pl.DataFrame  # triple, word_id


@checked(texts=TEXTS)
def search_index(texts: pl.DataFrame) -> SearchIndex:
    """The index of some texts, in their order."""
    joined = pl.element() + pl.element().shift(-1)
    pairs = pl.col("text").str.split(" ").list.eval(joined.drop_nulls()).list.join(" ")
    held = texts.select(
        text=pl.format(" {} ", "text"), pairs=pl.format(" {} ", pairs)
    ).with_row_index("row")
    every = held.select("row", word=pl.col("text").str.extract_all(WORD)).explode("word")
    words = every.drop_nulls().select(pl.col("word").unique()).sort("word")
    numbered = words.with_row_index("word_id")
    places = every.unique().join(numbered, on="word").select("word_id", "row").sort("word_id")
    return SearchIndex(held, numbered, places, triples_of(numbered))


def triples_of(words: pl.DataFrame) -> pl.DataFrame:
    """Every run of three letters of every word, a space standing for its beginning and its end."""
    padded = words.with_columns(padded=pl.format(" {} ", "word"))
    longest = int(padded["padded"].str.len_bytes().max() or 0)  # type: ignore[arg-type]
    runs = [
        padded.select(triple=pl.col("padded").str.slice(start, 3), word_id="word_id").filter(
            pl.col("triple").str.len_bytes() == 3
        )
        for start in range(longest - 2)
    ]
    empty = pl.DataFrame(schema={"triple": pl.String, "word_id": pl.UInt32})
    return pl.concat([empty, *runs]).unique().sort("triple")


def best_matches(index: SearchIndex, query: str, *, largest: int) -> pl.DataFrame:
    """The rows that a query finds, best first, as `FOUND`.

    >>> names = ["c1 boulangerie martin", "c2 martinez freres", "c3 menuiserie leroy"]
    >>> index = search_index(pl.DataFrame({"text": names}))
    >>> best_matches(index, "boulangrie", largest=5)["row"].to_list()
    [0]
    """
    words = query.split()
    if not words:
        return pl.DataFrame(schema=dict(FOUND))
    held = worded(index, words).head(largest)
    if held.height >= largest:
        return held
    near = mistyped(index, words).join(held, on="row", how="anti", maintain_order="left")
    return pl.concat([held, near]).head(largest)


def worded(index: SearchIndex, words: list[str]) -> pl.DataFrame:
    """The rows that hold every word, or all of them written together (an identifier in groups).

    A word of the query may also be two words of the text: `dasilva` for Da Silva.
    """
    text, together = pl.col("text"), "".join(words)
    has_all = pl.all_horizontal(text.str.contains(word, literal=True) for word in words)
    has_joined = text.str.contains(together, literal=True)
    is_pair = len(together) >= SHORTEST_JOINED and re.fullmatch("[a-z]+", together) is not None
    has_pair = pl.col("pairs").str.contains(f" {together}", literal=True) & is_pair
    found = index.texts.filter(has_all | has_joined | has_pair)
    whole = [text.str.contains(f" {word} ", literal=True) for word in words]
    begun = [text.str.contains(f" {word}", literal=True) for word in words]
    ranked = found.with_columns(
        closeness=1 + pl.sum_horizontal(whole) / len(words),
        begun=pl.sum_horizontal(begun),
        joined=has_joined & text.str.contains(f" {together}", literal=True),
    )
    ordered = ranked.sort(
        "joined", "closeness", "begun", text.str.len_bytes(), "row",
        descending=[True, True, True, False, False],
    )  # fmt: skip
    return ordered.select(FOUND.keys())


def mistyped(index: SearchIndex, words: list[str]) -> pl.DataFrame:
    """The rows that hold every word once mistakes of typing are forgiven."""
    last = len(words) - 1
    found = [rows_near(index, word, is_last=place == last) for place, word in enumerate(words)]
    both = found[0]
    for place, other in enumerate(found[1:]):
        both = both.join(other.rename({"closeness": f"closeness_{place}"}), on="row")
    names = [name for name in both.columns if name != "row"]
    mean = pl.mean_horizontal(names).alias("closeness")
    ranked = both.select("row", mean).join(index.texts, on="row", maintain_order="left")
    return ranked.sort(
        "closeness", pl.col("text").str.len_bytes(), "row", descending=[True, False, False]
    ).select(FOUND.keys())


def rows_near(index: SearchIndex, word: str, *, is_last: bool) -> pl.DataFrame:
    """The rows with a word near another one, and how near; a number must be there as it is."""
    exact = index.texts.filter(pl.col("text").str.contains(word, literal=True)).select(
        "row", closeness=pl.lit(1.0)
    )
    if len(word) < SHORTEST_MISTYPED or not re.fullmatch("[a-z]+", word):
        return exact
    near = near_words(index, word, is_last=is_last)
    rows = near.join(index.places, on="word_id").select("row", "closeness")
    return pl.concat([exact, rows]).group_by("row").agg(pl.col("closeness").max())


def near_words(index: SearchIndex, word: str, *, is_last: bool) -> pl.DataFrame:
    """The words at most one or two mistakes away; of the last one, only a beginning was typed."""
    mistakes = 2 if len(word) >= LONG else 1
    padded = f" {word}" if is_last else f" {word} "
    triples = [padded[start : start + 3] for start in range(len(padded) - 2)]
    shared = (
        index.triples.filter(pl.col("triple").is_in(triples))
        .group_by("word_id")
        .len()
        .join(index.words, on="word_id")
        .with_columns(gap=(pl.col("word").str.len_bytes().cast(pl.Int64) - len(word)).abs())
        .sort("len", "gap", "word_id", descending=[True, False, False])
        .head(CANDIDATES)
    )
    found = [
        (word_id, 1 - away / len(word))
        for word_id, other in shared.select("word_id", "word").iter_rows()
        if (away := distance_between(word, other, is_begun=is_last, most=mistakes)) <= mistakes
    ]
    return pl.DataFrame(found, {"word_id": pl.UInt32, "closeness": pl.Float64}, orient="row")


def distance_between(word: str, other: str, *, is_begun: bool, most: int) -> int:
    """How many mistakes lie between two words; `is_begun`: between a word and a beginning.

    >>> distance_between("matrin", "martin", is_begun=False, most=2)
    1
    >>> distance_between("boulagn", "boulangerie", is_begun=True, most=2)
    1
    """
    if not is_begun:
        return mistakes_between(word, other, most=most)
    lengths = {min(len(other), len(word) + more) for more in range(-most, most + 1)}
    return min(mistakes_between(word, other[:length], most=most) for length in lengths)


def mistakes_between(one: str, other: str, *, most: int) -> int:
    """Letters added, left out, changed or swapped with the next between two words.

    The optimal string alignment distance; more than `most` is said as `most + 1`.

    >>> mistakes_between("lyon", "lyom", most=2), mistakes_between("lyon", "paris", most=2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
