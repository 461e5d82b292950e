"""Views that a person keeps."""

import pytest
from tests.services.given import company_with_books
from tests.services.people import joined

from quittance.services.saved_views import UnableToSaveView, forget_view, save_view
from quittance.storage.access import NotThereError
from quittance.storage.models import SavedView

pytestmark = pytest.mark.usefixtures("db")


def test_a_view_keeps_filters_and_sort_but_neither_page_nor_file() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    asked = "?segment=A&sort=-overdue_minor&page=3&format=csv&collector=1&collector=2"
    view = save_view(company.pk, ines.pk, page="customers", name="  Mes  clés ", query=asked)
    assert (view.name, view.query) == (
        "Mes clés", "segment=A&sort=-overdue_minor&collector=1&collector=2",
    )  # fmt: skip


def test_the_same_name_is_kept_anew_and_another_persons_is_another() -> None:
    company = company_with_books()
    ines, karim = joined(company, "collector"), joined(company, "accountant")
    for user, query in ((ines, "kind=public"), (ines, "kind=consumer"), (karim, "kind=business")):
        save_view(company.pk, user.pk, page="customers", name="Vue", query=query)
    found = SavedView.objects.order_by("user_id").values_list("user_id", "query")
    assert list(found) == [(ines.pk, "kind=consumer"), (karim.pk, "kind=business")]


def test_a_view_is_forgotten_by_its_owner_alone() -> None:
    company = company_with_books()
    ines, karim = joined(company, "collector"), joined(company, "accountant")
    view = save_view(company.pk, ines.pk, page="customers", name="Vue", query="")
    with pytest.raises(NotThereError):
        forget_view(company.pk, view.pk, user_id=karim.pk)
    forget_view(company.pk, view.pk, user_id=ines.pk)
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_and_one_too_many_are_refused() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    with pytest.raises(UnableToSaveView) as refusal:
        save_view(company.pk, ines.pk, page="customers", name=" ", query="")
    assert refusal.value.text("fr") == (
        "Une vue a un nom de 1 à 80 caractères, et une liste au plus 50 vues. Nommez-la, ou "
        "oubliez-en une autre."
    )
    assert refusal.value.text("en") == (
        "A view has a name of 1 to 80 characters, and a list at most 50 views. Name it, or forget "
        "another one."
    )
    for number in range(50):
        save_view(company.pk, ines.pk, page="customers", name=f"Vue {number}", query="")
    with pytest.raises(UnableToSaveView):
        save_view(company.pk, ines.pk, page="customers", name="Une de trop", query="")
    save_view(company.pk, ines.pk, page="customers", name="Vue 49", query="kind=public")
