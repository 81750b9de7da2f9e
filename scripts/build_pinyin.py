"""Build search_app/data/pinyin.txt.gz: how the names of provinces, cities and counties are spelt in addresses of sites.

Source: pypinyin 0.53.0 (MIT, https://github.com/mozillazg/python-pinyin), for the names in gazetteer.txt.gz. It is
needed here only; the program reads the table. Run with that package installed::

    python scripts/build_pinyin.py

One line per name, tab-separated: the name, its syllables without tones joined by spaces. What the kind of place is
called (县, 区, 市, 自治县 …) is left out, as addresses leave it out.
"""

import gzip
import re
from pathlib import Path

DATA = Path(__file__).parent.parent / "search_app" / "data"
HEADER = "# 省、市、县名的拼音，用于从网址认出所属县；由 scripts/build_pinyin.py 用 pypinyin 0.53.0（MIT）生成\n"
PEOPLES = (
    "各族|蒙古族?|回族|藏族|维吾尔|哈萨克族?|柯尔克孜|锡伯|塔吉克|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|独龙族|怒族|普米族|保安族|裕固族|鄂温克族|鄂伦春|各民族"
)
KIND = re.compile(
    rf"(?:(?:{PEOPLES})+)?(?:自治区|自治州|自治县|自治旗|特别行政区)$|(?:省|地区|林区|新区|[市县区盟旗])$"
)


def build() -> bytes:
    """Return the compressed table; the same input gives the same bytes."""
    from pypinyin import lazy_pinyin

    rows = gzip.decompress((DATA / "gazetteer.txt.gz").read_bytes()).decode("utf-8").splitlines()
    names = {name for row in rows if not row.startswith("#") for name in row.split("\t")[:3] if name}
    lines = [f"{name}\t{' '.join(lazy_pinyin(_stem(name), v_to_u=False))}\n" for name in sorted(names)]
    return gzip.compress((HEADER + "".join(lines)).encode("utf-8"), compresslevel=9, mtime=0)


def _stem(name: str) -> str:
    """Return a name without what its kind of place is called, unless one character would be left (忠县)."""
    stem = "内蒙古" if name.startswith("内蒙古") else KIND.sub("", name)
    return stem if len(stem) > 1 else name


if __name__ == "__main__":
    (DATA / "pinyin.txt.gz").write_bytes(build())
