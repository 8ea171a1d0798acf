"""Which names of measures read as names."""

import re

_NO_NAME = re.compile(r"[“”\"()、,\uff0c\uff08\uff09]|^[对在为把将与向从给]|[在对为]$")
_RECKONED = re.compile(r"按(?!期|时|规|[月年季](?!平均))")  # 向其支付经济补偿的标准按职工月平均工资(三倍)

# “零就业家庭”在确认(一个月内), 月人均养老金较“十二五”(增长29.16%): what stands before the number, cut in the middle
_HALF = re.compile(r"[”\"][在对为将把与向从给]|[较比](?:[“\"][一-龥\d]{1,6}[”\"]|上年|去年|上期|\d{4}年)$")


def is_half_a_sentence(name: str) -> bool:
    """Whether a name breaks off: beside the words it was read from it tells nothing more than they do."""
    return bool(_HALF.search(name))


def reads_as_name(name: str) -> bool:
    """Whether what stands before a number reads as a name, not as half a sentence."""
    return bool(name) and not _NO_NAME.search(name) and not is_reckoned(name)


def is_reckoned(name: str) -> bool:
    """Whether a number is a multiple of something else that stands in its name, and says nothing without the sentence."""
    return bool(_RECKONED.search(name))
