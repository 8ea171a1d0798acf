"""How the parts of an answer are worded, the same in every channel."""

from index.types import Role
from retrieval.types import Answer, Citation, IndicatorValue

ROLE_NAMES = {Role.TARGET: "目标", Role.BASELINE: "基准", Role.ACTUAL: "完成"}
# 十三五期末 is written “十三五”期末 in running text
_PLANS = ("十二五", "十三五", "十四五", "十五五")


def source_title(citation: Citation) -> str:
    """Word where a citation stands: 《title》address(number;validity)."""
    facts = "; ".join(part for part in (citation.number, citation.validity) if part).replace("; ", ";")
    return f"《{citation.title}》{citation.address}" + (f"({facts})" if facts else "")


def period_name(period: str) -> str:
    """Word a period: ``十四五期末`` → ``“十四五”期末``, ``2025`` → ``2025年``."""
    if period.isdigit():
        return f"{period}年"
    for plan in _PLANS:
        if period.startswith(plan):
            return f"“{plan}”{period[len(plan) :]}"
    return period


def value_line(value: IndicatorValue) -> str:
    """Word one value: name, value with unit, then period and role."""
    row = value.row
    facts = "".join((period_name(row.period), ROLE_NAMES[row.role]))
    tail = "," + row.attribute if row.attribute else ""
    return f"{row.name}:{comparator_name(row.comparator, row.value)}{row.value}{row.unit}({facts}{tail})"


def comparator_name(comparator: str, value: str) -> str:
    """Word a comparator before its value; nothing where it is plain equality or the value is words."""
    if not any(character.isdigit() for character in value):
        return ""
    return {">=": "不低于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约"}.get(comparator, "")


def regions_of(answer: Answer) -> tuple[str, ...]:
    """List the regions the statements speak of, in order, when there is more than one; else nothing."""
    regions = tuple(dict.fromkeys(s.region for s in answer.statements if s.region))
    return regions if len(regions) > 1 else ()


def unused_sources(answer: Answer) -> tuple[int, ...]:
    """Number the citations that no statement rests on: they are shown with their words."""
    used = {statement.source for statement in answer.statements}
    return tuple(n for n in range(1, len(answer.citations) + 1) if n not in used)
