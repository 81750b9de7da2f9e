"""Parts: the names of the sections that rules speak of, and the numbers that stand before words."""

import re

from search_app.language.analysis.han_numbers import NUMERALS

OPENING, DUTY, DONE, PROBLEMS, PLANS, OTHER = (
    "导语",
    "第一责任人履职",
    "主要举措和成效",
    "不足和原因",
    "下年度安排",
    "其他",
)
#: A number needs its mark (、 . 是 or brackets): 2025年安排 and 十四五规划 begin with words.
NUMBER = re.compile(
    rf"^\s*(?:[（(]\s*[{NUMERALS}\d]{{1,3}}\s*[）)]|[{NUMERALS}\d]{{1,3}}(?:[）)、．\s]|\.(?!\d)|是)"
    rf"|第[{NUMERALS}]+(?:章|节|部分|[，,])|[①-⑳])+\s*"
)
FIRST_OF_LIST = re.compile(r"一是|[1１][.．、](?!\d)|一、|[（(][一1][）)]")
#: What is counted of things done (12件), and that or a list of them.
COUNTS = re.compile(r"\d\s*余?(?:件|次|场|份|起|宗|％|%)")
DOINGS = re.compile(rf"{COUNTS.pattern}|(?:^|[。；：\n])\s*(?:{FIRST_OF_LIST.pattern})")
