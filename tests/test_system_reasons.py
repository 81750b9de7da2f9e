"""Why the system refuses: in Chinese, and never in the words of the system."""

import errno
import socket

import pytest

from search_app.system_reasons import why_no_address, why_not_opened, why_not_written


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_is_in_the_words_of_the_system(number: int) -> None:
    refused = OSError(number, "some words of the system")

    for said in (why_not_opened(refused), why_not_written(refused), why_no_address(refused)):
        assert said
        assert not any(letter.isascii() and letter.isalpha() for letter in said)


def test_what_may_not_be_read_and_what_may_not_be_written_are_told_apart() -> None:
    refused = OSError(errno.EACCES, "")

    assert (why_not_opened(refused), why_not_written(refused)) == ("没有读取权限", "没有写入的权限")


def test_a_full_disk_is_called_so() -> None:
    assert why_not_written(OSError(errno.ENOSPC, "")) == "磁盘空间不够"


def test_a_name_that_leads_nowhere_is_called_so() -> None:
    assert why_no_address(socket.gaierror(socket.EAI_NONAME, "")) == "没有这个名字或地址"
