"""What the documentation shows, works: every command is run, every option named exists.

Runs against a copy of the sample corpus. Installing is tried in ``test_packaging``; a server would not end by itself,
so its line is only checked for its options.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from scripts.take_screenshots import IMAGES, MOST_BYTES, PICTURES
from search_app.cli import COMMANDS
from search_app.collecting.limits import MAX_BASKETS, MAX_HEADINGS, MAX_NOTE, MAX_PASSAGES
from search_app.comparing import genealogy, matrix
from search_app.exporting import collection
from search_app.indexing import Tally
from search_app.indexing.last_run import record_run
from search_app.indexing.sidecars import CORRECTED
from search_app.query import MAX_PASTED, MAX_QUERY, MAX_WINDOW
from search_app.readers.formats import SUFFIXES
from search_app.reviewing.draft import MAX_CHARACTERS
from search_app.reviewing.part_floors import THIN
from search_app.settings import Settings
from search_app.web import create_app, figures_answers, years_answers
from search_app.web.security import MAX_DRAFT
from search_app.web.view_models.genealogy_view import MOST_DRAWN
from tests.web import sample

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.zh-CN.md")
KEEPING = "docs/keeping.md"
DOCUMENTS = (*PAGES, KEEPING, "CONTRIBUTING.md")
SERVICES = sorted((ROOT / "docs" / "keeping").iterdir())
_BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def commands(page: str) -> list[str]:
    """Return the commands in a page's sh and console blocks, in order."""
    found = []
    for kind, block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        lines = block.splitlines()
        found += [line.removeprefix("$ ") for line in lines if kind == "sh" or line.startswith("$ ")]
    return found


def of_the_program(page: str) -> list[str]:
    return [command for command in commands(page) if command.startswith("search-app ")]


def environment() -> dict[str, str]:
    """Return this environment with this interpreter's scripts first and no settings of ours."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SEARCH_APP_")}
    return kept | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def run(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(command), cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working folder with the sample corpus, indexed."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    done = run("search-app index", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_commands_of_the_program(page: str) -> None:
    assert len(of_the_program(page)) >= 6


@pytest.mark.parametrize("command", sorted({command for page in (*PAGES, KEEPING) for command in of_the_program(page)}))
def test_a_documented_command_runs_and_answers(command: str, folder: Path) -> None:
    file = re.search(r"--(?:to|export) ([^-\s]\S*)", command)

    done = run(command, folder)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / file[1]).stat().st_size if file else done.stdout.strip()


@pytest.mark.parametrize("command", sorted({line for page in PAGES for line in commands(page) if "make " in line}))
def test_a_documented_make_target_exists(command: str) -> None:
    done = run(command.replace("make ", "make --dry-run ", 1), ROOT)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "target", ["setup", "index", "test", "lint", "types", "imports", "bench", "wheel", "lock", "clean"]
)
def test_a_make_target_that_the_documents_name_exists(target: str) -> None:
    done = run(f"make --dry-run {target}", ROOT)

    assert done.returncode == 0, done.stderr


def test_the_port_is_handed_to_the_server() -> None:
    done = run("make --dry-run run PORT=8123", ROOT)

    assert "serve --port 8123" in done.stdout


@cache
def options_of(command: str) -> set[str]:
    return set(_OPTION.findall(run(f"search-app {command} --help".replace("  ", " "), ROOT).stdout))


def documented_uses(page: str) -> list[tuple[str, str]]:
    """Return (command, option) for every option written after a command of the program, in blocks and in sentences."""
    text = (ROOT / page).read_text(encoding="utf-8")
    names = "|".join(COMMANDS)
    uses = re.findall(rf"search-app ({names})([^\n`|]*)", text)
    return [(command, option) for command, rest in uses for option in _OPTION.findall(rest)]


@pytest.mark.parametrize(("command", "option"), sorted({use for page in DOCUMENTS for use in documented_uses(page)}))
def test_a_documented_option_exists(command: str, option: str) -> None:
    assert option in options_of(command) | options_of("") | {"--help"}


@pytest.mark.parametrize("path", [each for each in SERVICES if each.suffix != ".timer"], ids=lambda path: path.name)
def test_a_service_starts_a_command_with_options_that_it_has(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    started = re.search(r"search-app(?:\.exe</Command>\s*<Arguments>| )(\w+)(.*)", text.partition("Exec")[2])

    assert started is not None
    assert started[1] in COMMANDS
    assert set(_OPTION.findall(started[2])) <= options_of(started[1])


@pytest.mark.parametrize("path", [each for each in SERVICES if each.suffix == ".timer"], ids=lambda path: path.name)
def test_a_timer_starts_a_service_that_is_there(path: Path) -> None:
    assert path.with_suffix(".service").is_file()


@pytest.mark.parametrize("page", [KEEPING, "README.zh-CN.md"])
def test_every_file_of_a_service_is_told(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert [path.name for path in SERVICES if path.stem not in text and path.stem.rpartition("-")[0] not in text] == []


def test_every_metric_is_told(tmp_path: Path) -> None:
    text = (ROOT / KEEPING).read_text(encoding="utf-8")
    (tmp_path / "index").mkdir()
    record_run(tmp_path / "index", Tally())
    app = create_app(Settings(index=tmp_path / "index", metrics=True), engine=sample.engine())

    found = app.test_client().get("/metrics").get_data(as_text=True)
    names = set(re.findall(r"^# HELP (search_app_\w+)", found, re.MULTILINE)) - {"search_app_info"}

    assert len(names) > 12
    told = re.sub(r"`…(_\w+)`", r"search_app_last_run\1", text)
    assert sorted(name for name in names if name not in told) == []


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    links = _LINK.findall((ROOT / page).read_text(encoding="utf-8"))

    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def quoted_messages() -> list[str]:
    """Return what the Chinese page's two tables say that a clerk may see."""
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| 看到的 \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    rows = [row for table in tables for row in table.strip().splitlines()[2:]]
    return [row.split("|")[1].strip() for row in rows]


def test_every_message_explained_to_clerks_is_one_that_the_program_says() -> None:
    sources = [ROOT / "Makefile", *(ROOT / "search_app").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    said = "\n".join(source.read_text(encoding="utf-8") for source in sources)

    unsaid = [message for message in quoted_messages() if not all(part in said for part in message.split("…"))]

    assert len(quoted_messages()) > 10
    assert unsaid == []


def test_both_pages_give_windows_the_same_steps() -> None:
    steps = [re.findall(r"```bat\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)[0] for page in PAGES]

    assert steps[0] == steps[1]


def test_both_pages_give_a_network_without_internet_the_same_steps() -> None:
    titles = dict(zip(PAGES, ("### Without internet", "### 内网没有互联网"), strict=True))
    sections = [(ROOT / page).read_text(encoding="utf-8").split(titles[page])[1].split("\n#")[0] for page in PAGES]
    english, chinese = (re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for section in sections)

    assert english == chinese
    assert len(chinese) == 2


def test_the_correction_shown_to_clerks_overrides_the_report(tmp_path: Path) -> None:
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    correction = re.findall(r"```toml\n(.*?)```", text.split("年度、镇名认错了怎么改\n")[1], re.DOTALL)[0]
    (tmp_path / "报告.md").write_text("# 松坪乡2021年法治政府建设年度报告\n\n一、调解纠纷42件。\n", encoding="utf-8")
    (tmp_path / "报告.meta.toml").write_text(correction, encoding="utf-8")

    done = run("search-app inspect 报告.md --json", tmp_path)

    report = json.loads(done.stdout)["reports"][0]["report"]
    assert (report["year"], report["town"], report["county"]) == (2023, "青石镇", "云岭县")


def test_the_list_of_places_shown_to_clerks_is_one_that_the_program_takes(tmp_path: Path) -> None:
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(.*?)```", text.split("### 自己的地名表")[1], re.DOTALL)[0]
    (tmp_path / "地名.csv").write_text(shown, encoding="utf-8")
    (tmp_path / "search-app.toml").write_text('gazetteer = "地名.csv"', encoding="utf-8")
    (tmp_path / "报告.txt").write_text("星子坳镇2023年法治政府建设年度报告\n一、调解纠纷42件。\n", encoding="utf-8")

    done = run("search-app inspect 报告.txt --json --corpus .", tmp_path)

    assert json.loads(done.stdout)["reports"][0]["report"]["county"] == "禾川县"


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_file_that_is_read_is_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    kinds = {f".{reader}" for reader in SUFFIXES.values()} | {".wps", ".zip"}

    assert len(kinds) > 10
    assert sorted(kind for kind in kinds if not re.search(rf"(?<!\w){re.escape(kind)}\b", text)) == []


def shown_pictures() -> dict[str, str]:
    """Return the pictures in the Chinese page -> what is said of each for those who cannot see it."""
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    plain = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    sized = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]*)"', text)
    return {path: said for said, path in plain} | dict(sized)


def test_every_picture_shown_to_clerks_is_one_that_the_script_takes_and_says_what_it_shows() -> None:
    taken = {f"docs/images/{picture.name}" for picture in PICTURES}

    assert set(shown_pictures()) == taken
    assert all(len(said) > 10 for said in shown_pictures().values())


def test_every_picture_is_there_and_all_together_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in IMAGES.iterdir()}

    assert set(sizes) == {picture.name for picture in PICTURES}
    assert min(sizes.values()) > 10_000
    assert sum(sizes.values()) <= MOST_BYTES


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_is_explained(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = [item.name for item in fields(Settings)]

    assert [name for name in names if f"`{name}`" not in text or f"SEARCH_APP_{name.upper()}" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_a_correction_is_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert [key for key in CORRECTED if not re.search(rf"`{key}`|^{key} = ", text, re.MULTILINE)] == []


def test_the_limits_of_a_basket_are_those_told_to_clerks() -> None:
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    told = re.search(r"\*\*限度：\*\*.+", text)

    assert told is not None
    assert [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", told[0])] == [
        MAX_PASSAGES, MAX_HEADINGS, MAX_BASKETS, MAX_NOTE,
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_told(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert [name for name in COMMANDS if f"search-app {name}" not in text] == []


def test_every_page_that_can_be_asked_for_is_told(tmp_path: Path) -> None:
    """Of an address with an id in it, what stands around the id; what browsers ask of themselves needs no word."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rules = create_app(Settings(index=tmp_path / "index")).url_map.iter_rules()
    paths = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")}
    by_themselves = {"/healthz", "/robots.txt", "/opensearch.xml", "/static/<path:filename>"}
    told = re.sub(r"\b(ID|CODE|TOKEN|NAME)\b", "*", text)
    patterns = {re.sub(r"<[^>]+>", "*", path) for path in paths - by_themselves if not path.endswith("/export")}

    assert len(patterns) > 20
    assert [one for one in sorted(patterns) if one not in told and one not in {"/about/*", "/passages/*/why"}] == []


def numbers(text: str) -> list[int]:
    """Return the numbers in a text; 10 万 is 100,000."""
    found = re.findall(r"([\d,]*\d)( 万)?", text)
    return [int(number.replace(",", "")) * (10_000 if myriads else 1) for number, myriads in found]


def test_the_limits_told_to_clerks_are_those_of_the_program() -> None:
    part = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8").split("\n## 限度\n")[1].split("\n## ")[0]
    told = {
        row.split("|")[1].strip(): numbers(row.split("|")[2]) for row in part.strip().splitlines()[2:] if "|" in row
    }

    megabytes = MAX_DRAFT // 2**20
    assert told["检索词、粘贴的一段话"] == [MAX_QUERY, MAX_PASTED, MAX_WINDOW]
    assert told["检索结果一次导出"] == [collection.MOST, figures_answers.MOST]
    assert told["逐段对照一页"] == [years_answers.ROWS]
    assert told["主题 × 乡镇一次并列"] == [matrix.MOST_COLUMNS]
    assert told["一段的来历"] == [genealogy.MOST, MOST_DRAWN]
    assert told["数据一页"] == [figures_answers.TOWNS]
    assert told["草稿"] == [MAX_CHARACTERS, megabytes]


def test_what_counts_as_thin_is_told_to_clerks_as_it_is() -> None:
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")

    assert "、".join(f"{part} {letters}" for part, letters in THIN.items()) in text


def test_a_draft_is_checked_from_the_command_line_with_the_exit_codes_told(folder: Path) -> None:
    (folder / "草稿.txt").write_text(
        "月牙渡镇2024年法治政府建设年度报告\n一、主要举措和成效\n全年调解纠纷4件。\n", encoding="utf-8"
    )

    assert run("search-app draft 草稿.txt --town 月牙渡镇 --year 2024", folder).returncode == 1
    assert run("search-app draft 没有这个文件.txt", folder).returncode == 2
