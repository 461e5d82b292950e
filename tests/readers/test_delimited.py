"""Lines cut into fields, and the lines of another width."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.readers.delimited import cut, line_by_line, whole

FEW = settings(max_examples=60, derandomize=True, deadline=None)
NAMES = ["a", "b", "c"]


def fields(body: bytes, separator: str = ";") -> tuple[list[tuple[str, ...]], list[object]]:
    table, wrong = cut(body, separator, names=NAMES, used=NAMES, first_line=2)
    return table.select("line", *NAMES).rows(), wrong.select("line", "fields").rows()


@pytest.mark.parametrize(
    "body", [b"1;2;3\n4;5;6\n", b"1;2;3\n4;5;6", b"1;2;3;\n4;5;6;\n", b"1;2;3;\n4;5;6\n"]
)
def test_lines_may_end_with_a_separator_or_not(body: bytes) -> None:
    assert fields(body) == ([(2, "1", "2", "3"), (3, "4", "5", "6")], [])


def test_a_line_of_another_width_is_told_with_its_number() -> None:
    rows, wrong = fields(b"1;2;3\n4;5\n6;7;8;9\n;;\n")
    assert rows == [(2, "1", "2", "3"), (5, "", "", "")]
    assert wrong == [(3, 2), (4, 4)]


def test_a_short_line_and_a_long_one_do_not_cancel_out() -> None:
    """The count of separators alone would not see them."""
    rows, wrong = fields(b"1;2;3;4\n5;6\n7;8;9\n")
    assert rows == [(4, "7", "8", "9")]
    assert wrong == [(2, 4), (3, 2)]


def test_empty_lines_do_not_count() -> None:
    assert fields(b"1;2;3\n\n   \n4;5;6\n") == ([(2, "1", "2", "3"), (5, "4", "5", "6")], [])
    assert fields(b"") == ([], [])
    assert fields(b"\n\n") == ([], [])


def test_quotes_are_plain_characters() -> None:
    assert fields(b'"1;2";3\n')[0] == [(2, '"1', '2"', "3")]


def test_spaces_belong_to_the_fields() -> None:
    assert fields(b" 1 ;2 ; 3\n")[0] == [(2, " 1 ", "2 ", " 3")]


def test_two_columns_of_one_name_keep_the_first() -> None:
    table, _ = cut(b"1;2;3\n", ";", names=["a", "b", "a"], used=["a", "b"], first_line=1)
    assert table.rows() == [(1, "1", "2")]


def test_only_the_used_columns_come_out() -> None:
    table, _ = cut(b"1;2;3\n", ";", names=NAMES, used=["c"], first_line=1)
    assert table.columns == ["line", "c"]


@FEW
@given(
    st.lists(
        st.lists(st.text("x 1é\"'", max_size=3), min_size=1, max_size=5).filter(any), max_size=6
    ),
    st.booleans(),
)
def test_both_ways_of_cutting_agree(lines: list[list[str]], ends: bool) -> None:
    """The short way, when it applies, gives what the careful one gives."""
    lines = [line for line in lines if ";".join(line).strip(" ")]
    body = ("\n".join(";".join(line) for line in lines) + ("\n" if ends and lines else "")).encode()
    careful, wrong = line_by_line(body, ";", names=NAMES, used=NAMES, first_line=2)
    assert careful.height + wrong.height == len(lines)
    short = whole(body, ";", names=NAMES, used=NAMES)
    if short is not None:
        assert wrong.is_empty()
        stripped = [[*row[:-1], row[-1].rstrip(" ")] for row in short.rows()]
        assert stripped == [
            [*row[:-1], row[-1].rstrip(" ")] for row in careful.select(NAMES).rows()
        ]
