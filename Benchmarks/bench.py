"""Compares swift-keras with Keras on JAX, TensorFlow and torch, with PyTorch and torch.compile, in turn on this machine.

    python3 bench.py --benchmark PATH [ROW ...]           (make bench ROWS="lstm transformer")
    python3 bench.py --benchmark PATH --growth [KIND ...]  (make bench GROWTH=1): our own time by batch, length and depth

Each round runs every contender once, each in a process of its own; the order turns around from round to round. A time is
the least over the rounds, the median stands beside it. A row gets fewer rounds when they take long (--budget). Nothing else
should be running: the machine's load is written down. The peers' environments are .venv-bench-jax, .venv-bench-tensorflow
and .venv-bench-torch, or the Pythons that BENCH_PYTHON_JAX, BENCH_PYTHON_TENSORFLOW and BENCH_PYTHON_TORCH name.

Writes Benchmarks/results/bench.json and bench.md, growth.json and growth.md. Rows that are there from the same day, processor
and number of threads, and were not run now, stay.
"""
import argparse, json, os, pathlib, subprocess, sys, time

import report

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
ROWS = ["mlp", "wide_mlp", "toy_resnet", "autoencoder", "lstm", "router", "transformer", "resnet50", "vgg19_predict",
        "resnet50_predict", "mlp_predict_one"]
GROWTHS = ["batch", "length", "depth"]
# Those that `peers.py` has for PyTorch itself.
TORCH_ROWS = {"mlp", "wide_mlp", "toy_resnet", "lstm", "transformer"}


def contenders(benchmark):
    """Name → command before the row's name, what it adds to the environment, and its rows (None: all)."""
    def python(name):
        return os.environ.get(f"BENCH_PYTHON_{name.upper()}") or str(ROOT / f".venv-bench-{name}/bin/python")

    peers = str(HERE / "peers.py")
    table = {report.OURS: ([benchmark], {}, None)}
    for name in ("jax", "tensorflow", "torch"):
        table[f"keras-{name}"] = ([python(name), peers, "keras"], {"KERAS_BACKEND": name}, None)
    table["torch"] = ([python("torch"), peers, "torch"], {}, TORCH_ROWS)
    table["torch-compile"] = ([python("torch"), peers, "torch", "--compile"], {}, TORCH_ROWS)
    missing = {command[0] for command, _, _ in table.values() if not os.access(command[0], os.X_OK)}
    if missing:
        sys.exit(f"bench: not there: {', '.join(sorted(missing))}. `make bench` makes what is missing.")
    return table


def run(command, environment, timeout=900):
    """The JSON lines that a command prints; none, and a word about it, if it fails."""
    started = {"BENCH_STARTED_NS": str(time.monotonic_ns())}
    try:
        done = subprocess.run(command, env={**os.environ, **environment, **started}, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        print(f"  {' '.join(command)} took more than {timeout} s", file=sys.stderr)
        return []
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print(f"  {' '.join(command)} failed ({done.returncode}):\n{done.stderr[-2000:]}", file=sys.stderr)
        return []
    return lines


def measure(row, table, rounds, budget):
    """Name → the measurements of each round. Ends early where another round would go over `budget` seconds."""
    names = [name for name, (_, _, rows) in table.items() if rows is None or row in rows]
    results = {name: [] for name in names}
    begin = time.monotonic()
    for number in range(rounds):
        if number and (time.monotonic() - begin) * (number + 1) / number > budget:
            break
        for name in names[::-1 if number % 2 else 1]:
            if number and not results[name]:
                continue  # It does not run here.
            command, environment, _ = table[name]
            if lines := run(command + [row], environment):
                results[name].append(lines[-1])
                print(f"  round {number + 1}: {name:16} {lines[-1]['step_ms']:10.3f} ms", file=sys.stderr)
    return {name: found for name, found in results.items() if found}


def picked(given, known, what):
    if unknown := [name for name in given if name not in known]:
        sys.exit(f"bench: unknown {what}: {', '.join(unknown)}. There are: {', '.join(known)}")
    return given or known


def bench(given):
    rows, table = picked(given.rows, ROWS, "rows"), contenders(given.benchmark)
    head = report.head(table)
    ceiling = run([given.benchmark, "--ceiling"], {})
    if not ceiling:
        sys.exit("bench: the ceiling could not be measured")
    head["ceiling"] = ceiling[-1]
    found = report.earlier(given.results / "bench.json", head, "workload")
    for row in rows:
        print(f"{row}:", file=sys.stderr)
        results = measure(row, table, given.rounds, given.budget)
        if report.OURS not in results:
            sys.exit(f"bench: our side did not run {row}")
        startups = [lines[-1] for _ in range(3) if (lines := run([given.benchmark, "--startup", row], {}))]
        found[row] = report.summarised(row, results, startups, head["ceiling"])
        # After each row, so that a run that is broken off leaves what it has.
        report.write(given.results, "bench", head, [found[name] for name in ROWS if name in found], report.bench_markdown)
    return report.bench_markdown


def growth(given):
    kinds = picked(given.rows, GROWTHS, "kinds of growth")
    head = report.head({})
    found = report.earlier(given.results / "growth.json", head, "kind")
    for kind in kinds:
        print(f"{kind}:", file=sys.stderr)
        # Small and large ones in turn, so that what the machine does meanwhile meets both.
        runs = [lines for _ in range(given.rounds) if (lines := run([given.benchmark, "--growth", kind], {}))]
        if not runs:
            sys.exit(f"bench: growth by {kind} could not be measured")
        found[kind] = report.grown(kind, runs)
        report.write(given.results, "growth", head, [found[name] for name in GROWTHS if name in found], report.growth_markdown)
    return report.growth_markdown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--benchmark", required=True, help="our program, built for release")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--budget", type=float, default=420, help="seconds of a row after which no further round begins")
    parser.add_argument("--growth", action="store_true", help="our own time by batch, length and depth instead")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    parser.add_argument("rows", nargs="*", help=f"of: {', '.join(ROWS)}; with --growth of: {', '.join(GROWTHS)}")
    given = parser.parse_args()
    if os.getloadavg()[0] > 0.5:
        print(f"bench: the machine is busy (load {os.getloadavg()[0]:.1f}); the figures will say more about that than about us", file=sys.stderr)
    name = "growth" if given.growth else "bench"
    markdown = growth(given) if given.growth else bench(given)
    print(markdown(json.loads((given.results / f"{name}.json").read_text())))
    print(f"written to {os.path.relpath(given.results)}/{name}.md and {name}.json")


if __name__ == "__main__":
    main()
