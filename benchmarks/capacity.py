"""A capacity plan from unit costs: python benchmarks/capacity.py [--answer-ms 26 …].

The defaults were measured (docs/scale.md says where); give those of your own machine. Nothing here is measured: it is
arithmetic over the unit costs, for sizes that cannot be run on one small machine.
"""

import argparse
import json
from dataclasses import asdict, dataclass

HOURS = 3600.0
HEADROOM = 0.6  # of a core that is planned to be busy: past that waiting grows faster than work


@dataclass(frozen=True, slots=True)
class Unit:
    """What one answer, one passage, one document costs."""

    answer_ms: float  # of one core, everything of an answer
    scan_ms: float  # of one core for each 100,000 passages of a machine: word scores and the graph
    texts_per_s: float  # passages a core encodes in a second
    gpu_texts_per_s: float  # the same for a GPU; not measured here
    passages: float  # of a document
    passage_kb: float  # resident memory of a passage with its rows and indexes
    rest_mb: float  # resident memory of a worker before any document
    disk_kb: float  # of a passage in a generation
    core_cents: float  # price of a core for an hour


@dataclass(frozen=True, slots=True)
class Place:
    """How much there is to answer from and for."""

    name: str
    documents: int
    per_second: float  # questions at the busiest time
    shards: int  # machines the passages are divided over, by region
    looked_at: int  # of them a question looks at: its own region's, and the one of the whole country's


PLACES = (
    Place("市 / city", 200, 5, 1, 1),
    Place("省 / province", 20_000, 100, 16, 2),
    Place("全国 / country", 2_000_000, 3000, 1000, 2),
)


def plan(place: Place, unit: Unit, gpus: int) -> dict[str, float | str]:
    """Cores, memory, disk, build time and cost of a place."""
    passages = place.documents * unit.passages
    mine = passages / place.shards  # of one machine
    cost_ms = unit.answer_ms + unit.scan_ms * mine / 1e5
    # the encoder works once, the search in each shard that is looked at
    busy = place.per_second * (unit.answer_ms + unit.scan_ms * mine / 1e5 * place.looked_at) / 1000
    cores = busy / HEADROOM
    rate = gpus * unit.gpu_texts_per_s if gpus else 2 * unit.texts_per_s * place.shards
    million = 1e6 * busy / place.per_second / HOURS / HEADROOM * unit.core_cents / 100
    return {
        "place": place.name,
        "documents": place.documents,
        "passages": round(passages),
        "machines": place.shards,
        "cores": round(cores, 1),
        "memory_gb_a_machine": round((unit.rest_mb + mine * unit.passage_kb / 1024) / 1024, 1),
        "disk_gb": round(passages * unit.disk_kb / 1e6, 1),
        "answer_ms": round(cost_ms, 1),
        "build_hours": round(passages / rate / HOURS, 2),
        "cost_of_a_million_questions": round(million, 2),
    }


def main() -> None:
    """Print a table, then JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (
        ("answer-ms", 26.0),
        ("scan-ms", 2.5),
        ("texts-per-s", 23.0),
        ("gpu-texts-per-s", 2000.0),
        ("passages", 220.0),
        ("passage-kb", 2.0),
        ("rest-mb", 306.0),
        ("disk-kb", 6.1),
        ("core-cents", 4.0),
    ):
        options.add_argument(f"--{name}", type=float, default=default)
    options.add_argument("--gpus", type=int, default=0)
    given = vars(options.parse_args())
    gpus = given.pop("gpus")
    unit = Unit(**given)
    rows = [plan(place, unit, gpus) for place in PLACES]
    for key in rows[0]:
        print(f"{key:<28}" + "".join(f"{row[key]!s:>18}" for row in rows))
    print(json.dumps({"unit": asdict(unit), "gpus": gpus, "places": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
