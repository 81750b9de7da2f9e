""".mht: a page saved as one file, whose text may stand in a frame."""

import pytest

from search_app.errors import NoText
from search_app.readers.html_reader import read, read_archive

PROSE = "<p>（一）健全调解组织。全年调处矛盾纠纷八十六件，办结八十五件。</p><p>（二）加强普法，开展活动三十场。</p>"


def archive(*parts: tuple[str, str], start: str = "", kind: str = "text/html; charset=utf-8") -> bytes:
    """Return an .mht of pages, each with its headers."""
    head = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"{start}\n\n'
    inner = "".join(f"--B\nContent-Type: {kind}\n{headers}\n\n{page}\n" for headers, page in parts)
    return f"{head}{inner}--B--\n".encode()


PAGE = f"<html><head><title>报告</title></head><body><h1>云岭镇2023年度法治政府建设情况报告</h1>{PROSE}</body></html>"
HERE, THERE = "Content-Location: http://x/a/index.html", "Content-Location: http://x/a/b.html"


@pytest.mark.parametrize(
    ("shell", "headers"),
    [
        ("<frameset cols='50%,50%'><frame src='http://x/a/b.html'></frameset>", THERE),
        ("<frameset><frame src='b.html'><noframes>x</noframes></frameset>", THERE),
        ("<body><div>导航</div><iframe src='cid:f2@x'></iframe></body>", "Content-ID: <f2@x>"),
        ("<body><iframe src='b.html'></iframe></body>", "Content-Location: file:///C:/x_files/b.html"),
        ("<body><object></object></body>", THERE),
    ],
)
def test_the_page_that_a_frame_points_to_is_read(shell: str, headers: str) -> None:
    found = read_archive(
        archive((HERE, f"<html><head><title>t</title></head>{shell}</html>"), (headers, PAGE)), "a.mht"
    )

    assert [block.text[:3] for block in found.blocks] == ["云岭镇", "（一）", "（二）"]


def test_frames_in_frames_are_read_and_frames_in_a_circle_end() -> None:
    outer = (HERE, "<html><body><iframe src='b.html'></iframe></body></html>")
    inner = (THERE, f"<html><body><p>甲镇报告。</p><iframe src='index.html'></iframe>{PROSE}</body></html>")

    assert [block.text[:3] for block in read_archive(archive(outer, inner), "a.mht").blocks] == [
        "甲镇报",
        "（一）",
        "（二）",
    ]


def test_the_part_that_an_archive_starts_with_is_the_page() -> None:
    data = archive(
        ("Content-ID: <1>", "<html><body><p>广告。</p></body></html>"), ("Content-ID: <2>", PAGE), start='; start="<2>"'
    )

    assert read_archive(data, "a.mht").blocks[0].text.startswith("云岭镇")


def test_an_archive_of_plain_text_is_read() -> None:
    found = read_archive(archive(("X: y", "云岭镇报告\n一、做法<一>"), kind="text/plain; charset=utf-8"), "a.mht")

    assert [block.text for block in found.blocks] == ["云岭镇报告", "一、做法<一>"]


def test_a_page_whose_frame_lies_elsewhere_says_where() -> None:
    with pytest.raises(NoText, match=r"x_files/a\.html"):
        read(b"<html><frameset><frame src='x_files/a.html'></frameset></html>", "a.html")
