"""What an import would change, in the words and amounts that a person decides on."""

from typing import TYPE_CHECKING, Any

import polars as pl

from quittance.core.ledger import Receivables
from quittance.core.phrase import Phrase
from quittance.core.problems import has_errors, no_problems, sentences, set_aside
from quittance.services.customer_examples import customer_examples
from quittance.services.import_reversions import reversions_of
from quittance.storage.models import Customer, Import

if TYPE_CHECKING:
    from quittance.services.books import Changes

SHOWN = 200
FIELDS = ("kind", "document", "date", "issue_date", "due_date", "currency", "amount_minor")
DECIDED_ON = (
    "new", "changed", "changed_from", "vanished", "customers", "contacts", "allocations",
    "movements", "rates",
)  # fmt: skip
NOT_SAID = (
    "examples", "problems", "absent", "reversions", "known", "base", "differs", "files",
)  # fmt: skip
Summary = dict[str, Any]


def summary(
    found: Import,
    changes: "Changes",
    *,
    wanted: Receivables,
    absent: pl.DataFrame,
    problems: pl.DataFrame,
) -> Summary:
    """Counts, amounts and examples of a difference, and what was met in the files."""
    items, people = changes.items, changes.people
    balance = pl.concat(
        [items.unchanged.select("currency", "amount_minor"),
         items.added.select("currency", "amount_minor")]
    )  # fmt: skip
    before = pl.concat(
        [part.select("currency", "amount_minor")
         for part in (items.unchanged, items.outdated, items.vanished)]
    )  # fmt: skip
    return {
        "new": by_kind(items.new),
        "changed": by_kind(items.corrected),
        "changed_from": by_kind(items.outdated),
        "vanished": by_kind(items.vanished),
        "unchanged": items.unchanged.height,
        "customers": {"new": people.new.height, "changed": people.changed.height},
        "contacts": {
            "new": changes.contacts.new.height,
            "changed": changes.contacts.corrected.height,
            "vanished": changes.contacts.vanished.height,
        },
        "allocations": {
            "new": changes.allocations.added.height,
            "reversed": changes.allocations.reversed.len(),
            "manual_followed": changes.manual.followed.height,
            "manual_lost": changes.manual.lost.height,
        },
        "movements": changes.movements.added.height,
        "rates": changes.rates.added.height,
        "balance": {"before": totals(before), "after": totals(balance)},
        "examples": examples(found.company_id, changes),
        "absent": missing(absent),
        "reversions": reversions_of(found.company_id, items),
        "problems": told(problems, between=wanted.problems),
        "notes": [{"fr": note.fr, "en": note.en} for note in wanted.notes],
        "is_empty": changes.is_empty,
    }


def unread(problems: pl.DataFrame, *, between: pl.DataFrame | None = None) -> Summary:
    """What is told of an import of which something cannot be read, or not together."""
    return {"problems": told(problems, between=no_problems() if between is None else between)}


def said(found: Summary) -> Summary:
    """What the journal keeps of a summary: no examples, which the facts themselves are."""
    return {name: value for name, value in found.items() if name not in NOT_SAID}


def differs(seen: Summary, fresh: Summary) -> bool:
    """Whether an import would now change something else than what a person has seen."""
    return any(seen.get(name) != fresh.get(name) for name in DECIDED_ON)


def missing(absent: pl.DataFrame) -> Summary:
    """What older files hold in the period of these files, and these files do not."""
    ours = absent.filter(pl.col("customer").is_not_null())
    shown = ours.head(SHOWN).with_columns(pl.col("date").cast(pl.String))
    columns = ("date", "customer", "document", "currency", "amount_minor", "file", "covering")
    return {
        "count": ours.height,
        "others": absent.height - ours.height,  # entries that touch no customer
        "amounts": totals(ours),
        "examples": shown.select(columns).to_dicts(),
    }


def by_kind(rows: pl.DataFrame) -> list[Summary]:
    """Counts and amounts by kind and currency."""
    groups = rows.group_by("kind", "currency").agg(
        count=pl.len(), amount_minor=pl.col("amount_minor").sum()
    )
    return groups.sort("kind", "currency").to_dicts()


def totals(rows: pl.DataFrame) -> dict[str, int]:
    """The sum of each currency."""
    sums = rows.group_by("currency").agg(pl.col("amount_minor").sum()).sort("currency")
    return {str(currency): int(total) for currency, total in sums.iter_rows()}


def examples(company_id: int, changes: "Changes") -> Summary:
    """The largest rows of each sort of change; a corrected one with what it was."""
    new, vanished = largest(changes.items.new), largest(changes.items.vanished)
    changed = largest(changes.items.corrected)
    was = changed.select("key").join(
        changes.items.outdated.select("key", *FIELDS), on="key", maintain_order="left"
    )
    owners = pl.concat([part["customer_id"] for part in (new, vanished, changed)])
    names = names_of(company_id, owners, new=changes.people.new)
    return {
        "new": plain(new, names),
        "vanished": plain(vanished, names),
        "changed": [
            {**now, "was": {f: old[f] for f in FIELDS if old[f] != now[f]}}
            for now, old in zip(plain(changed, names), plain(was, {}), strict=True)
        ],
        "customers": changes.people.new.select("customer", "name").head(SHOWN).to_dicts(),
        **customer_examples(changes.people, changes.contacts, most=SHOWN),
    }


def largest(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the largest amounts, whatever their sign."""
    size = pl.col("amount_minor").abs()
    return rows.top_k(SHOWN, by=size).sort(size, "key", descending=[True, False])


def names_of(company_id: int, owners: pl.Series, *, new: pl.DataFrame) -> dict[int, str]:
    """The name of each customer of some rows."""
    known = Customer.objects.filter(company_id=company_id, pk__in=owners.unique().to_list())
    found = {pk: f"{code} · {name}" for pk, code, name in known.values_list("pk", "code", "name")}
    coming = new.filter(pl.col("id").is_in(owners.implode()))
    for pk, code, name in coming.select("id", "customer", "name").iter_rows():
        found[pk] = f"{code} · {name}"
    return found


def plain(rows: pl.DataFrame, names: dict[int, str]) -> list[Summary]:
    """Rows as JSON holds them: days as text, customers by name."""
    days = [pl.col(name).cast(pl.String) for name in ("date", "issue_date", "due_date")]
    return [
        {
            **{field: row[field] for field in FIELDS},
            "customer": names.get(row.get("customer_id", 0)),
        }
        for row in rows.with_columns(days).iter_rows(named=True)
    ]


def told(of_files: pl.DataFrame, *, between: pl.DataFrame) -> Summary:
    """Problems as sentences in both languages, the first ones, and how many there are.

    Those of a file are kept beside it; those between files are kept here, as rows.
    """
    problems = pl.concat([of_files, between])
    shown = problems.head(SHOWN)
    pairs = zip(sentences(shown, "fr"), sentences(shown, "en"), shown["severity"], strict=True)
    return {
        "count": problems.height,
        "set_aside": set_aside(problems),
        "has_errors": has_errors(problems),
        "sentences": [{"fr": fr, "en": en, "severity": severity} for fr, en, severity in pairs],
        "between": between.head(SHOWN).to_dicts(),
    }


def phrases(found: Summary) -> tuple[Phrase, ...]:
    """The notes of a summary."""
    return tuple(Phrase(note["fr"], note["en"]) for note in found.get("notes", []))
