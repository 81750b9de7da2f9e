"""Phrases: rows of words that texts write again and again as one, such as 执法全过程记录 or 板凳会.

In: texts, each with who wrote it. Out: phrase -> how many texts hold it, those that most hold first. A row of words is
a phrase where its words stand together far oftener than by chance (pointwise mutual information; K. Church, P. Hanks,
"Word association norms, mutual information, and lexicography", 1990) and where what stands before and behind it changes
(branching, after Z. Harris, "From phoneme to morpheme", 1955): 执法全过程 is always followed by 记录, so it is a
fragment. What one writer alone writes may name persons and places: there, a word that looks so and stands in no
dictionary makes it none. The surprise: it is counted in arrays, level by level, each row of words made from two that
overlap in all but their ends.
"""

import re
from collections.abc import Hashable, Iterable, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.language.analysis.han_numbers import ANY_NUMERAL
from search_app.language.analysis.tokenizer import cut_runs, is_listed
from search_app.language.question.faint_words import FAINT

#: So many words and characters a phrase has at most; nobody reads a longer one in a list.
LONGEST, WIDEST = 4, 10
#: How much oftener than by chance its parts stand together: the natural logarithm.
_TOGETHER = 2.0
#: Where a single word stands on one side of so much of what holds a row of words, that word belongs to it.
_CONTINUED = 0.7
#: Where a single character stands there in so much of it, and makes a word with the character beside it, a word was cut
#: wrongly: 民 in front of 宿主 (民宿).
_CUT = 0.4

_Ints = NDArray[np.int64]
#: Words that join, point or count time begin no phrase and end none.
_JOINING = (
    "的 了 和 与 及 等 在 对 为 将 把 被 由 从 向 到 以 并 并且 或 或者 但 而 且 则 所 之 于 就 都 也 还 又 "
    "再 均 已 已经 共 其 其中 其他 其余 这 那 该 各 各类 各项 各级 本 我 我们 有 无 没有 不 不得 未 是 为了 "
    "通过 根据 按照 依照 围绕 针对 结合 利用 关于 以及 同时 因 因此 如 如果 只 只有 让 使 使得 给 用 从而 "
    "进而 因而 然后 即 即可 便 才 方可 方能 做到 实行 形成 存在"
)
_TIMES_AND_AMOUNTS = (
    "同比 比 比上年 至 截至 约 近 超 超过 每 每个 每年 每月 每周 每天 每季 每季度 每名 每户 每村 个村 各村 "
    "某 今年 去年 明年 本年 全年 当年 年度 年初 年底 年末 年内 上半年 下半年 目前 当前 期间 以来 以上 以下 "
    "以内 之间 左右 上 下 中 内 外 前 后 里 时 间 年 月 日 件 次 人 名 个 份 场 起 条 项 家 户 批 余 多 元 "
    "万元 人次 全镇 全乡 全街道 我镇 我乡 全县 全区 全市"
)
_MANNERS = (
    "进一步 更加 不断 持续 积极 认真 切实 及时 有效 充分 全面 深入 扎实 严格 着力 大力 主动 逐步 逐一 分别 "
    "共同 一 一是 二是 三是 四是 五是 六是 第一 第二 第三 首先 其次 最后 一方面 另一方面"
)
_EDGES = frozenset(f"{_JOINING} {_TIMES_AND_AMOUNTS} {_MANNERS}".split())
#: What says how something is done or became makes a clause of a row, wherever it stands: 营商环境更加优化.
_CLAUSES = frozenset(
    ["更加", "进一步", "有待", "亲自", "不断", "持续", "显著", "明显", "逐步", "日益", "得到", "有所", "均", "全部"]
)
#: A single character ends a phrase where it makes a noun of what stands before: 板凳会, 成功率, 调解室.
_NOUN_ENDINGS = frozenset(
    "会法室所站点队团岗员率制单卡码区户案书证线日周月网图账表墙角窗厅院庭桌栏奖课讲课班车箱册本岗屋亭街家"
)
#: With these a person's name begins, and with those a place's name ends.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫"
    "孔向汤"
)
_PLACE_ENDINGS = frozenset("村镇乡县区市街路巷庄寨湾岭坪坝屯堡集")
_COUNTED = re.compile(rf"[{ANY_NUMERAL}]+[^\W\d]{{0,2}}")
#: A number that is a name has so many digits: 12345, 12348; shorter ones count things.
_NAME_OF_DIGITS = 5


class _Level(NamedTuple):
    """The rows of so many words: which one begins at each place (-1: none), and for each its count and its words."""

    at: _Ints
    counts: _Ints
    first: _Ints  # the place where it stands first


def find_phrases(
    texts: Iterable[tuple[Hashable, str]], *, fewest: int, most: int, names: Set[str] = frozenset()
) -> dict[str, int]:
    """Return at most so many phrases that at least ``fewest`` of the (writer, text) hold -> how many do, most first.

    None has one of the ``names`` in it.
    """
    words, places, owners, writers = _number(texts)
    counted: dict[str, int] = {}
    level = _first_level(places)
    single, total = level.counts, max(int((places > 0).sum()), 1)
    for length in range(2, LONGEST + 1):
        shorter, level = level, _next_level(level)
        if not len(level.counts):
            break
        held, writing = _count_owners(level, owners), _count_owners(level, writers)
        kept = np.flatnonzero(held >= fewest)
        kept = kept[_is_together(level, shorter, single, places, kept, length, total)]
        kept = kept[~_is_fragment(level, words, places, kept, length)]
        for row in kept.tolist():
            start = int(level.first[row])
            parts = [words[number] for number in places[start : start + length].tolist()]
            if _is_sound(parts) and names.isdisjoint(parts) and (writing[row] > 1 or not any(map(_may_be_name, parts))):
                counted["".join(parts)] = int(held[row])
    ordered = sorted(counted, key=lambda phrase: (-counted[phrase], phrase))
    return {phrase: counted[phrase] for phrase in ordered[:most]}


def _number(texts: Iterable[tuple[Hashable, str]]) -> tuple[list[str], _Ints, _Ints, _Ints]:
    """Return the words, and for each place the numbers of its word (0 between runs), of its text and of its writer."""
    numbers: dict[str, int] = {"": 0}
    known: dict[Hashable, int] = {}
    places, owners, writers = [0], [0], [0]
    for owner, (writer, text) in enumerate(texts):
        before = len(places)
        for run in cut_runs(text):
            places += [numbers.setdefault(word, len(numbers)) for word in run]
            places.append(0)
        owners += [owner] * (len(places) - before)
        writers += [known.setdefault(writer, len(known))] * (len(places) - before)
    return list(numbers), np.array(places, np.int64), np.array(owners, np.int64), np.array(writers, np.int64)


def _first_level(places: _Ints) -> _Level:
    counts = np.bincount(places)
    counts[0] = 0
    at = np.where(places > 0, places, -1)
    return _Level(at, counts, np.zeros(len(counts), dtype=np.int64))


def _next_level(level: _Level) -> _Level:
    """Return the rows of one word more that stand at least twice."""
    left, right = level.at[:-1], level.at[1:]
    often = np.append(level.counts, 0) > 1  # the last one stands for -1, no row
    starts = np.flatnonzero((left >= 0) & (right >= 0) & often[left] & often[right])
    keys = left[starts] * np.int64(len(level.counts)) + right[starts]
    _, first, rows, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    kept = counts > 1
    renamed = np.where(kept, np.cumsum(kept) - 1, -1)
    at = np.full(len(level.at), -1, dtype=np.int64)
    at[starts] = renamed[rows]
    return _Level(at, counts[kept].astype(np.int64), starts[first][kept])


def _count_owners(level: _Level, owners: _Ints) -> _Ints:
    """Return how many owners each row of words has."""
    starts = np.flatnonzero(level.at >= 0)
    size = owners.max() + 1
    pairs = _distinct(level.at[starts] * size + owners[starts])
    return np.bincount(pairs // size, minlength=len(level.counts))


def _is_together(
    level: _Level, shorter: _Level, single: _Ints, places: _Ints, rows: _Ints, length: int, total: int
) -> NDArray[np.bool_]:
    """Tell of each row whether its first word and the rest, and the last, stand together oftener than by chance."""
    start = level.first[rows]
    both = level.counts[rows] * float(total)
    ahead = both / (single[places[start]] * shorter.counts[shorter.at[start + 1]])
    behind = both / (shorter.counts[shorter.at[start]] * single[places[start + length - 1]])
    together: NDArray[np.bool_] = np.log(np.minimum(ahead, behind)) >= _TOGETHER
    return together


def _is_fragment(level: _Level, words: list[str], places: _Ints, rows: _Ints, length: int) -> NDArray[np.bool_]:
    """Tell of each row whether nearly all that holds it goes on with the same word, or it begins or ends inside one."""
    starts = np.flatnonzero(level.at >= 0)
    found = np.zeros(len(level.counts), dtype=np.bool_)
    stray = np.array([len(word) == 1 for word in words])
    for beside, edge in ((-1, 0), (length, length - 1)):
        near = places[np.minimum(starts + beside, len(places) - 1)]
        pairs, often = np.unique(level.at[starts] * np.int64(len(words)) + near, return_counts=True)
        row, word = np.divmod(pairs, len(words))
        share = often / level.counts[row]
        found[row[(word > 0) & (share > _CONTINUED)]] = True
        for each, char in zip(*(both[stray[word] & (share > _CUT)].tolist() for both in (row, word)), strict=True):
            own = words[places[level.first[each] + edge]]
            found[each] |= is_listed(words[char] + own[0] if edge == 0 else own[-1] + words[char])
    return found[rows]


def _may_be_name(word: str) -> bool:
    """Tell whether a word that stands in no dictionary may name a person or a place."""
    looks_so = (word[0] in _SURNAMES and len(word) < 4) or word[-1] in _PLACE_ENDINGS
    return looks_so and len(word) > 1 and not is_listed(word)


def _distinct(numbers: _Ints) -> _Ints:
    """Return each number once, ascending; by sorting, which for these is five times as fast as numpy's hashing."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _is_sound(parts: list[str]) -> bool:
    """Tell whether a row of words reads as a phrase: no number that counts, no joining word at its ends."""
    first, last, phrase = parts[0], parts[-1], "".join(parts)
    if not 3 <= len(phrase) <= WIDEST or {first, last} & (_EDGES | FAINT) or len(first) == 1:
        return False
    if (len(last) == 1 and last not in _NOUN_ENDINGS) or not _CLAUSES.isdisjoint(parts):
        return False
    if "的" in parts or any(part[0].isdigit() for part in parts[1:]) or any(_COUNTED.fullmatch(part) for part in parts):
        return False
    return not first[0].isdigit() or (len(first) >= _NAME_OF_DIGITS and first.isdigit())
