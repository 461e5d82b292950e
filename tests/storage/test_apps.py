from tests import record

record.ready()

from django.apps import apps  # noqa: E402


def test_every_table_of_ours_is_of_one_app() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("storage").get_models()}
    assert {"company", "customer", "event", "ledger_item", "allocation", "import"} <= tables
    ours = [model for model in apps.get_models() if model.__module__.startswith("quittance")]
    assert {model._meta.app_label for model in ours} == {"storage"}
