"""Folders: the county, city and province that folders, files and breadcrumbs are named after."""

import re
from dataclasses import replace

from search_app.language.analysis.place_names import COUNTY_SUFFIXES, PREFECTURE_SUFFIXES, SURE_COUNTY_ENDS, either
from search_app.parsing.place.address_patterns import Address
from search_app.parsing.place.evidence_texts import Clues
from search_app.parsing.place.gazetteer import Gazetteer

_FOLDER = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{either(*COUNTY_SUFFIXES)}|[\u4e00-\u9fff]县")
_PREFECTURE = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{either(*PREFECTURE_SUFFIXES)}")
#: Folders that offices sort files into, not places.
_FILING = re.compile(
    r"^[各全本我某新市城郊辖园社外老旧]|(?:县市|区县|市县|县区|市区|[乡镇].*)[县区市]?$|"
    r"待|审|共享|下载|上传|资料|文件|档案|归档|临时|回收|备份|报送|报告|收集|汇总|处理|工作|街道|办事|测试|草稿|存放|公共|暂存|开发|工业|示范"
)


def add_folders(stated: Address, clues: Clues, names: Gazetteer) -> Address:
    """Add the county, city and province that folders are named after (云溪县/2023年/…).

    A folder that only looks like a county (各区县, 待审区) is none, unless the report speaks of it.
    """
    said = "".join((clues.title, clues.issuer, clues.intro, clues.body))
    counties: list[str] = []
    for folder in clues.path.split("/")[:-1]:
        if folder in names.provinces:
            stated = replace(stated, province=stated.province or folder)
        elif folder in names.cities or _PREFECTURE.fullmatch(folder):
            stated = replace(stated, city=stated.city or folder)
        elif _FOLDER.fullmatch(folder) and (folder in names.counties or folder in said or not _FILING.search(folder)):
            counties.append(folder)
    if not counties:
        words = re.split(r"[\W_\d]+", clues.path) + re.split(r"[>＞»›/|｜\s]+", clues.frame)
        counties = list(dict.fromkeys(word for word in words if _is_county(word, names)))
        counties = counties if len(counties) == 1 else []
    if len(counties) > 1 and counties[-2].endswith("市") and counties[-2] not in names.counties:
        stated = replace(stated, city=stated.city or counties[-2])  # 甲市/乙县: the folder inside is the county
        counties = counties[-1:]
    return replace(stated, county=stated.county or counties[0]) if counties else stated


def _is_county(word: str, names: Gazetteer) -> bool:
    """Say whether a word of a file's name or of a breadcrumb is a county: a known one, or one by its shape."""
    if word in names.counties:
        return word not in names.cities
    return _FOLDER.fullmatch(word) is not None and word[-1] in SURE_COUNTY_ENDS and not _FILING.search(word)
