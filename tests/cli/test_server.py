import sys
import time
from pathlib import Path

from tests.record import ready

ready()

from quittance.cli.server import Beside, publish_static  # noqa: E402


def test_what_runs_beside_is_started_again_and_ended_with_us(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    code = f"import time; open({str(marks)!r}, 'a').write('x'); time.sleep(60)"
    beside = Beside([sys.executable, "-c", code])
    beside.start()
    wait_for(lambda: marks.exists() and marks.read_text() == "x")
    first = beside.process
    assert first is not None
    first.kill()
    wait_for(lambda: marks.read_text() == "xx")
    beside.stop()
    assert beside.process is not None
    assert beside.process.poll() is not None


def wait_for(is_so: "object") -> None:
    for _ in range(200):
        if is_so():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def test_styles_are_published_once() -> None:
    from django.conf import settings

    publish_static()
    made = Path(settings.STATIC_ROOT)
    assert any(made.rglob("*.css"))
