"""Clauses to be, and where among them the tables and boxes of a text stand.

A table with a caption, and a box (专栏) behind the last item of a list, stand under the nearest clause that has a
heading line of its own, not under the sentence they happen to follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.table_lines import TableLines
from index.types import ClauseKind, Span

BOX = "专栏"


@dataclass(frozen=True, slots=True)
class Node:
    """A clause to be: where it starts, how deep it stands; ``stop`` is set for tables, which end by themselves.

    A ``tail`` is no clause: it ends those that are as deep as itself, and its words are of the clause above.
    """

    start: int
    depth: int
    marker: str
    segment: str
    kind: ClauseKind
    heading: Span
    stop: int | None = None
    tail: bool = False


def tail_node(start: int, depth: int) -> Node:
    """Return the node of a tail."""
    return Node(start, depth, "", "", ClauseKind.CLAUSE, Span(start, start), tail=True)


def _host_depth(text: str, open_nodes: Sequence[Node], least: int) -> int:
    """Return the depth of the clause that a captioned table or a box stands under, at least ``least`` where one is open."""
    for node in reversed(open_nodes):
        end = node.heading.end
        heading_line = node.heading.start < end and text[end : end + 1] in ("", "\n")
        if node.depth <= least or heading_line or node.kind is ClauseKind.HEADING:
            return node.depth
    return 0


def _open(open_nodes: list[Node], node: Node) -> None:
    while open_nodes and open_nodes[-1].depth >= node.depth:
        open_nodes.pop()
    if not node.tail:
        open_nodes.append(node)


def place_boxes(text: str, nodes: Sequence[Node]) -> list[Node]:
    """Move the boxes behind the last items of lists, with all they hold, up to the clauses they stand under.

    A box stays in an item whose list goes on behind it, and in the last one where others of the list hold boxes too.
    """
    placed: list[Node] = []
    open_nodes: list[Node] = []
    holding: set[int] = (
        set()
    )  # depths of the open clauses, or of those before them in their lists, that hold a box
    box: Node | None = None
    up = 0
    for at, node in enumerate(nodes):
        box = box if box and node.depth > box.depth else None
        if box is None:
            up = 0
            holding = {depth for depth in holding if depth <= node.depth}
        if node.segment.startswith(BOX) and box is None:
            box, following = node, next((n for n in nodes[at + 1 :] if n.depth <= node.depth), None)
            least = max(following.depth if following else 0, *holding, 0)
            host = min(_host_depth(text, open_nodes, least), node.depth - 1)
            up = node.depth - host - 1
            holding.add(host)
        placed.append(replace(node, depth=node.depth - up))
        _open(open_nodes, placed[-1])
    return placed


def _drop_caption(table: TableLines) -> TableLines:
    """Leave a caption that is a clause's own first line to that clause."""
    start = table.rows[0].start if table.rows else table.caption.end
    return replace(table, span=Span(start, table.span.end), caption=Span(start, start))


def place_tables(text: str, nodes: Sequence[Node], tables: Sequence[TableLines]) -> list[Node]:
    """Merge the tables into the nodes, in document order."""
    placed: list[Node] = []
    open_nodes: list[Node] = []
    at = 0
    for table in tables:
        while at < len(nodes) and nodes[at].start < max(table.span.start + 1, table.caption.end):
            placed.append(nodes[at])
            _open(open_nodes, nodes[at])
            at += 1
        captioned = table.caption.start < table.caption.end
        taken = captioned and bool(placed) and placed[-1].start >= table.caption.start
        if taken and placed[-1].segment.startswith("附"):
            placed[-1] = replace(placed[-1], kind=ClauseKind.TABLE)
            continue
        own = _drop_caption(table) if taken else table
        following = nodes[at] if at < len(nodes) else None
        host = open_nodes[-1].depth if open_nodes else 0
        if captioned and not taken:
            host = _host_depth(text, open_nodes, following.depth - 1 if following else 0)
        placed.append(Node(own.span.start, host + 1, "", "表", ClauseKind.TABLE, own.caption, own.span.end))
    return [*placed, *nodes[at:]]
