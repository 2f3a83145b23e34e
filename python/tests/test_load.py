from __future__ import annotations

import fcntl
import json
import math
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mohpo

STUDIES = Path(__file__).parent / "studies"
GOLDEN = Path(__file__).parents[2] / "Tests" / "StorageTests" / "Golden"


def finite(value: Any) -> Any:
    """A value as the program's JSON has it."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        # Lua's JSON has arrays for both.
        return [finite(item) for item in value]
    return value


def rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: finite(value) for name, value in row.items()} for row in found]


def test_a_study_is_what_the_program_exports(study: Path) -> None:
    expected = json.loads((STUDIES / "search.json").read_text())
    found = mohpo.load(study)
    assert (found.name, found.state, found.ended) == ("search", "finished", "trials_done")
    assert (found.time_attr, found.max_t) == ("epoch", expected["max_t"])
    assert found.objectives == expected["objectives"]
    names = ["id", "state", "bracket", "args", "error"]
    assert [{name: trial[name] for name in names} for trial in found.trials] == [
        {name: trial[name] for name in names} for trial in expected["trials"]
    ]
    reports = [
        {"trial": trial["id"], **report}
        for trial in expected["trials"]
        for report in trial["reports"]
    ]
    assert rows(found.reports) == reports
    assert [trial["reports"] for trial in found.trials] == [
        len(trial["reports"]) for trial in expected["trials"]
    ]
    front = [{name: point[name] for name in expected["pareto_front"][0]} for point in found.front]
    assert front == expected["pareto_front"]


def test_values_keep_their_types(study: Path) -> None:
    found = mohpo.load(study)
    args = found.trials[4]["args"]
    assert args["flag"] is True and isinstance(args["rate"], float)
    assert args["plan"] == {"x": 1.5} and found.trials[3]["args"]["plan"] == [1, 2]
    invalid = [row for row in found.reports if not math.isfinite(row["accuracy"])]
    assert any(math.isnan(row["accuracy"]) for row in invalid)
    assert {row["Latency"] for row in found.reports} >= {2, 4}


def test_pandas(study: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = mohpo.load(study).to_pandas()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == 52
    assert {"trial", "epoch", "on_front", "state", "feasible", "width", "Width"} < set(frame)
    assert "args.trial" in frame and frame.on_front.sum() == 3
    assert mohpo.load(study).trials.to_pandas()["opt.beta"].notna().sum() > 0


def test_the_front_is_that_of_its_definition() -> None:
    import random

    from mohpo._front import Objective, front

    source = random.Random(3)
    for count in (1, 2, 3):
        objectives = [Objective("abc"[index], "MAX" if index else "MIN") for index in range(count)]
        points = [
            {name: source.choice([0, 1, 2, 3, 4, math.nan, "x"]) for name in "abc"}
            for _ in range(60)
        ]
        found = front(points, objectives)

        def key(point: dict[str, Any], objectives: list[Objective] = objectives) -> list[float]:
            values = [point[objective.name] for objective in objectives]
            signs = [-1 if objective.direction == "MAX" else 1 for objective in objectives]
            return [sign * value for sign, value in zip(signs, values)]

        valid = [
            point
            for point in points
            if all(isinstance(point[objective.name], int) for objective in objectives)
        ]
        best = [
            point
            for index, point in enumerate(valid)
            if not any(
                all(a <= b for a, b in zip(key(other), key(point)))
                and (key(other) != key(point) or place < index)
                for place, other in enumerate(valid)
            )
        ]
        assert found == sorted(best, key=lambda point: key(point)[0])


@pytest.mark.parametrize("tolerance", [0.0, 0.1, 0.5])
def test_two_objectives_are_as_any_others(tolerance: float) -> None:
    import random

    from mohpo import _front

    source = random.Random(1)
    objectives = [_front.Objective("a", "MAX", tolerance), _front.Objective("b", "MIN", tolerance)]
    points = [{"a": source.uniform(-1, 1), "b": source.uniform(-1, 1)} for _ in range(300)]
    flat = _front._Archive([tolerance, tolerance])
    for index, point in enumerate(points):
        flat.insert(_front.costs(point, objectives), index)
    assert _front.front(points, objectives) == [points[index] for index in flat.indices()]


@pytest.mark.parametrize("name", ["finished", "interrupted", "abandoned"])
def test_studies_of_format_1(tmp_path: Path, name: str) -> None:
    if not GOLDEN.is_dir():
        pytest.skip("the program's own test data is not here")
    for file in (GOLDEN / "1").glob(f"{name}.db*"):
        shutil.copy(file, tmp_path)
    found = mohpo.load(tmp_path / f"{name}.db")
    lines = [json.loads(line) for line in (GOLDEN / "1" / f"{name}.jsonl").read_text().splitlines()]
    counts = {kind: sum(line["type"] == kind for line in lines) for kind in ("started", "reported")}
    assert (len(found.trials), len(found.reports)) == (counts["started"], counts["reported"])
    assert found.state == ("abandoned" if name == "abandoned" else "finished")
    assert all(row["epoch"] >= 1 for row in found.reports) and found.front


def test_a_study_that_is_being_written(study: Path) -> None:
    writer = sqlite3.connect(study, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE study SET run = 'x'")
    writer.execute("COMMIT")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE study SET run = 'y'")
    lock = os.open(f"{study}.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert len(mohpo.load(study).reports) == 52
    writer.execute("COMMIT")
    writer.execute("DELETE FROM events WHERE code = 9 OR number > 129")
    writer.execute("UPDATE row_counts SET events = 1")
    assert mohpo.load(study).state == "running"
    os.close(lock)
    assert mohpo.load(study).state == "abandoned"
    writer.close()


def test_reading_leaves_nothing_behind(study: Path) -> None:
    before = {path.name: path.read_bytes() for path in study.parent.iterdir()}
    mohpo.load(study)
    assert {path.name: path.read_bytes() for path in study.parent.iterdir()} == before


def leave_log(study: Path) -> None:
    """Change a study as a program that is killed leaves it: with a log, without its index."""
    code = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('PRAGMA wal_autocheckpoint = 0')\n"
        "database.execute(\"UPDATE study SET run = 'x'\")\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(study)], check=True)
    Path(f"{study}-shm").unlink()
    assert Path(f"{study}-wal").stat().st_size > 0


def test_a_study_left_with_its_log(study: Path) -> None:
    leave_log(study)
    assert len(mohpo.load(study).reports) == 52


def test_a_study_in_a_folder_that_cannot_be_written(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_log(study)
    if os.getuid() != 0:
        study.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
        assert len(mohpo.load(study).reports) == 52
        study.parent.chmod(0o700)
        return
    # The superuser may write everywhere, so SQLite has to be told to refuse.
    from mohpo import _database

    connected = _database._connected

    def refuse(path: Path, options: str) -> Any:
        if path == study:
            raise sqlite3.OperationalError("unable to open database file")
        return connected(path, options)

    monkeypatch.setattr(_database, "_connected", refuse)
    assert len(mohpo.load(study).reports) == 52


def test_links_and_names(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "latest.db"
    link.symlink_to(study)
    assert mohpo.load(link).path == study
    monkeypatch.chdir(tmp_path)
    (tmp_path / "studies").mkdir()
    old, new = tmp_path / "studies" / "search.db", tmp_path / "studies" / "search-2.db"
    shutil.copy(study, new)
    shutil.copy(study, old)
    (tmp_path / "studies" / "other.db").write_bytes(b"nothing")
    database = sqlite3.connect(old)
    database.execute("UPDATE study SET created = '2020-01-01T00:00:00Z'")
    database.commit()
    database.close()
    assert mohpo.load("search").path == new
    assert mohpo.load("search", folder=tmp_path / "studies").path == new
    with pytest.raises(mohpo.Error, match="nothing: there is no such file, nor a study of that"):
        mohpo.load("nothing")


def test_what_is_no_study(tmp_path: Path) -> None:
    text, other, folder = tmp_path / "x.db", tmp_path / "y.db", tmp_path / "z.db"
    text.write_text("hello " * 1000)
    sqlite3.connect(other).executescript("CREATE TABLE a (b)").connection.close()
    folder.mkdir()
    with pytest.raises(mohpo.Error, match="expected a study, got another file"):
        mohpo.load(text)
    with pytest.raises(mohpo.Error, match="expected a study, got another SQLite file"):
        mohpo.load(other)
    with pytest.raises(mohpo.Error, match="there is no such file"):
        mohpo.load(folder)


def change(study: Path, sql: str) -> None:
    database = sqlite3.connect(study)
    database.executescript(sql)
    database.close()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("PRAGMA user_version = 5", "format 5 is newer than this package reads"),
        ("DELETE FROM events WHERE number > 100", "damaged .*rows are missing"),
        ("DELETE FROM reports WHERE sequence = 52", "damaged"),
        ("DELETE FROM starts", "damaged"),
        ("DROP TABLE layouts", "damaged"),
        ("DELETE FROM study", "damaged, or was never begun"),
        ("UPDATE events SET detail = 'x' WHERE code = 2", "damaged"),
        ("UPDATE events SET detail = '[1]' WHERE code = 2", "damaged"),
        ("UPDATE events SET trial = 99 WHERE code = 2", "damaged"),
        ("UPDATE reports SET more = '[1]'", "damaged"),
        ("UPDATE events SET detail = '{}' WHERE number = 0", "damaged"),
        ("DELETE FROM events; UPDATE row_counts SET events = 0", "has begun"),
    ],
)
def test_damage(study: Path, sql: str, expected: str) -> None:
    change(study, sql)
    with pytest.raises(mohpo.Error, match=expected):
        mohpo.load(study)


def test_a_file_that_was_cut(study: Path) -> None:
    os.truncate(study, study.stat().st_size // 2)
    with pytest.raises(mohpo.Error, match="damaged"):
        mohpo.load(study)
