"""What `bench.py` makes of its measurements: the rows of its JSON files, and tables."""
import datetime, json, os, pathlib, platform, statistics, subprocess

OURS = "swift-keras"


# ---------------------------------------------------------------- Rows
def summarised(row, results, startups, ceiling):
    """A row of bench.json."""
    ms = {name: min(r["step_ms"] for r in found) for name, found in results.items()}
    peers = {name: value for name, value in ms.items() if name != OURS}
    best = min(peers, key=peers.get) if peers else None
    ours = results[OURS]
    return {
        "workload": row,
        "batch": ours[0]["batch"],
        "ours_ms": ms[OURS],
        "peers": peers,
        "best": best,
        "ratio": round(peers[best] / ms[OURS], 2) if best else None,
        "first_s": min(r["first_s"] for r in ours),
        "peak_mb": max(r["peak_mb"] for r in ours),
        "ceiling_share": round(ours[0]["gflop"] / (ms[OURS] / 1e3) / ceiling["matmul_gflops"], 3),
        "start_to_first_step_s": min((s["start_to_first_step_s"] for s in startups), default=None),
        "rounds": max(len(found) for found in results.values()),
        "measured": now(),
        "load": round(os.getloadavg()[0], 2),
        "all": {name: {"least_ms": ms[name], "median_ms": round(statistics.median(r["step_ms"] for r in found), 4),
                       "first_s": min(r["first_s"] for r in found), "peak_mb": max(r["peak_mb"] for r in found)}
                for name, found in results.items()},
    }


def grown(kind, runs):
    """A row of growth.json: for each size the least over the runs."""
    sizes = [line["size"] for line in runs[0]]
    least = lambda size, key: min(line[key] for lines in runs for line in lines if line["size"] == size)
    return {"kind": kind, "unit": runs[0][0]["unit"], "rounds": len(runs), "measured": now(), "load": round(os.getloadavg()[0], 2),
            "points": [{"size": size, "step_ms": least(size, "step_ms"), "us_per_unit": least(size, "us_per_unit"),
                        "first_s": least(size, "first_s")} for size in sizes]}


# ---------------------------------------------------------------- Files
def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def head(table):
    """What a report says of the run."""
    return {"date": now(), "processor": processor(), "threads": len(os.sched_getaffinity(0)), "versions": versions(table)}


def earlier(path, head, key):
    """The rows of a report of the same day on the same machine, by name."""
    try:
        old = json.loads(path.read_text())
        same = all(old[part] == head[part] for part in ("processor", "threads")) and old["date"].split()[0] == head["date"].split()[0]
        return {row[key]: row for row in old["rows"]} if same else {}
    except (OSError, ValueError, KeyError):
        return {}


def write(folder, name, head, rows, markdown):
    whole = {**head, "rows": rows}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(whole, indent=2) + "\n")
    (folder / f"{name}.md").write_text(markdown(whole))


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return next(line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def versions(table):
    found = {}
    script = ("import importlib.metadata as m, platform\nprint('python', platform.python_version())\n"
              "for n in ('keras', 'jax', 'tensorflow-cpu', 'torch'):\n  try: print(n, m.version(n))\n  except Exception: pass")
    for name in ("keras-jax", "keras-tensorflow", "keras-torch"):
        if name in table:
            said = subprocess.run([table[name][0][0], "-c", script], capture_output=True, text=True).stdout
            found |= dict(line.split() for line in said.splitlines())
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    found["swift"] = next((word for word in swift.split() if word[0].isdigit()), "unknown")
    return found


# ---------------------------------------------------------------- Tables
def table(header, rows):
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *rows])


def machine(report):
    return f"{report['date']}, {report['processor']}, {report['threads']} threads. {', '.join(f'{k} {v}' for k, v in report['versions'].items())}."


def number(value, form):
    return "–" if value is None else format(value, form)


def bench_markdown(report):
    ceiling = report["ceiling"]
    lines = ["# Benchmark", "",
             f"{machine(report)} Ceiling: {ceiling['matmul_gflops']} GFLOP/s matrix product, {ceiling['copy_gb_per_s']} GB/s copy. "
             "Times are the least over rounds in turn; ratio is the best peer's step over ours.", ""]
    rows, details = [], []
    for row in report["rows"]:
        leanest = min((one["peak_mb"] for name, one in row["all"].items() if name != OURS), default=None)
        rows.append([f"{row['workload']}, batch {row['batch']}", f"{row['ours_ms']:.4g}", row["best"] or "–",
                     number(row["peers"].get(row["best"]), ".4g"), number(row["ratio"], ".2f"), f"{row['first_s']:.3f}",
                     number(row["start_to_first_step_s"], ".3f"), str(row["peak_mb"]), number(leanest, "d"), f"{row['ceiling_share']:.0%}",
                     f"{row['rounds']}", f"{row['load']:.1f}"])
        for name, one in sorted(row["all"].items(), key=lambda item: item[1]["least_ms"]):
            details.append([row["workload"], name, f"{one['least_ms']:.4g}", f"{one['median_ms']:.4g}", f"{one['first_s']:.2f}", str(one["peak_mb"])])
    lines += [table(["workload", "ours ms", "best peer", "its ms", "ratio", "first steps s", "start to first step s", "peak MB",
                     "leanest peer MB", "share of ceiling", "rounds", "load"], rows), "",
              table(["workload", "contender", "least ms", "median ms", "first steps s", "peak MB"], details), ""]
    return "\n".join(lines)


def growth_markdown(report):
    lines = ["# Growth", "", f"{machine(report)} Least over rounds. A time per unit that stays means linear growth.", ""]
    for row in report["rows"]:
        least = min(point["us_per_unit"] for point in row["points"])
        points = [[str(point["size"]), f"{point['step_ms']:.4g}", f"{point['us_per_unit']:.4g}", f"{point['us_per_unit'] / least:.2f}",
                   f"{point['first_s']:.3f}", f"{1e3 * point['first_s'] / point['size']:.3g}"] for point in row["points"]]
        lines += [f"## By {row['kind']}", "", f"{row['rounds']} rounds, {row['measured']}, load {row['load']}.", "",
                  table([row["kind"], "step ms", f"µs per {row['unit']}", "over the least", "build and plan s", f"ms per {row['kind']}"], points), ""]
    return "\n".join(lines)
