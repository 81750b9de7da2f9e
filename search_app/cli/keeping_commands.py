"""``search-app backup`` and ``search-app restore``: what cannot be made again, into one file and back."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_app.cli.options import common, settings_from
from search_app.cli.output import emit
from search_app.cli.wording import Command
from search_app.exporting.wording import escape_unprintable

if TYPE_CHECKING:
    from search_app.collecting.copies import Counted

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=Command)
@common
@click.option("--force", is_flag=True, help="文件已存在时覆盖它。")
@click.argument("file", type=_FILE, metavar="文件.zip")
def backup(corpus: Path | None, index: Path | None, as_json: bool, force: bool, file: Path) -> None:
    """把素材夹（连同密钥）、设置文件、自己的地名表存成一个文件。服务不用停。

    报告和更正文件（.meta.toml）在资料文件夹里，请照平时的办法备份；索引不用备份，可以重新建立。
    """
    from datetime import UTC, datetime

    from search_app.keeping.backup import back_up

    if file.exists() and not force:
        raise click.UsageError(f"文件“{file}”已经存在，没有改动它。要覆盖请加 --force，或换一个文件名。")
    done = back_up(settings_from(corpus=corpus, index=index), file, now=datetime.now(UTC))
    if as_json:
        emit({"file": str(file), **_shape(done.archive.files, done.archive.made_at, done.collected)})
        return
    click.echo(f"已备份到 {escape_unprintable(str(file))}：{_listed(done.archive.files)}。")
    click.echo(f"素材夹：{_counted(done.collected)}。报告和索引不在备份里。")
    if done.collected is not None:
        click.echo("里面有素材夹的密钥，请放在别人读不到的地方。")


@click.command(cls=Command)
@common
@click.option("--force", is_flag=True, help="换掉现有的；现有的先存成一份备份。")
@click.option("--only-baskets", is_flag=True, help="只恢复素材夹，不动设置和地名表。")
@click.argument("file", type=_FILE, metavar="文件.zip")
def restore(
    corpus: Path | None, index: Path | None, as_json: bool, force: bool, only_baskets: bool, file: Path
) -> None:
    """从 backup 存的文件恢复素材夹、设置文件、地名表：先整个核对，再一次换好；有一样不成，就全部照旧。

    索引不在备份里：恢复以后运行 search-app index。服务正在运行的，恢复以后重新启动。
    """
    from datetime import UTC, datetime

    from search_app.keeping.restore import restore as put_back

    given = {name: value for name, value in (("corpus", corpus), ("index", index)) if value is not None}
    done = put_back(file, given=given, now=datetime.now(UTC), force=force, only_baskets=only_baskets)
    if as_json:
        saved = None if done.saved is None else str(done.saved)
        emit({**_shape(done.files, done.made_at, done.collected), "saved": saved, "homeless": list(done.homeless)})
        return
    made = done.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    click.echo(f"已恢复 {made} 的备份：{_listed(done.files)}。")
    click.echo(f"素材夹：{_counted(done.collected)}。")
    if done.saved is not None:
        click.echo(f"原来的已先存成备份：{done.saved}")
    if done.homeless:
        click.echo(f"没有恢复：{_listed(done.homeless)}（设置里没有写放在哪里）。")
    click.echo("索引不在备份里，请运行：search-app index。服务正在运行的，请重新启动。")


def _shape(files: Iterable[str], made_at: Any, collected: "Counted | None") -> dict[str, Any]:
    counts = None if collected is None else {"baskets": collected.baskets, "passages": collected.passages}
    return {"made_at": made_at.isoformat(timespec="seconds"), "files": list(files), "collected": counts}


def _listed(names: Iterable[str]) -> str:
    from search_app.keeping.kept_files import LABELS

    return "、".join(LABELS[name] for name in names) or "没有要存的东西"


def _counted(collected: "Counted | None") -> str:
    return "还没有收过" if collected is None else f"{collected.baskets} 个，共 {collected.passages} 段"
