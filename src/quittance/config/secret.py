"""The secret key of an installation: given, or made once and kept where only its user reads."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def secret_key(environ: Mapping[str, str], home: Path) -> str:
    """The key of the environment, else of the file `secret_key` of the home folder, made if absent.

    Two processes that start together agree: the file appears whole, and the first one wins.
    """
    given = environ.get("QUITTANCE_SECRET", "")
    if given:
        return given
    place = home / "secret_key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f".secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text(encoding="ascii")
