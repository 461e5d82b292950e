from pathlib import Path

from quittance.storage.secret_key import fingerprint, kept_key, place_of_key


def test_the_key_of_the_environment_comes_before_that_of_the_folder(tmp_path: Path) -> None:
    assert kept_key({}, tmp_path) == ""
    assert not place_of_key(tmp_path).exists()  # nothing is made by looking
    place_of_key(tmp_path).write_text("kept")
    assert kept_key({}, tmp_path) == "kept"
    assert kept_key({"QUITTANCE_SECRET": "given"}, tmp_path) == "given"


def test_a_fingerprint_tells_keys_apart_and_not_what_they_are() -> None:
    key = "a long and secret key"
    assert len(fingerprint(key)) == 16
    assert fingerprint(key) != fingerprint(key + "!")
    assert not any(part in fingerprint(key) for part in key.split())
