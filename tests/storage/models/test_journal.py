import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests.storage.models.drafts import recorded, with_customer

from quittance.storage.models import Event

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("act", ["UPDATE event SET action = 'x'", "DELETE FROM event"])
def test_the_application_can_only_add_events(act: str) -> None:
    _, _, draft = with_customer()
    recorded(draft)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
    assert Event.objects.get().action == "test.done"


def test_a_place_in_the_chain_is_taken_once() -> None:
    _, _, draft = with_customer()
    recorded(draft)
    event = Event.objects.get()
    event.pk = event.pk + 1_000
    with pytest.raises(DatabaseError, match="event_position_once"), transaction.atomic():
        event.save(force_insert=True)
