"""Lists as somebody likes to see them, kept under a name; a person's own, so not in the journal."""

from urllib.parse import parse_qsl, urlencode

from quittance.core.phrase import Phrase
from quittance.services.refusals import UnableTo
from quittance.storage.access import NotThereError
from quittance.storage.models import SavedView
from quittance.storage.scope import seeing

LONGEST_NAME, LONGEST_QUERY, MOST = 80, 2_000, 50
NOT_KEPT = frozenset({"page", "format", "table"})


class UnableToSaveView(UnableTo):
    """A view without a name, or more views than a list can show."""

    code = "saved-view"
    sentence = Phrase(
        "Une vue a un nom de 1 à {longest} caractères, et une liste au plus {most} vues.",
        "A view has a name of 1 to {longest} characters, and a list at most {most} views.",
    )
    remedy = Phrase("Nommez-la, ou oubliez-en une autre.", "Name it, or forget another one.")


def save_view(company_id: int, user_id: int, *, page: str, name: str, query: str) -> SavedView:
    """Keep the filters, sort and columns of a list under a name; the same name is kept anew.

    Raises UnableToSaveView.
    """
    plain = " ".join(name.split())
    kept = [(key, value) for key, value in parse_qsl(query.lstrip("?")) if key not in NOT_KEPT]
    with seeing(company_id):
        mine = SavedView.objects.filter(company_id=company_id, user_id=user_id, page=page)
        is_full = mine.exclude(name=plain).count() >= MOST
        if not 1 <= len(plain) <= LONGEST_NAME or is_full:
            raise UnableToSaveView(longest=LONGEST_NAME, most=MOST)
        view, _ = SavedView.objects.update_or_create(
            company_id=company_id, user_id=user_id, page=page, name=plain,
            defaults={"query": urlencode(kept)[:LONGEST_QUERY]},
        )  # fmt: skip
    return view


def forget_view(company_id: int, view_id: int, *, user_id: int) -> None:
    """Forget one of one's own views. Raises NotThereError for no such view."""
    with seeing(company_id):
        mine = SavedView.objects.filter(company_id=company_id, user_id=user_id, pk=view_id)
        if not mine.delete()[0]:
            raise NotThereError(str(view_id))
