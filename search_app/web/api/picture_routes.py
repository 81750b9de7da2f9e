"""The API of pictures: the numbers that pages draw, as JSON."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.errors import NoSuchPlace
from search_app.model import TOPICS
from search_app.searching.report_scope import reports_in
from search_app.web.parameters import BadParameter
from search_app.web.state import site
from search_app.web.topic_answers import (
    count_passages,
    histories,
    profile,
    read_county,
    read_place,
    read_topic,
)

picture_api = Blueprint("picture_api", __name__, url_prefix="/api/v1")


@picture_api.get("/topics")
def topics() -> ResponseReturnValue:
    """Return in how many reports of each year something stands on a topic, or on each of them."""
    asked = request.args.to_dict(flat=False)
    topic, county = read_topic(asked), read_county(asked)
    found = histories((topic,) if topic else TOPICS, county)
    return jsonify(json_shapes.topic_histories(found, county=county, generation=_generation()))


@picture_api.get("/profile")
def town_profile() -> ResponseReturnValue:
    """Return what a town writes about beside the towns of its county."""
    place = read_place(request.args.to_dict(flat=False))
    found = profile(place)
    if found is None and place.counties:
        raise NoSuchPlace(f"“{place.town}”在几个县都有", hint=f"请加上 county=：{'、'.join(place.counties)}。")
    if found is None:
        raise BadParameter(
            "没有写明是哪个镇（town）", name="town", hint="请写 town=，几个县都有同名的镇时再加 county=。"
        )
    return jsonify(json_shapes.topic_profile(found, generation=_generation()))


@picture_api.get("/coverage")
def coverage() -> ResponseReturnValue:
    """Return what is held of each town and year, of all counties or of one."""
    county = read_county(request.args.to_dict(flat=False))
    with site().gate:
        held = [report for report in reports_in(site().engine).reports() if county in (None, report.county)]
        return jsonify(json_shapes.coverage(held, count_passages, generation=_generation()))


def _generation() -> str:
    return site().engine.status().current.name
