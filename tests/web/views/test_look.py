"""Choosing how pages look."""

from django.test import Client


def test_a_choice_is_kept_in_a_cookie_and_leads_back(db: None) -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.post("/look/", {"theme": "dark", "next": "/c/lumiere/?sort=name"})
    assert answer.headers["Location"] == "/c/lumiere/?sort=name"
    assert client.cookies["theme"].value == "dark"
    assert client.cookies["theme"]["httponly"]
    assert "density" not in client.cookies


def test_an_unknown_look_is_not_kept_and_another_host_is_not_gone_to(db: None) -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.post("/look/", {"theme": "<x>", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
    assert "theme" not in client.cookies


def test_a_look_is_not_changed_by_a_link(db: None) -> None:
    assert Client(SERVER_NAME="localhost").get("/look/?theme=dark").status_code == 405
