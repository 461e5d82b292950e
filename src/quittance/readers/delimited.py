"""Lines cut into fields at a separator, all at once, and the lines that have another width."""

import io
from collections.abc import Collection, Sequence

import polars as pl

EXTRA = "·"  # name of the field behind a trailing separator


def cut(
    body: bytes, separator: str, *, names: Sequence[str], used: Collection[str], first_line: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The used fields of each line of the right width, and the lines of another width.

    Both frames number their lines (`line`, from `first_line`); the second has `fields` (how many)
    and `text`. Quotes are plain characters. Empty lines do not count.
    """
    table = whole(body, separator, names=names, used=used)
    if table is not None:
        numbered = table.with_row_index("line", offset=first_line)
        return numbered, pl.DataFrame(
            schema={"line": pl.UInt32, "fields": pl.UInt32, "text": pl.String}
        )
    return line_by_line(body, separator, names=names, used=used, first_line=first_line)


def whole(
    body: bytes, separator: str, *, names: Sequence[str], used: Collection[str]
) -> pl.DataFrame | None:
    """All lines at once when every one has the heading's width, else None.

    No line is longer (the parser refuses), and the total number of separators is the expected one:
    so none is shorter either.
    """
    lines = body.count(b"\n") + (bool(body) and not body.endswith(b"\n"))
    inner, total = len(names) - 1, body.count(separator.encode())
    if not lines or total not in (lines * inner, lines * (inner + 1)):
        return None
    padded = [*names, EXTRA] if total == lines * (inner + 1) else [*names]
    if len(set(padded)) < len(padded):
        return None
    try:
        table = (
            pl.scan_csv(
                body,
                has_header=False,
                separator=separator,
                quote_char=None,
                schema=dict.fromkeys(padded, pl.String),
                empty_string_is_null=False,
            )
            .select(name for name in padded if name in used or name == EXTRA)
            .collect()
        )
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):  # a longer line
        return None
    if table.height != lines or has_text_behind(table):
        return None
    return table.drop(EXTRA, strict=False)


def has_text_behind(table: pl.DataFrame) -> bool:
    """Whether something stands behind the separator that closes a line."""
    return EXTRA in table.columns and bool((table[EXTRA].str.strip_chars(" ") != "").any())


def line_by_line(
    body: bytes, separator: str, *, names: Sequence[str], used: Collection[str], first_line: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same for a file with lines of several widths.

    A trailing separator is accepted where at least half of the lines have one.
    """
    width = len(names)
    lines = (
        pl.read_lines(io.BytesIO(body), name="text")
        .with_row_index("line", offset=first_line)
        .with_columns(pl.col("text").str.strip_chars_end(" "))
        .filter(pl.col("text") != "")
        .with_columns(fields=pl.col("text").str.count_matches(separator, literal=True) + 1)
    )
    ends = (pl.col("fields") == width + 1) & pl.col("text").str.ends_with(separator)
    most_end = lines.select(ends.sum() * 2 >= pl.len()).item()  # else it is one field too many
    is_sound = (pl.col("fields") == width) | (ends & most_end)
    unique = [name if names.index(name) == at else f"{EXTRA}{at}" for at, name in enumerate(names)]
    split = pl.col("text").str.split_exact(separator, width - 1).struct.rename_fields(unique)
    table = lines.filter(is_sound).with_columns(split).select("line", "text").unnest("text")
    return table.select("line", *(name for name in unique if name in used)), lines.filter(~is_sound)
