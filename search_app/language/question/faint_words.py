"""Faint words: what is said in any question or in any report, and so tells nothing of what is looked for.

Pure tables, of folded words as the analyser cuts them.
"""

_PARTICLES = """
的 了 和 与 及 在 对 为 以 并 是 有 等 不 中 上 下 把 被 将 从 向 到 由 于 或 而 又 也 都 就 还 很 更 最
该 其 这 那 某 各 我 你 他 她 它 吗 呢 吧 做 写 搞 办 弄 用 让 给 请 想 要 能 会 说 讲 看 问 找 查 好 怎 样 何 几 谁 哪
人 来 去 时 里
"""
_QUESTIONS = """
怎么 怎么样 怎样 如何 什么 为什么 为何 哪些 哪个 哪里 哪儿 多少 几个 是不是 是否 有没有 没有 可不可以 能不能
可以 能否 应该 应当 请问 想要 知道 看看 查找 查询 检索 搜索 一下 一些 做好 做得好 写好 搞好
"""
_AROUND = """
不要 起来 出来 回来 出去 下来 之前 之后 以后 到处 人家 半天 这样 那样 怎么办 要不要 老是 总是 到底 究竟 实在 特别
一点 这种 那种 这边 那边
"""
_JOINING = """
关于 有关 对于 至于 以及 还有 并且 或者 而且 因为 所以 如果 别的 别人 其他 其它 另外 某些 各个 每个
这些 那些 这个 那个 我们 你们 他们 自己 大家 咱们
"""
#: What joins a matter to what came of it: whoever asks has it in every sentence, and reports seldom.
_CAUSING = "引起 引发 造成 导致 产生 带来 遇到 碰到 碰上"
#: Every report here is of one of them.
_OF_ALL = "镇 乡 乡镇"

#: Words, as the analyser cuts them, that are never what a question is about: they do not show why a passage was found.
FAINT = frozenset(f"{_PARTICLES} {_QUESTIONS} {_AROUND} {_JOINING} {_CAUSING} {_OF_ALL}".split())

#: Every part of a report is about these: beside a part that is named they say nothing.
WHOLE_SUBJECT = frozenset(
    f"{subject}{what}"
    for subject in ("法治", "法制", "依法行政", "依法治理", "法治政府", "依法治镇", "依法治乡", "基层法治", "法治乡镇")
    for what in ("", "建设", "工作", "建设工作")
)
