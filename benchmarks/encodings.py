"""How often the encoding of a damaged text is told right: ``python -m benchmarks.encodings``.

Texts of our own in every encoding of the field, of several lengths, with every kind of damage, are decoded by our
ladder and, where it is installed, by charset-normalizer. A text is right when at least nine tenths of its characters
come back in order, those spared that the damage took. Out comes the share of right texts per damage and encoding.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib import import_module

from search_app.errors import ReadError
from search_app.readers.text_decoding import decode

LENGTHS = (7, 60, 600, 3_000)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
TRADITIONAL = ("big5hkscs", "utf-8", "gb18030")
_SENTENCES = (
    "云岭镇2023年度法治政府建设情况报告。", "一、主要举措和成效",
    "（一）健全调解组织，全年调处矛盾纠纷八十六件，办结八十五件。",
    "镇党委书记、镇长认真履行推进法治建设第一责任人职责，专题研究法治工作6次。",
    "全面推行“一网通办”，群众满意度98.2%；",
    "行政执法人员全部持证上岗，开展执法检查206次，立案17起。", "网格员每周入户一次，把问题解决在院坝里。",
    "二、存在的不足和原因", "少数干部法治意识不强，法治审核人员只有2名，专业力量薄弱。", "三、下一年度工作安排",
    "深入学习宣传宪法，持续开展“法律明白人”培养工程。", "特此报告。",
)  # fmt: skip
_OLD_FORMS = str.maketrans(
    "云岭镇度设况报员长责进专题纠纷办结认真议调组织协会党书记实群众满执岗检查网问决个干审业宪续开个习传",
    "雲嶺鎮度設況報員長責進專題糾紛辦結認真議調組織協會黨書記實群眾滿執崗檢查網問決個幹審業憲續開個習傳",
)
_HEAD = b"<style>.a{margin:0;padding:0} .b{color:#333}</style>\n<script>var a = [1, 2, 3];</script>\n"


def text_of(length: int, seed: int) -> str:
    """Return a text of so many characters, the same one for the same seed."""
    chance = random.Random(seed)
    lines: list[str] = []
    while sum(map(len, lines)) < length:
        lines.append("".join(chance.sample(_SENTENCES, 3)))
    return "\n".join(lines)[:length]


def _one_byte(data: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    at = chance.randrange(len(data) // 8, len(data))
    return data[:at] + change(data[at : at + 1]) + data[at + 1 :]


DAMAGES: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "none": lambda data, _: data,
    "one byte changed": lambda data, chance: _one_byte(data, chance, lambda _: b"\xff"),
    "one byte lost": lambda data, chance: _one_byte(data, chance, lambda _: b""),
    "one byte put in": lambda data, chance: _one_byte(data, chance, lambda old: b"\x80" + old),
    "cut off": lambda data, _: data[:-1],
    "long ASCII head": lambda data, _: _HEAD * 400 + data,
    "long ASCII head, one byte changed": lambda data, chance: _HEAD * 400 + _one_byte(data, chance, lambda _: b"\xff"),
    "long ASCII tail, cut off": lambda data, _: data[:-1] + b"\n" + _HEAD * 400,
    "a line in GBK": lambda data, _: data + b"\n<p>" + "主办：云岭镇人民政府办公室".encode("gb18030"),
    "a line in UTF-8": lambda data, _: data + b"\n<p>" + "主办：云岭镇人民政府办公室".encode(),
}


def cases(lengths: Sequence[int] = LENGTHS, seeds: int = 8) -> Iterator[tuple[str, str, int, str, bytes]]:
    """Yield encoding, damage, length, text and bytes; damage that makes no sense for UTF-16 is left out."""
    for length in lengths:
        for seed in range(seeds):
            text = text_of(length, seed)
            both = [(name, name, text) for name in ENCODINGS]
            both += [(name, f"{name}, traditional", text.translate(_OLD_FORMS)) for name in TRADITIONAL]
            for encoding, shown, written in both:
                data = written.encode(encoding, "replace")
                for damage, harm in DAMAGES.items():
                    wide = encoding.startswith("utf-16")
                    if wide and ("ASCII" in damage or "line" in damage or "byte" in damage):
                        continue
                    yield shown, damage, length, written, harm(data, random.Random(f"{damage}{seed}{shown}"))


def ours(data: bytes) -> str:
    """Decode with the ladder of the readers."""
    try:
        return decode(data, "报告.txt").text
    except ReadError:
        return ""


def theirs(data: bytes) -> str:
    """Decode with charset-normalizer."""
    detector = import_module("charset_normalizer")  # measured where it is installed, needed nowhere
    best = detector.from_bytes(data).best()
    return "" if best is None else data.decode(best.encoding, "replace")


def is_right(text: str, found: str) -> bool:
    """Tell whether nine tenths of a text came back (all but three characters of a short one)."""
    wanted = [char for char in text if ord(char) > 0x7F]
    got = [char for char in found if ord(char) > 0x7F and char != "\ufffd"]
    matched = sum(block.size for block in SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks())
    return matched >= min(len(wanted) * 0.9, len(wanted)) or (len(wanted) < 30 and matched >= len(wanted) - 3)


def share_right(
    decoder: Callable[[bytes], str], lengths: Sequence[int] = LENGTHS, seeds: int = 8
) -> dict[str, list[bool]]:
    """Return, per damage and per encoding, which texts were right."""
    found: dict[str, list[bool]] = defaultdict(list)
    for encoding, damage, length, text, data in cases(lengths, seeds):
        right = is_right(text, decoder(data))
        for group in (f"damage: {damage}", f"encoding: {encoding}", f"length: {length}", "all"):
            found[group].append(right)
    return found


def main() -> None:
    """Measure and print."""
    decoders: dict[str, Callable[[bytes], str]] = {"ours": ours}
    try:
        theirs(b"a")
        decoders["charset-normalizer"] = theirs
    except ImportError:
        print("charset-normalizer is not installed; only ours is measured.", file=sys.stderr)
    shares: dict[str, dict[str, list[bool]]] = {}
    for name, decoder in decoders.items():
        began = time.process_time()
        shares[name] = share_right(decoder)
        print(f"{name}: {len(shares[name]['all'])} texts in {time.process_time() - began:.0f} s", file=sys.stderr)
    print(f"| | {' | '.join(shares)} |\n|---|{'---|' * len(shares)}")
    for row in shares["ours"]:
        print(f"| {row} | " + " | ".join(f"{sum(s[row]) / len(s[row]):.3f}" for s in shares.values()) + " |")


if __name__ == "__main__":
    main()
