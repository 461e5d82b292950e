"""The command line. What a command needs is imported when it runs, so that `--help` is instant."""

import inspect
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quittance import __version__
from quittance.cli import options as opt
from quittance.cli.backup import backup, restore
from quittance.cli.companies import company_app
from quittance.cli.database import database_app
from quittance.cli.doctor import doctor
from quittance.cli.imports import import_files, imports_app
from quittance.cli.journal import journal_app
from quittance.cli.members import member_app
from quittance.cli.serve import demo, serve, stop, worker

if TYPE_CHECKING:
    from quittance.cli.reports import Build

app = typer.Typer(
    name="quittance",
    help="Qui doit quoi, depuis quand, pourquoi, et ce que cela coûte. / "
    "Who owes what, since when, why, and what it costs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
law_app = typer.Typer(help="Valeurs légales. / Legal values.", no_args_is_help=True)
app.add_typer(law_app, name="law")
app.command("import")(import_files)
for command in (serve, worker, stop, demo, doctor, backup, restore):
    app.command(command.__name__)(command)
app.add_typer(company_app, name="company")
app.add_typer(member_app, name="member")
app.add_typer(imports_app, name="imports")
app.add_typer(journal_app, name="journal")
app.add_typer(database_app, name="database")

Rate = Annotated[
    str, typer.Option("--rate", help="Taux du contrat : 8% ou 3xlegal / Rate of the contract")
]
Base = Annotated[opt.YearBase, typer.Option("--base", help="Année de / Year of 365, actual")]
Side = Annotated[
    opt.Side,
    typer.Option("--allocation", help="Un paiement règle d'abord / A payment settles first"),
]


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"quittance {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Version")
    ] = False,
) -> None:
    """Qui doit quoi, depuis quand, pourquoi, et ce que cela coûte. / Who owes what, and why."""


def on_books(name: str) -> Callable[[Callable[..., "Build"]], Callable[..., None]]:
    """Make a command of a function that gives a report's builder; it gets the books' options."""
    shared = inspect.signature(opt.books_request, eval_str=True).parameters

    def decorate(builder: Callable[..., "Build"]) -> Callable[..., None]:
        own = inspect.signature(builder, eval_str=False).parameters

        def command(**given: Any) -> None:
            from quittance.cli.reports import run

            extra = {key: given.pop(key) for key in own}
            run(opt.books_request(**given), builder(**extra))

        keyword = inspect.Parameter.KEYWORD_ONLY
        merged = [one.replace(kind=keyword) for one in (*shared.values(), *own.values())]
        command.__signature__ = inspect.Signature(merged)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in merged}
        command.__doc__ = builder.__doc__
        app.command(name)(command)
        return command

    return decorate


@on_books("report")
def report(
    *,
    buckets: opt.Buckets = "30,60,90",
    margin: opt.Margin = 5,
    rate: Rate = "",
    base: Base = opt.YearBase.fixed,
    allocation: Side = opt.Side.principal,
) -> "Build":
    """Le rapport complet : chiffres clés, balance âgée, DSO, BFR… / The whole picture."""
    from quittance.reports.overview import overview

    edges, policy = opt.edges(buckets), policy_of(rate, base=base, allocation=allocation)
    return lambda book, as_of, problems: overview(
        book, as_of, problems=problems, policy=policy, edges=edges, margin_percent=margin
    )


@on_books("aging")
def aging(
    *,
    buckets: opt.Buckets = "30,60,90",
    convert_to: opt.ConvertTo = "",
    rates: opt.RatesFiles = [],  # noqa: B006  (typer copies it)
) -> "Build":
    """Balance âgée par client. / Aged balance by customer."""
    from quittance.cli.conversion import converting
    from quittance.reports.aging import aging_report

    edges = opt.edges(buckets)
    return converting(
        lambda book, as_of, problems: aging_report(book, as_of, problems=problems, edges=edges),
        "balance_minor",
        to=convert_to,
        paths=rates,
    )


@on_books("open-items")
def open_items(
    *,
    convert_to: opt.ConvertTo = "",
    rates: opt.RatesFiles = [],  # noqa: B006
) -> "Build":
    """Postes ouverts. / Open items."""
    from quittance.cli.conversion import converting
    from quittance.reports.open_items import open_items_report

    return converting(
        lambda book, as_of, problems: open_items_report(book, as_of, problems=problems),
        "open_minor",
        to=convert_to,
        paths=rates,
    )


@on_books("kpis")
def kpis() -> "Build":
    """DSO, délais, CEI, part échue, avec leurs formules. / Key figures with their formulas."""
    from quittance.reports.kpis import kpis_report

    return lambda book, as_of, problems: kpis_report(book, as_of, problems=problems)


@on_books("late-charges")
def late_charges(
    *,
    rate: Rate = "",
    base: Base = opt.YearBase.fixed,
    allocation: Side = opt.Side.principal,
    segments: Annotated[
        bool, typer.Option("--segments", help="Le calcul, tranche par tranche / By segment")
    ] = False,
) -> "Build":
    """Pénalités de retard et indemnités réclamables. / Claimable interest and indemnities."""
    from quittance.reports.late_charges import late_charges_report, segments_report

    policy = policy_of(rate, base=base, allocation=allocation)
    chosen = segments_report if segments else late_charges_report
    return lambda book, as_of, problems: chosen(book, as_of, problems=problems, policy=policy)


@on_books("ceilings")
def ceilings(
    *,
    sector: Annotated[
        str, typer.Option("--sector", help="Plafond d'un secteur : TRANSPORT_30… / Of a sector")
    ] = "",
) -> "Build":
    """Échéances au-delà du plafond légal. / Due dates beyond the legal ceiling."""
    from quittance.law.tables import load_law
    from quittance.reports.ceilings import ceilings_report

    code = known_code(sector, list(load_law().term_ceilings["code"]))
    return lambda book, as_of, problems: ceilings_report(
        book, as_of, problems=problems, sector=code
    )


@on_books("working-capital")
def working_capital(*, margin: opt.Margin = 5) -> "Build":
    """FDR, BFR, trésorerie et cash à gagner. / Working capital and cash to gain."""
    from quittance.reports.working_capital import working_capital_report

    return lambda book, as_of, problems: working_capital_report(
        book, as_of, problems=problems, margin_percent=margin
    )


@on_books("limitation")
def limitation(
    *,
    within: Annotated[int, typer.Option("--within", help="Jours / Days", min=0)] = 180,
    regime: Annotated[
        str, typer.Option("--regime", help="Prescription : TRANSPORT_1… / Limitation period")
    ] = "",
) -> "Build":
    """Créances bientôt prescrites. / Claims about to lapse."""
    from quittance.law.tables import load_law
    from quittance.reports.limitation import limitation_report

    code = known_code(regime, list(load_law().limitation_periods["code"]))
    return lambda book, as_of, problems: limitation_report(
        book, as_of, problems=problems, within_days=within, regime=code
    )


@on_books("worklist")
def worklist() -> "Build":
    """Les dix clients à traiter d'abord. / The ten customers to act on first."""
    from quittance.reports.worklist import worklist_report

    return lambda book, as_of, problems: worklist_report(book, as_of, problems=problems)


@on_books("problems")
def problems() -> "Build":
    """Problèmes rencontrés dans les fichiers. / Problems met in the files."""
    from quittance.reports.problems import problems_report

    return lambda book, as_of, problems: problems_report(book, as_of, problems=problems)


def known_code(code: str, codes: list[str]) -> str:
    """A code of a table of the law, or nothing; refuses any other with the codes there are."""
    if code and code.upper() not in codes:
        raise typer.BadParameter(f"'{code}' : {', '.join(sorted(codes))}")
    return code.upper()


def policy_of(rate: str, *, base: opt.YearBase, allocation: opt.Side) -> Any:
    """The policy of late charges that the options state."""
    from quittance.cli.charges import clause

    return replace(clause(rate), base=base.value, allocation=allocation.value)


@app.command("charges")
def charges(
    *,
    amount: opt.Amount,
    due: opt.Due,
    on: opt.On,
    payment: opt.Payments = [],  # noqa: B006  (typer copies it)
    customer: opt.Debtor = opt.CustomerKind.business,
    creditor: opt.CreditorKind = opt.Creditor.company,
    notice: opt.Notice = "",
    insolvency: opt.Insolvency = "",
    judgment: opt.Judgment = "",
    compound: opt.Compound = False,
    rate: Rate = "",
    base: Base = opt.YearBase.fixed,
    allocation: Side = opt.Side.principal,
    currency: opt.Currency = "EUR",
    form: opt.OutFormat = None,
    output: opt.Output = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Le calcul d'une dette, tranche par tranche. / The computation of one debt, by segment."""
    from quittance.cli.charges import Asked, report_of
    from quittance.cli.reports import answer
    from quittance.core.late_charges import Debt
    from quittance.core.money import minor_digits, to_minor

    code = opt.currency(currency)
    digits = minor_digits(code)
    debt = Debt(
        principal_minor=to_minor(opt.amount(amount, digits), code),
        due_date=opt.day(due),
        kind=customer.value,
        creditor=creditor.value,
        notice_date=opt.day(notice) if notice else None,
        insolvency_date=opt.day(insolvency) if insolvency else None,
        judgment_date=opt.day(judgment) if judgment else None,
        capitalises=compound,
    )
    policy = policy_of(rate, base=base, allocation=allocation)
    paid = [opt.payment(text, digits) for text in payment]
    asked = Asked(debt, paid, opt.day(on), policy, code)
    answer(lambda: report_of(asked), form, output=output, lang=lang)


@law_app.command("rates")
def law_rates(
    *,
    on: Annotated[str, typer.Option("--on", help="Au / On")] = "",
    form: opt.OutFormat = None,
    output: opt.Output = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Taux légaux en vigueur un jour donné, avec leurs sources. / Legal rates on a day."""
    from quittance import clock
    from quittance.cli.reports import answer
    from quittance.law.tables import load_law
    from quittance.reports.law_rates import law_rates_report

    day = opt.day(on) if on else clock.today()
    answer(lambda: law_rates_report(load_law(), day), form, output=output, lang=lang)


@law_app.command("eu")
def law_eu(
    *,
    form: opt.OutFormat = None,
    output: opt.Output = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Intérêts de retard dans les pays de l'Union. / Late-payment interest in EU countries."""
    from quittance import clock
    from quittance.cli.reports import answer
    from quittance.law.tables import eu_late_payment
    from quittance.reports.law_eu import law_eu_report

    day = clock.today()
    answer(lambda: law_eu_report(eu_late_payment(), day), form, output=output, lang=lang)


@app.command("terms")
def terms(
    *,
    invoice_date: Annotated[
        str, typer.Option("--invoice-date", help="Date de la facture / Date of the invoice")
    ],
    terms: Annotated[str, typer.Option("--terms", help='Conditions : 30, "45 EOM"…')],
    form: opt.OutFormat = None,
    output: opt.Output = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Échéance selon les conditions, et plafond légal. / Due date, and the legal ceiling."""
    from quittance.cli.reports import answer
    from quittance.law.tables import load_law
    from quittance.reports.terms import terms_report

    day = opt.day(invoice_date)
    answer(lambda: terms_report(load_law(), day, terms=terms), form, output=output, lang=lang)


def run() -> None:
    """The program's entry. A character that the output does not know is replaced, never a stop."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()
