"""The secret key of an installation: given, or made once and kept where only its user reads."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from quittance.storage.secret_key import kept_key, place_of_key


def secret_key(environ: Mapping[str, str], home: Path) -> str:
    """The key of the environment, else of the file `secret_key` of the home folder, made if absent.

    Two processes that start together agree: the file appears whole, and the first one wins.
    """
    known = kept_key(environ, home)
    if known:
        return known
    place = place_of_key(home)
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text(encoding="ascii")
