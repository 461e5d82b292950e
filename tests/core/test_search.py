import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.core.search import best_matches, mistakes_between, near_words, search_index

NAMES = [
    "c0001 boulangerie martin lyon 732829320",
    "c0002 martinez freres",
    "c0003 menuiserie leroy",
    "c0004 electricite durand et fils",
    "c0005 societe generale d electricite",
    "c0006 martin",
    "c0007 clinique du parc",
    "c0008 hotels bellecour",
    "c0009 da silva batiment",
]
INDEX = search_index(pl.DataFrame({"text": NAMES}))


def found(query: str, *, largest: int = 10) -> list[str]:
    rows = best_matches(INDEX, query, largest=largest)["row"]
    return [NAMES[row].partition(" ")[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("martin", ["c0006", "c0001", "c0002"]),  # a whole word first, the shorter text first
        ("mart", ["c0006", "c0002", "c0001"]),
        ("boulangerie martin", ["c0001"]),
        ("martin boulangerie", ["c0001"]),
        ("c0003", ["c0003"]),
        ("829", ["c0001"]),  # inside an identifier
        ("732 829 320", ["c0001"]),  # an identifier as it is written in groups
        ("73 28 29 320", ["c0001"]),
        ("", []),
        ("zzzz", []),
    ],
)
def test_every_word_is_held(query: str, codes: list[str]) -> None:
    assert found(query) == codes


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("matrin boulangerie", "c0001"),  # two letters swapped
        ("boulangeri martni", "c0001"),
        ("menuserie", "c0003"),  # one left out
        ("menuisserie", "c0003"),  # one too many
        ("nenuiserie", "c0003"),  # the first one wrong
        ("elecrticite durant", "c0004"),
        ("clinik", "c0007"),  # two mistakes away, but the beginning of the word is one away
        ("clinique parcc", "c0007"),
        ("hotel belcour", "c0008"),  # two letters left out of nine
        ("hotels belcour", "c0008"),
        ("dasilva", "c0009"),  # two words as one
        ("dasil", "c0009"),
    ],
)
def test_mistakes_of_typing_are_forgiven(query: str, code: str) -> None:
    assert found(query)[0] == code


def test_a_number_is_never_taken_for_another() -> None:
    assert found("732829321") == []
    assert found("c0010") == []


def test_what_is_held_comes_before_what_is_near() -> None:
    assert found("electricite durand") == ["c0004"]
    assert found("marti") == ["c0006", "c0002", "c0001"]


def test_as_many_as_asked_for_and_no_more() -> None:
    assert len(found("e", largest=3)) == 3


def test_nothing_is_found_in_nothing() -> None:
    nothing = search_index(pl.DataFrame({"text": []}, schema={"text": pl.String}))
    assert best_matches(nothing, "martin", largest=5).is_empty()


def test_a_word_still_being_typed_is_near_the_beginning_of_another() -> None:
    words = near_words(INDEX, "elecrti", is_last=True).join(INDEX.words, on="word_id")
    assert words["word"].to_list() == ["electricite"]
    assert near_words(INDEX, "elecrti", is_last=False).is_empty()


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "ab", 1), ("abc", "abd", 1), ("ca", "abc", 3)],
)
def test_mistakes_are_counted(one: str, other: str, mistakes: int) -> None:
    assert mistakes_between(one, other, most=3) == mistakes


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_mistakes_are_the_same_both_ways_and_zero_only_for_the_same(one: str, other: str) -> None:
    there, back = mistakes_between(one, other, most=9), mistakes_between(other, one, most=9)
    assert there == back
    assert (there == 0) == (one == other)
    assert mistakes_between(one, other, most=1) == min(there, 2)
