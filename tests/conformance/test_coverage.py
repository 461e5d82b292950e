"""No case of the sections that concern the books is forgotten: each is tested, or says why not."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = HERE.parents[2] / "shared/conformance.md"
SECTIONS = ("## 3.", "## 6.", "## 7.", "## 12.")
OTHERS = ("K-22",)


def in_tests() -> set[str]:
    """The IDs in the names of tests: `test_F_18_…` is F-18, `test_decision_4_…` decision 4."""
    texts = [path.read_text(encoding="utf-8") for path in HERE.parent.rglob("test_*.py")]
    found = re.findall(r"def test_(?:([A-Z])_(\d\d)|decision_(\d+))_", "\n".join(texts))
    return {
        f"decision {number}" if number else f"{kind}-{digits}" for kind, digits, number in found
    }


def explained() -> set[str]:
    """The cases that the table of the README sets aside."""
    table = (HERE / "README.md").read_text(encoding="utf-8").split("## Not yet")[1]
    return set(re.findall(r"^\| (\S+(?: \d+)?) \|", table, flags=re.MULTILINE)) - {"case", "---"}


def wanted() -> set[str]:
    """The cases of our sections in the file of all cases."""
    sections = re.split(r"^(?=## )", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ours = "".join(text for text in sections if text.startswith(SECTIONS))
    (decisions,) = (text for text in sections if text.startswith("## 15."))
    numbered = re.findall(r"^(\d+)\. ", decisions, flags=re.MULTILINE)
    return set(re.findall(r"^\| ([A-Z]-\d\d) \|", ours, flags=re.MULTILINE)) | {
        *OTHERS,
        *(f"decision {number}" for number in numbered),
    }


def test_a_case_is_tested_or_explained_not_both() -> None:
    assert not in_tests() & explained()


@pytest.mark.skipif(not CASES.exists(), reason="../shared/conformance.md is not there")
def test_every_case_is_tested_or_explained() -> None:
    assert len(wanted()) > 45
    assert wanted() - in_tests() - explained() == set()
    assert explained() <= wanted()
