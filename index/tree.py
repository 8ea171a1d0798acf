"""A text → its clause tree.

Paths. A clause's path joins the segments of the markers above it with ``/``: 第三章/第三节/(四)/具体路径/3. Numerals
are written one way (第3章 is 第三章, full width is half width, brackets are half width), labels stand for themselves,
dashes are numbered among their siblings (——1, ——2), so are tables (表1). Where a document repeats a number, the
later clause's segment gets ``#2``, so that a path names one clause. A heading that only the file's format marks is
its own segment, by its words: 办理条件/3.

A table right under 附表1 … is that clause; where the others stand, and boxes, says :mod:`index.nodes`. What stands
behind a list and is not of its last item (:mod:`index.tails`) is of the clause that holds the list.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence

from index.contents import find_contents
from index.depth import find_depths
from index.heading import find_heading
from index.hinted import Hints, merge_depths, read_hints, segment_of
from index.marker_forms import HEADINGS, Kind
from index.markers import Marker, find_markers
from index.nodes import BOX, Node, place_boxes, place_tables, tail_node
from index.normalize import squeeze
from index.table_lines import TableLines, find_tables
from index.tails import Opened, Tail, find_tails
from index.types import Clause, ClauseKind, HeadingLine, Span

_INNERMOST = 1_000  # deeper than any clause: a table is below whatever it follows


def _kind(marker: Marker) -> ClauseKind:
    if marker.kind in HEADINGS or marker.kind is Kind.ANNEX:
        return ClauseKind.HEADING
    return ClauseKind.LABEL if marker.kind is Kind.LABEL else ClauseKind.CLAUSE


def _outside_boxes(opened: Sequence[Opened], boxes: frozenset[int]) -> list[Opened]:
    """Leave out the boxes and what they hold: the list around them goes on behind them."""
    outside: list[Opened] = []
    box: Opened | None = None
    for one in opened:
        box = box if box and one.depth > box.depth else None
        box = one if one.start in boxes else box
        outside += [] if box else [one]
    return outside


def _tails(
    text: str, markers: Sequence[Marker], depths: Sequence[int], named: Sequence[Node], begun: Sequence[int]
) -> list[Tail]:
    """Find the tails of the lists; ``begun`` are the offsets at which anything but a marker begins."""
    opened = [
        Opened(m.span.start, depth, m.kind, m.ordinal) for m, depth in zip(markers, depths, strict=True)
    ]
    opened += [Opened(node.start, node.depth) for node in named]
    boxes = frozenset(m.span.start for m in markers if m.segment.startswith(BOX))
    edges = sorted([*(one.start for one in opened), *begun])
    return find_tails(text, _outside_boxes(sorted(opened, key=lambda one: one.start), boxes), edges)


def _nodes(text: str, markers: Sequence[Marker], tables: Sequence[TableLines], hints: Hints) -> list[Node]:
    """Make a node of each marker, each unnumbered heading and each tail, in document order."""
    titled: list[int] = []
    depths = find_depths(markers)
    if hints.unnumbered:
        depths, titled = merge_depths(markers, depths, hints)
    named = [
        Node(h.span.start, depth, "", segment_of(h.span.of(text)), ClauseKind.HEADING, h.span)
        for h, depth in zip(hints.unnumbered, titled, strict=True)
    ]
    begun = {t.span.start: _INNERMOST for t in tables} | {node.start: node.depth for node in named}
    tails = [tail_node(tail.start, tail.depth) for tail in _tails(text, markers, depths, named, [*begun])]
    ended = {*begun, *(tail.start for tail in tails)}
    nodes = [*_marker_nodes(text, markers, depths, begun, ended), *named, *tails]
    return place_boxes(text, sorted(nodes, key=lambda node: node.start))


def _marker_nodes(
    text: str,
    markers: Sequence[Marker],
    depths: Sequence[int],
    begun: Mapping[int, int],
    ended: Collection[int],
) -> list[Node]:
    """Make a node of each marker.

    :param begun: the offsets at which tables and other headings begin, and how deep these stand
    :param ended: those, and where tails begin
    """
    edges = sorted([*(m.span.start for m in markers), *ended, len(text)])
    nodes, article = [], _INNERMOST
    for at, (marker, depth) in enumerate(zip(markers, depths, strict=True)):
        edge = edges[bisect_right(edges, marker.span.start)]
        line_end = text.find("\n", marker.span.end, edge)
        deeper = at + 1 < len(depths) and depths[at + 1] > depth
        below = line_end >= 0 and not text[line_end:edge].isspace()
        if marker.kind is Kind.ARTICLE or depth <= article:
            article = depth if marker.kind is Kind.ARTICLE else _INNERMOST
        # behind the last item of an article its next paragraph may stand, which is not of the item
        more = deeper or begun.get(edge, 0) > depth or (below and depth <= article)
        heading = find_heading(text, marker, edge, more)
        nodes.append(Node(marker.span.start, depth, marker.text, marker.segment, _kind(marker), heading))
    return nodes


def _trimmed(text: str, start: int, end: int) -> int:
    """Return ``end`` moved back over blanks, not before ``start``."""
    return start + len(text[start:end].rstrip())


def _ends(text: str, nodes: Sequence[Node]) -> list[int]:
    """Return where each node ends: at the next one as shallow as itself, blanks before it left out."""
    ends = [0] * len(nodes)
    open_at: list[int] = []
    for at, node in enumerate(nodes):
        end = _trimmed(text, nodes[at - 1].start if at else 0, node.start)
        while open_at and nodes[open_at[-1]].depth >= node.depth:
            ends[open_at.pop()] = end
        if not node.tail:
            open_at.append(at)
    end = _trimmed(text, nodes[-1].start if nodes else 0, len(text))
    for at in open_at:
        ends[at] = end
    return [min(end, node.stop) if node.stop else end for end, node in zip(ends, nodes, strict=True)]


def _paths(nodes: Sequence[Node]) -> tuple[list[str], list[str]]:
    """Return the path of each node and of its parent."""
    paths: list[str] = []
    parents: list[str] = []
    above: list[tuple[int, str]] = [(0, "")]
    used: dict[str, int] = {}
    numbers: dict[tuple[str, str], int] = {}
    for node in nodes:
        while above[-1][0] >= node.depth:
            above.pop()
        parent, segment = above[-1][1], node.segment
        if node.tail:
            paths.append(parent)
            parents.append(parent)
            continue
        if segment in ("表", "——"):
            numbers[parent, segment] = numbers.get((parent, segment), 0) + 1
            segment += str(numbers[parent, segment])
        path = f"{parent}/{segment}" if parent else segment
        used[path] = used.get(path, 0) + 1
        if used[path] > 1:
            path = f"{path}#{used[path]}"
        paths.append(path)
        parents.append(parent)
        above.append((node.depth, path))
    return paths, parents


def parse(document_id: str, text: str, headings: Sequence[HeadingLine] = ()) -> tuple[Clause, ...]:
    """Read the clause tree of a stored text: the root first, then every clause in document order.

    :param headings: the lines that the file's format marks as headings, in order

    The table of contents belongs to the root and holds no clauses. Every ``span`` ends at its last character that
    is no blank; a clause's span lies inside its parent's. ``own`` starts at the marker. Any text is accepted, an
    empty one or one without markers is its root alone.
    """
    tables = find_tables(text)
    contents = find_contents(text)
    rows = [Span(t.rows[0].start, t.rows[-1].end) for t in tables if t.rows]
    hidden = sorted([*rows, *([contents] if contents else [])])
    markers = find_markers(text, hidden)
    hints = read_hints(text, headings, markers, hidden)
    nodes = place_tables(text, _nodes(text, markers, tables, hints), tables)
    ends = _ends(text, nodes)
    paths, parents = _paths(nodes)
    depths = {"": 0}
    first = _trimmed(text, 0, nodes[0].start if nodes else len(text))
    whole = Span(0, _trimmed(text, 0, len(text)))
    clauses = [Clause(document_id, "", None, "", "", ClauseKind.HEADING, 0, whole, Span(0, first))]
    for at, node in enumerate(nodes):
        if node.tail:
            continue
        depths[paths[at]] = depths[parents[at]] + 1
        inner = nodes[at + 1].start if at + 1 < len(nodes) else len(text)
        span = Span(node.start, ends[at])
        own = Span(node.start, _trimmed(text, node.start, min(inner, ends[at])))
        heading = squeeze(node.heading.of(text))
        clauses.append(
            Clause(
                document_id,
                paths[at],
                parents[at],
                node.marker,
                heading,
                node.kind,
                depths[paths[at]],
                span,
                own,
            )
        )
    return tuple(clauses)
