"""A check makes findings of its own code and subject."""

from quittance.core.phrase import same
from quittance.storage.finding import Check, Finding
from quittance.storage.refusal import UnableToServe

CHECK = Check("disk", same("Disk"))


def test_a_check_makes_findings() -> None:
    told = same("full"), same("empty it")
    assert CHECK.fine(told[0]) == Finding("disk", "fine", same("Disk"), told[0])
    assert CHECK.warning(*told).severity == "warning"
    assert CHECK.refused(UnableToServe(*told)) == CHECK.error(*told)
