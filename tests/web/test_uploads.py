import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.services.people import user


def brought(client: Client, size: int, **headers: str) -> int:
    file = SimpleUploadedFile("books.csv", b"x" * size)
    return client.post("/language/", {"language": "fr", "file": file}, **headers).status_code


@pytest.mark.usefixtures("db")
def test_a_stranger_brings_no_files() -> None:
    client = Client(SERVER_NAME="localhost")
    assert brought(client, settings.STRANGERS_UPLOAD_BYTES) == 400
    assert brought(client, 1000) == 302


@pytest.mark.usefixtures("db")
def test_a_person_brings_files_up_to_the_quota() -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user("ann@x.example"))
    assert brought(client, settings.STRANGERS_UPLOAD_BYTES) == 302
    with override_settings(UPLOAD_BYTES=100_000):
        assert brought(client, 90_000) == 302
        assert brought(client, 200_000) == 400


@pytest.mark.usefixtures("db")
def test_bytes_are_counted_and_not_only_announced() -> None:
    from django.core.exceptions import RequestDataTooBig
    from django.test import RequestFactory

    from quittance.web.uploads import Quota

    quota = Quota(RequestFactory().post("/"))
    quota.handle_raw_input(None, {}, 10, b"")
    assert quota.receive_data_chunk(b"x" * 60_000, 0) == b"x" * 60_000
    with pytest.raises(RequestDataTooBig):
        quota.receive_data_chunk(b"x" * 60_000, 60_000)


@pytest.mark.usefixtures("db")
def test_neither_fields_nor_files_come_without_end() -> None:
    client = Client(SERVER_NAME="localhost")
    assert client.post("/language/", {"language": "x" * 6 * 1024**2}).status_code == 400
    many = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    client.force_login(user("ann@x.example"))
    assert client.post("/language/", many).status_code == 400
