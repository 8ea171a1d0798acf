"""Which names of measures read as names."""

import re

_NO_NAME = re.compile(r"[“”\"()、,\uff0c\uff08\uff09]|^[对在为把将与向从给]|[在对为]$")
_RECKONED = re.compile(r"按(?!期|时|规|[月年季](?!平均))")  # 向其支付经济补偿的标准按职工月平均工资(三倍)


def reads_as_name(name: str) -> bool:
    """Whether what stands before a number reads as a name, not as half a sentence."""
    return bool(name) and not _NO_NAME.search(name) and not is_reckoned(name)


def is_reckoned(name: str) -> bool:
    """Whether a number is a multiple of something else that stands in its name, and says nothing without the sentence."""
    return bool(_RECKONED.search(name))
