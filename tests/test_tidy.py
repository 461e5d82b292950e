"""The house rules that no linter knows: the code checks itself, without a list of exemptions."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "quittance"
TESTS = ROOT / "tests"
MODULES = sorted(
    path
    for path in SOURCE.rglob("*.py")
    if path.name != "__init__.py" and path.parent.name != "migrations"  # made by a command
)
PYTHON = sorted(
    path
    for folder in ("src", "bench", "examples", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if path.parent.name != "migrations"
)
LONGEST_FUNCTION = 50
LONGEST_FILE = 400
POSITIONAL = 2
WORDS_NOT_USED = re.compile(r"(manager|helper|utils?|common|misc|data|info|object)s?$")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_has_at_most_50_lines(path: Path) -> None:
    long = [
        f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_arguments_after_the_second_are_named(path: Path) -> None:
    def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        return len([name for name in names if name not in ("self", "cls")])

    too_many = {f.name: positional(f) for f in functions(path) if positional(f) > POSITIONAL}
    assert not too_many


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_left_to_do(path: Path) -> None:
    assert not re.search(
        r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b", path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("path", sorted((SOURCE / "core").rglob("*.py")), ids=named)
def test_no_float_is_made_in_the_core(path: Path) -> None:
    assert "float(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_its_test_file(path: Path) -> None:
    mirrored = TESTS / path.relative_to(SOURCE).with_name(f"test_{path.name}")
    assert mirrored.exists(), f"{named(mirrored)} is missing"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_file_name_is_a_word_of_the_trade(path: Path) -> None:
    assert not WORDS_NOT_USED.search(path.stem)


@pytest.mark.parametrize("path", sorted((SOURCE / "core").glob("[a-z]*.py")), ids=named)
def test_a_core_module_is_in_the_glossary(path: Path) -> None:
    assert f"core/{path.name}" in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")


def core_doors() -> list[tuple[str, str]]:
    """The functions of the core that some other module imports."""
    found = set()
    for path in MODULES:
        own = "quittance." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "quittance.core."
            ):
                found |= {
                    (str(node.module), name.name) for name in node.names if node.module != own
                }
    return sorted(found)


@pytest.mark.parametrize(("module", "name"), core_doors())
def test_frames_are_checked_at_the_doors_of_the_core(module: str, name: str) -> None:
    """A frame that comes from another module is checked before anything is done with it."""
    function = getattr(importlib.import_module(module), name)
    if not inspect.isfunction(function) or module.endswith(".schema"):
        return
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    frames = {one.name for one in parameters if one.annotation is pl.DataFrame}
    assert frames <= set(getattr(function, "__checked__", ())), f"{module}.{name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_page_that_a_module_names_exists(path: Path) -> None:
    for page in re.findall(r"docs/[a-z_/]+\.md", path.read_text(encoding="utf-8")):
        assert (ROOT / page).exists(), page
