"""The filters of a table: what may be chosen, what is chosen, and the links that undo it."""

from django.http import QueryDict

from quittance.core.phrase import Language, Phrase
from quittance.reports.render.formats import clean
from quittance.reports.report import Report
from quittance.web.narrowing import codes_asked
from quittance.web.table_views import Choice

ALL = Phrase("{column} : tout", "{column}: all")
CHIP = Phrase("{column} : {value}", "{column}: {value}")
SEARCHED = Phrase("« {words} »", "“{words}”")


def address(query: QueryDict, /, **changes: str | None) -> str:
    """The query of a link: the present one with changes; None takes a parameter away."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}" if changed else "?"


def choices_of(
    report: Report, query: QueryDict, *, lang: Language, prefix: str
) -> tuple[Choice, ...]:
    """A filter for each column of codes that tells rows apart: two codes, or one and none."""
    found = []
    for column in (one for one in report.columns if one.words):
        present = set(report.rows[column.name].unique().to_list())
        codes = [code for code in (column.words or {}) if code in present]
        if not codes or len(present) < 2:
            continue
        chosen = codes_asked(column, query, prefix=prefix)
        options = tuple((c, (column.words or {})[c].text(lang), c in chosen) for c in codes)
        label = column.label.text(lang)
        every = ALL.filled(column=column.label).text(lang)
        found.append(Choice(f"{prefix}{column.name}", label, every, options))
    return tuple(found)


def chips_of(
    report: Report, query: QueryDict, *, lang: Language, prefix: str
) -> tuple[tuple[str, str], ...]:
    """What is filtered, in words, each with the link that stops it."""
    away = {f"{prefix}page": None}
    found = []
    if asked := query.get(f"{prefix}q", "").strip():
        words_said = SEARCHED.filled(words=clean(asked)).text(lang)
        found.append((words_said, address(query, **{f"{prefix}q": None}, **away)))
    for column in report.columns:
        for code in codes_asked(column, query, prefix=prefix):
            value = (column.words or {})[code]
            text = CHIP.filled(column=column.label, value=value).text(lang)
            found.append((text, address(query, **{f"{prefix}{column.name}": None}, **away)))
    return tuple(found)


def own_names(report: Report, prefix: str) -> set[str]:
    """The parameters that belong to this table's filters."""
    return {f"{prefix}{c.name}" for c in report.columns if c.words} | {f"{prefix}q"}


def kept_of(report: Report, query: QueryDict, *, prefix: str) -> tuple[tuple[str, str], ...]:
    """The other parameters of the address, which the filter form sends along."""
    own = own_names(report, prefix) | {f"{prefix}page", "format"}
    return tuple((n, v) for n, values in query.lists() if n not in own for v in values)


def cleared(report: Report, query: QueryDict, *, prefix: str) -> str:
    """The link that stops every filter."""
    own = own_names(report, prefix) | {f"{prefix}page"}
    return address(query, **dict.fromkeys(own))
