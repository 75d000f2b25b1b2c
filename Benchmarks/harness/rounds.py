"""Medians over rounds, and ratios within a round. If the machine is slow for a while, it is slow for both programs."""

import statistics


def median(values):
    return statistics.median(values) if values else None


def ratio(larger, smaller):
    """Returns the median of `larger` / `smaller` over the rounds; rounds that one of them lacks are left out."""
    return median([a / b for a, b in zip(larger, smaller) if a is not None and b])


def rounded(value, digits=4):
    """Rounds floats to this many significant digits, also in lists and dictionaries."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item, digits) for item in value]
    return value


def table(columns, rows):
    """Returns text in columns, the first aligned to the left and the others to the right."""
    lines = [columns] + [[format_cell(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    def line(cells):
        return "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                         for i, (cell, w) in enumerate(zip(cells, widths))).rstrip()
    return "\n".join([line(lines[0]), line(["-" * w for w in widths])] + [line(cells) for cells in lines[1:]])


def format_cell(cell):
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.2f}" if abs(cell) < 100 else f"{cell:.0f}"
    return str(cell)
