"""The table of a run, as Markdown.

Invariant: every figure is of this run; a ratio compares with the floor's figure beside it.
"""

from collections.abc import Sequence

from benchmarks.contenders import Contender
from benchmarks.measuring import Cell
from benchmarks.queries import Query

Cells = dict[tuple[str, str], Cell]

_HEAD = (
    "| | requests/s | p50 ms | p99 ms | server ms | PostgreSQL ms "
    "| requests/s ÷ SQL floor | server ms ÷ SQL floor | requests/s ÷ static |"
)


def table(query: Query, contenders: Sequence[Contender], cells: Cells) -> str:
    """What was measured of one query, a row for each contender."""
    sql, static = cells[query.name, "SQL floor"], cells[query.name, "static"]
    lines = [f"### {query.name}: {query.title}", "", _HEAD, "|---|" + "---|" * 8]
    for contender in contenders:
        cell = cells[query.name, contender.name]
        figures = [
            shown(cell.middle("per_second")),
            shown(cell.middle("p50")),
            shown(cell.middle("p99")),
            shown(cell.least("server"), 3),
            shown(cell.least("database"), 3),
            ratio(cell.middle("per_second"), sql.middle("per_second")),
            ratio(cell.least("server"), sql.least("server")),
            ratio(cell.middle("per_second"), static.middle("per_second")),
        ]
        lines.append(f"| {contender.name} | {' | '.join(figures)} |")
    return "\n".join(lines) + "\n"


def shown(value: float | None, digits: int = 2) -> str:
    """A figure with as many digits as mean something; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.{digits}f}"


def ratio(value: float | None, floor: float | None) -> str:
    """How many times the floor's figure."""
    return "–" if value is None or not floor else f"{value / floor:.2f}"
