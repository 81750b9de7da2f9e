"""Moments: a point in time as a clerk reads it, in the time of this machine."""

from datetime import UTC, date, datetime


def say_moment(value: datetime) -> str:
    """Return day and minute in local time; a time without a zone is universal time."""
    local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone()
    return f"{say_day(local.date())} {local:%H:%M}"


def say_day(value: date) -> str:
    """Return a day in words."""
    return f"{value.year} 年 {value.month} 月 {value.day} 日"
