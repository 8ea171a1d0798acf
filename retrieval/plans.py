"""What is a plan, with targets over years, and what a rule or a guide, which holds as it stands."""

import re

from index.types import Document

_PLAN = re.compile(r"规划|纲要|计划|要点")


def is_plan(document: Document) -> bool:
    """Whether a document plans: it names its years, or calls itself a plan."""
    return bool(document.period or _PLAN.search(document.title))
