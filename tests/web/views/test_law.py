import pytest
from tests.web.views.pages import owned, text

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/c/lumiere/law/?as_of=2026-09-30", ("12,40 %", "L441-10 II", "40,00", "30/09/2026")),
        ("/c/lumiere/law/?as_of=2026-06-01", ("12,15 %",)),
        ("/c/lumiere/law/ceilings/?as_of=2026-09-30", ("L441-10 I al. 2", "fin de mois", "60")),
        ("/c/lumiere/law/limitation/?as_of=2026-09-30", ("L110-4", "L218-2", "échéance")),
        ("/c/lumiere/law/eu/", ("AT", "Directive 2011/7")),
    ],
)
def test_each_part_says_the_value_of_the_day_and_its_article(
    address: str, told: tuple[str, ...]
) -> None:
    client, _ = owned()
    page = text(client, address)
    assert [one for one in told if one not in page] == []


def test_a_part_is_a_file_too_and_another_one_is_not_there() -> None:
    client, _ = owned()
    answer = client.get("/c/lumiere/law/?format=csv&as_of=2026-09-30")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "L441-10 II" in answer.content.decode()
    assert client.get("/c/lumiere/law/canon/").status_code == 404
