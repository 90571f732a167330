"""Compares swift-keras with Keras-JAX, Keras-torch, PyTorch and torch.compile, in turn on this machine.

    python3 bench.py --benchmark PATH [ROW ...]        (make bench ROWS="mlp")

Each round runs every contender once, each in a process of its own; the order turns around from round to round. A time is
the least over the rounds, the median stands beside it. Nothing else should be running: the machine's load is written down.
The peers' environments are .venv-bench-jax and .venv-bench-torch, or the Pythons that BENCH_PYTHON_JAX and
BENCH_PYTHON_TORCH name. Writes Benchmarks/results/bench.md and bench.json.
"""
import argparse, datetime, json, os, pathlib, platform, statistics, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
OURS = "swift-keras"
ROWS = ["mlp"]


def contenders(benchmark):
    """Name → command before the row's name, and what it adds to the environment."""
    jax = os.environ.get("BENCH_PYTHON_JAX") or str(ROOT / ".venv-bench-jax/bin/python")
    torch = os.environ.get("BENCH_PYTHON_TORCH") or str(ROOT / ".venv-bench-torch/bin/python")
    peers = str(HERE / "peers.py")
    table = {
        OURS: ([benchmark], {}),
        "keras-jax": ([jax, peers, "keras"], {"KERAS_BACKEND": "jax"}),
        "keras-torch": ([torch, peers, "keras"], {"KERAS_BACKEND": "torch"}),
        "torch": ([torch, peers, "torch"], {}),
        "torch-compile": ([torch, peers, "torch", "--compile"], {}),
    }
    missing = [command[0] for command, _ in table.values() if not os.access(command[0], os.X_OK)]
    if missing:
        sys.exit(f"bench: not there: {', '.join(sorted(set(missing)))}. `make bench` makes what is missing.")
    return table


def run(command, environment, timeout=1800):
    """The last JSON line a command prints; None, and a word about it, if there is none."""
    started = {"BENCH_STARTED_NS": str(time.monotonic_ns())}
    try:
        done = subprocess.run(command, env={**os.environ, **environment, **started}, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        print(f"  {command} took more than {timeout} s", file=sys.stderr)
        return None
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print(f"  {' '.join(command)} failed ({done.returncode}):\n{done.stderr[-2000:]}", file=sys.stderr)
        return None
    return json.loads(lines[-1])


def measure(row, table, rounds):
    """Name → the measurements of each round."""
    results = {name: [] for name in table}
    for round_number in range(rounds):
        names = list(table)[::-1 if round_number % 2 else 1]
        for name in names:
            if round_number and not results[name]:
                continue  # It does not run here, or has no such row.
            command, environment = table[name]
            result = run(command + [row], environment)
            if result:
                results[name].append(result)
                print(f"  round {round_number + 1}: {name:14} {result['step_ms']:9.3f} ms", file=sys.stderr)
    return {name: found for name, found in results.items() if found}


def summarised(row, results, startups, ceiling):
    ms = {name: min(r["step_ms"] for r in found) for name, found in results.items()}
    peers = {name: value for name, value in ms.items() if name != OURS}
    best = min(peers, key=peers.get) if peers else None
    ours = results[OURS]
    gflops = ours[0]["gflop"] / (ms[OURS] / 1e3)
    return {
        "workload": row,
        "batch": ours[0]["batch"],
        "ours_ms": ms[OURS],
        "peers": peers,
        "best": best,
        "ratio": round(peers[best] / ms[OURS], 2) if best else None,
        "first_s": min(r["first_s"] for r in ours),
        "peak_mb": max(r["peak_mb"] for r in ours),
        "ceiling_share": round(gflops / ceiling["matmul_gflops"], 3) if ceiling else None,
        "start_to_first_step_s": min(s["start_to_first_step_s"] for s in startups) if startups else None,
        "medians_ms": {name: round(statistics.median(r["step_ms"] for r in found), 4) for name, found in results.items()},
        "all_first_s": {name: min(r["first_s"] for r in found) for name, found in results.items()},
        "all_peak_mb": {name: max(r["peak_mb"] for r in found) for name, found in results.items()},
    }


def versions(table):
    found = {"python": platform.python_version()}
    script = "import importlib.metadata as m, sys\nfor n in sys.argv[1:]:\n  try: print(n, m.version(n))\n  except Exception: pass"
    for name in ("keras-jax", "torch"):
        said = subprocess.run([table[name][0][0], "-c", script, "keras", "jax", "torch"], capture_output=True, text=True).stdout
        found |= dict(line.split() for line in said.splitlines())
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    found["swift"] = next((word for word in swift.split() if word[0].isdigit()), "unknown")
    return found


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return next(line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def table_lines(report):
    lines = ["| workload | " + " | ".join(["ours ms", "best peer", "its ms", "ratio", "first steps s", "start to first step s", "peak MB", "share of ceiling"]) + " |",
             "| --- " * 9 + "|"]
    for row in report["rows"]:
        cells = [f"{row['workload']}, batch {row['batch']}", f"{row['ours_ms']:.3f}", row["best"] or "–",
                 f"{row['peers'][row['best']]:.3f}" if row["best"] else "–", f"{row['ratio']:.2f}" if row["ratio"] else "–",
                 f"{row['first_s']:.3f}", f"{row['start_to_first_step_s']:.3f}" if row["start_to_first_step_s"] else "–",
                 str(row["peak_mb"]), f"{row['ceiling_share']:.0%}" if row["ceiling_share"] else "–"]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def detail_lines(report):
    lines = ["| workload | contender | least ms | median ms | first steps s | peak MB |", "| --- " * 6 + "|"]
    for row in report["rows"]:
        for name, median in sorted(row["medians_ms"].items(), key=lambda item: item[1]):
            least = row["ours_ms"] if name == OURS else row["peers"][name]
            lines.append(f"| {row['workload']} | {name} | {least:.3f} | {median:.3f} | {row['all_first_s'][name]:.2f} | {row['all_peak_mb'][name]} |")
    return lines


def markdown(report):
    head = (f"{report['date']}, {report['processor']}, {report['threads']} threads, load before {report['load_before']} and after "
            f"{report['load_after']}. {', '.join(f'{k} {v}' for k, v in report['versions'].items())}. Ceiling: "
            f"{report['ceiling']['matmul_gflops']} GFLOP/s matrix product, {report['ceiling']['copy_gb_per_s']} GB/s copy. "
            f"Least of {report['rounds']} rounds in turn; ratio is the best peer's step over ours.")
    return "\n".join(["# Benchmark", "", head, "", *table_lines(report), "", *detail_lines(report), ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--benchmark", required=True, help="our program, built for release")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    parser.add_argument("rows", nargs="*", help=f"of: {', '.join(ROWS)}")
    given = parser.parse_args()
    unknown = [row for row in given.rows if row not in ROWS]
    if unknown:
        sys.exit(f"bench: unknown rows: {', '.join(unknown)}. There are: {', '.join(ROWS)}")
    table = contenders(given.benchmark)
    load_before = os.getloadavg()[0]
    if load_before > 0.5:
        print(f"bench: the machine is busy (load {load_before:.1f}); the figures will say more about that than about us", file=sys.stderr)
    ceiling = run([given.benchmark, "--ceiling"], {})
    rows = []
    for row in given.rows or ROWS:
        print(f"{row}:", file=sys.stderr)
        results = measure(row, table, given.rounds)
        if OURS not in results:
            sys.exit(f"bench: our side did not run {row}")
        startups = [s for _ in range(5) if (s := run([given.benchmark, "--startup", row], {}))]
        rows.append(summarised(row, results, startups, ceiling))
    report = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "processor": processor(),
        "threads": len(os.sched_getaffinity(0)), "versions": versions(table), "rounds": given.rounds,
        "load_before": round(load_before, 2), "load_after": round(os.getloadavg()[0], 2),
        "ceiling": ceiling or {"matmul_gflops": 0, "copy_gb_per_s": 0}, "rows": rows,
    }
    given.results.mkdir(parents=True, exist_ok=True)
    (given.results / "bench.json").write_text(json.dumps(report, indent=2) + "\n")
    (given.results / "bench.md").write_text(markdown(report))
    print("\n".join([*table_lines(report), "", *detail_lines(report)]))
    shown = given.results.relative_to(ROOT) if given.results.is_relative_to(ROOT) else given.results
    print(f"\nwritten to {shown}/bench.md and bench.json")


if __name__ == "__main__":
    main()
