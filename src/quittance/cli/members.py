"""`quittance member`: let somebody in again who lost a second factor or a password."""

from typing import TYPE_CHECKING, Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.companies import NEW_PASSWORD, asked_password, is_typed
from quittance.cli.record import actor, opened, refused
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from quittance.storage.models import User

member_app = typer.Typer(help="Accès des personnes. / People's access.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="Adresse de la personne / The person's address")]

UNKNOWN = Phrase(
    "Personne n'a l'adresse {email} dans cette installation ; rien n'a été changé.",
    "Nobody has the address {email} in this installation; nothing was changed.",
)
FORGOTTEN = Phrase(
    "Seconds facteurs de {email} oubliés ({kinds}), sessions closes : le mot de passe seul ouvre, "
    "jusqu'à ce qu'un nouveau soit ajouté dans « Mon compte ».",
    "Second factors of {email} forgotten ({kinds}), sessions ended: the password alone lets in, "
    "until a new one is added under 'My account'.",
)
NONE_KEPT = Phrase(
    "{email} n'a pas de second facteur ; ses sessions sont closes.",
    "{email} has no second factor; the sessions were ended.",
)
KINDS = {
    "totp": Phrase("application", "application"),
    "webauthn": Phrase("clé d'accès", "passkey"),
    "recovery_codes": Phrase("codes de secours", "recovery codes"),
}
WEAK = Phrase("Mot de passe refusé : {cause}", "Password refused: {cause}")
GIVEN = Phrase(
    "Nouveau mot de passe pour {email}, sessions closes.",
    "New password for {email}, sessions ended.",
)


@member_app.command("reset-second-factor")
def reset_second_factor(email: Email, *, lang: opt.Language = opt.Lang.fr) -> None:
    """Oublier les seconds facteurs perdus de quelqu'un. / Forget somebody's lost second factors."""
    opened()
    from quittance import clock
    from quittance.services.members import forget_second_factor

    kinds = forget_second_factor(known(email, lang), by=actor(), at=clock.now())
    named = ", ".join(KINDS[kind].text(lang.value) for kind in kinds)
    told = FORGOTTEN.filled(email=email, kinds=named) if kinds else NONE_KEPT.filled(email=email)
    typer.echo(told.text(lang.value))


@member_app.command("new-password")
def new_password(email: Email, *, lang: opt.Language = opt.Lang.fr) -> None:
    """Donner un nouveau mot de passe à quelqu'un. / Give somebody a new password."""
    opened()
    from django.core.exceptions import ValidationError

    from quittance import clock
    from quittance.services.members import give_password

    user = known(email, lang)
    password = asked_password(email, lang)
    try:
        give_password(user, password, by=actor(), at=clock.now())
    except ValidationError as refusal:
        raise refused(WEAK.filled(cause=" ".join(refusal.messages)), lang) from None
    said = GIVEN if is_typed() else NEW_PASSWORD
    typer.echo(said.filled(email=email, password=password).text(lang.value))


def known(email: str, lang: opt.Lang) -> "User":
    """The user of an address; refuses an unknown one."""
    from quittance.services.members import user_of

    user = user_of(email)
    if user is None:
        raise refused(UNKNOWN.filled(email=email), lang)
    return user
