"""Place names: the suffixes that names of places end in, level by level.

In tuples, to be joined by :func:`either` for a pattern, or as strings of last characters, to stand inside its brackets.
Where a room needs fewer or more of them than the level has, the set has a name of its own and says why.
"""

#: A township of whatever kind: towns, townships, sub-districts, and the sumus of Inner Mongolia.
TOWN_SUFFIXES = ("街道", "苏木", "镇", "乡")
#: Of which 民族乡 is taken off as a whole, so that the bare name remains.
TOWN_SUFFIXES_IN_FULL = ("民族乡", *TOWN_SUFFIXES)
#: With the office that stands for its 街道 in many signatures.
TOWN_SUFFIXES_AND_OFFICES = (*TOWN_SUFFIXES, "街道办事处")
#: One becomes another when a place grows: a 乡 a 镇, a 镇 a 街道; a 苏木 stays one.
RENAMED_TOWN_SUFFIXES = ("街道", "镇", "乡")
#: What a county's government stands before in the names of its offices; some are called 地区办事处.
OFFICE_SUFFIXES = (*RENAMED_TOWN_SUFFIXES, "地区")
#: In lines of covers, where 乡镇 is the word for all of them and ends no name.
TOWN_NOT_THE_WORD = "(?:街道|(?<!乡)镇|乡(?!镇)|苏木)"
#: Last characters of what a keeper may enter as a town: also a farm, a committee and a zone that report as towns do.
ENTERED_TOWN_ENDS = "镇乡道木场会区"

AUTONOMOUS_COUNTIES = ("自治县", "自治旗")
#: Last characters of counties, banners, districts and cities of their rank.
COUNTY_ENDS = "县区旗市"
COUNTY_SUFFIXES = (*AUTONOMOUS_COUNTIES, *COUNTY_ENDS)
#: 区 and 市 end other words too (辖区, 城市): a shape alone is believed of these only.
SURE_COUNTY_ENDS = "县旗"
#: On covers and in the names of sites, where a line that ends in 旗 is more often no place (红旗).
COMMON_COUNTY_ENDS = "县区市"
#: Also a committee that stands for a zone (管委会).
ENTERED_COUNTY_ENDS = COUNTY_ENDS + "会"

AUTONOMOUS_PREFECTURE = "自治州"
#: Of prefectures beside cities; 州 alone is the short form that reports use.
PREFECTURE_SUFFIXES = (AUTONOMOUS_PREFECTURE, "州", "盟", "地区")
#: In running text, where 州 alone ends the names of cities and counties as well (广州, 通州).
CITY_SUFFIXES = (AUTONOMOUS_PREFECTURE, "地区", "盟", "市")
#: In a name that is known to be one of an area, where 州 alone may stand.
AREA_SUFFIXES = ("市", "州", "盟", "地区")
#: Whose government or site a page names: any level above a town, prefectures by their short forms too.
SEAT_SUFFIXES = (*COUNTY_SUFFIXES, *PREFECTURE_SUFFIXES, "省")
ENTERED_CITY_ENDS = "市州盟区"

_AUTONOMOUS_REGIONS = ("内蒙古", "广西壮族", "西藏", "宁夏回族", "新疆维吾尔")
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
ENTERED_PROVINCE_ENDS = "省区市"


def either(*suffixes: str) -> str:
    """Return a pattern that fits one of the suffixes."""
    return f"(?:{'|'.join(suffixes)})"


def province_pattern(character: str) -> str:
    """Return a pattern that fits a province; of regions and municipalities there are only these."""
    return f"(?:{character}{{2,3}}?省|{either(*_AUTONOMOUS_REGIONS)}自治区|{either(*_MUNICIPALITIES)}市)"
