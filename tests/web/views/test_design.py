"""The living page of components answers in both languages and every theme, for every member."""

import re

import pytest
from django.test import Client
from tests.services.people import opened, user


@pytest.fixture
def client(db: None) -> Client:
    owner = user("o@x.example", name="Inès Morel")
    opened("lumiere", owner)
    found = Client(SERVER_NAME="localhost")
    found.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def page(client: Client, query: str = "", **cookies: str) -> str:
    client.cookies.load(cookies)
    answer = client.get(f"/c/lumiere/design/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_speaks_the_language_of_the_user(client: Client) -> None:
    assert '<html lang="fr"' in page(client)
    assert "Balance âgée" in page(client)
    assert "Aged balance" in page(client, language="en")


def test_the_look_is_right_from_the_first_byte(client: Client) -> None:
    assert "data-theme" not in page(client)[:200]
    found = page(client, theme="dark", density="compact", keys="off")
    assert 'data-theme="dark" data-density="compact" data-keys="off"' in found


def test_no_script_no_style_and_no_other_host_is_in_the_page(client: Client) -> None:
    text = page(client)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    outside = re.findall(r"(?:src|href|action)=\"(https?:)?//", text)
    assert outside == []


def test_the_table_follows_the_address(client: Client) -> None:
    text = page(client, "?q=hotels&sort=-balance_minor")
    rows = re.findall(r'<th scope="row" class="freeze t"><a href="[^"]*">([^<]*)</a>', text)
    assert set(rows) == {"Hôtels Bellecour", "Hôtels Bellecour 14", "Hôtels Bellecour 28"}
    assert 'aria-sort="descending"' in text


def test_every_id_is_there_once(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(client))
    assert sorted(ids) == sorted(set(ids))
