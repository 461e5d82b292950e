"""The first sheet of a workbook."""

import io

from python_calamine import CalamineWorkbook

from quittance.reports.render.xlsx import to_xlsx
from quittance.reports.report import Report


def test_titles_figures_formulas_and_notes(report: Report) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(report, "fr")))
    rows = book.get_sheet_by_index(0).to_python()
    first = [row[0] for row in rows]
    assert first[:3] == [
        "Balance âgée",
        "Situation au 31/12/2025",
        "Qui doit combien, et depuis combien de temps.",
    ]
    assert rows[4] == ["Indicateur", "Valeur", "Devise", "Formule", "Commentaire"]
    assert rows[5][:3] == ["Encours client", 1_234_567.5, "EUR"]
    assert rows[6][1] == 0.384567
    assert rows[8][1] == "non calculable"
    assert rows[8][4] == "Le taux du 1er semestre 2026 n'est pas publié."
    assert "Hypothèses et remarques" in first
    assert first.index("Postes ouverts") > first.index("Les montants sont toutes taxes comprises.")
