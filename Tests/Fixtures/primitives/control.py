"""Loops and branches. Their bodies have names; the Swift side holds a graph for each."""
import numpy as np

from table import array, generator, row, wide

BODIES = {
    # carries, constants, slices -> next carries, stacked outputs
    "sum": lambda c, k, s: ([c[0] + s[0]], [c[0] + s[0]]),
    "recurrence": lambda c, k, s: (lambda h: ([h], [h]))(np.tanh(c[0] @ k[0] + s[0])),
    "decay": lambda c, k, s: ([c[0] * k[0] + 0.25], []),
    "pair": lambda c, k, s: (lambda n, v: ([n, v], [v, n]))(c[0] + np.int32(1), c[1] * s[0] + s[1]),
    "nested": lambda c, k, s: (lambda t: ([t], [t * k[0]]))(c[0] + np.sum(np.sin(s[0] * c[0]))),
    "unused": lambda c, k, s: ([c[0]], [s[0] * 2]),
}


def run(body, carries, constants, sequences, length, reverse):
    stacked = None
    order = range(length - 1, -1, -1) if reverse else range(length)
    places = {}
    for i in order:
        carries, outputs = BODIES[body](carries, constants, [s[i] for s in sequences])
        places[i] = outputs
    if length == 0:
        # The stacked outputs' types come from one imagined step.
        _, outputs = BODIES[body](carries, constants, [np.zeros(s.shape[1:], s.dtype) for s in sequences])
        return list(carries) + [np.zeros((0,) + np.shape(o), np.asarray(o).dtype) for o in outputs]
    return list(carries) + [np.stack([places[i][n] for i in range(length)]) for n in range(len(places[0]))]


def scan_row(name, body, carries, constants, sequences, length, reverse=False, dtype="float32", gradient=False):
    draw = lambda x: x if isinstance(x, np.ndarray) and x.dtype.kind == "i" else array(x, dtype)
    carries, constants, sequences = [[draw(x) for x in group] for group in (carries, constants, sequences)]
    raise_ = lambda x: wide(x) if x.dtype.kind == "f" else x
    results = run(body, *[[raise_(x) for x in group] for group in (carries, constants, sequences)], length, reverse)
    results = [np.asarray(r).astype(np.int32) if np.asarray(r).dtype.kind == "i" else array(r, dtype) for r in results]
    operands = carries + constants + sequences
    floats = [i for i, x in enumerate(operands) if x.dtype.kind == "f"]
    row("scan", name, {"body": body, "carries": len(carries), "constants": len(constants), "sequences": len(sequences), "length": length,
                       "reverse": reverse}, operands, results, rel=2e-6 if dtype == "float32" else 1e-14, abs=1e-6 if dtype == "float32" else 1e-15,
        zeros=False, grad=floats if gradient else None)


def scan():
    g = generator("scan")
    for dtype, gradient in (("float32", False), ("float64", True)):
        for reverse in (False, True):
            word = f"{dtype}{' reversed' if reverse else ''}"
            scan_row(f"running sum {word}", "sum", [g.normal(size=3)], [], [g.normal(size=(5, 3))], 5, reverse, dtype, gradient)
            scan_row(f"recurrence {word}", "recurrence", [g.normal(size=(2, 3))], [g.normal(size=(3, 3))], [g.normal(size=(4, 2, 3))], 4, reverse, dtype, gradient)
            scan_row(f"two carries {word}", "pair", [np.array(10, np.int32), g.normal(size=2)], [], [g.normal(size=(4, 2)), g.normal(size=(4, 2))], 4,
                     reverse, dtype, gradient)
            scan_row(f"a loop in a loop {word}", "nested", [np.array(0.3)], [g.normal(size=2)], [g.normal(size=(3, 4))], 3, reverse, dtype, gradient)
        scan_row(f"no sequences {dtype}", "decay", [g.normal(size=2)], [g.normal(size=2)], [], 6, False, dtype, gradient)
        scan_row(f"a carry that stays {dtype}", "unused", [g.normal(size=2)], [], [g.normal(size=(3, 2))], 3, False, dtype, gradient)
    scan_row("no steps", "sum", [g.normal(size=3)], [], [np.zeros((0, 3))], 0)
    scan_row("one step", "sum", [g.normal(size=3)], [], [g.normal(size=(1, 3))], 1)
    scan_row("many steps", "sum", [np.zeros(1)], [], [np.ones((300, 1))], 300)


def conditional():
    g = generator("conditional")
    for taken in (True, False):
        for dtype in ("float32", "float64"):
            a, b = array(g.uniform(0.5, 1.5, (2, 3)), dtype), array(g.uniform(0.5, 1.5, (2, 3)), dtype)
            wa, wb = wide(a), wide(b)
            results = [wa * wb, np.sum(wa, axis=1)] if taken else [wa - wb * 2, np.sum(wb * wb, axis=1)]
            row("conditional", f"{str(taken).lower()} {dtype}", {}, [np.array(taken), a, b], [array(r, dtype) for r in results], ulp=2, zeros=False,
                grad=[1, 2] if dtype == "float64" else None)


def add_all():
    scan()
    conditional()
