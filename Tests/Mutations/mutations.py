#!/usr/bin/env python3
"""Breaks PDFs in seeded ways and reviews each: one record a file, within its limits, nothing left running.

  mutations.py [--count 500] [--seed 1] [--keep FOLDER] SOCLENS FOLDER...

SOCLENS   the program, best as a release build; run where it finds its rules
FOLDER    PDFs to break, also in folders below; each run takes --count of all pairs of file and mutation
--keep    a folder for the files that break the rule, to become fixtures

Exit code 0: the rule held for all. It takes some minutes, and so is run by hand.
"""
import argparse, collections, json, os, random, re, subprocess, sys, tempfile, time

STATUSES = {"ok", "partial", "no-text", "encrypted", "damaged", "not-pdf", "zero-pages", "too-large", "too-many-pages",
            "timeout", "memory", "crash", "output-limit", "internal"}
TIMEOUT = 20  # seconds, as the program's own default
SLACK = 40    # for rules, a busy machine, and stages after reading
PARENT = 300 << 10  # KiB of memory of the command itself


def cut(share):
    return lambda data, chance: data[:len(data) * share // 100]


def flip(data, chance):
    out = bytearray(data)
    for _ in range(32 if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def swap(data, chance):
    """Two entries of the table of objects change places; without a table, the digits of where it should be."""
    entries = [m.span() for m in re.finditer(rb"\d{10} \d{5} n", data)]
    if len(entries) >= 2:
        (a, b), (c, d) = sorted(chance.sample(entries, 2))
        return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]
    return re.sub(rb"startxref\s+(\d+)", lambda m: b"startxref\n" + m.group(1)[::-1], data)


MUTATIONS = {"cut10": cut(10), "cut50": cut(50), "cut90": cut(90), "flip32": flip, "swapxref": swap}


def leftovers(parent):
    """Readers name the process that started them."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = open(f"/proc/{number}/cmdline", "rb").read().split(b"\0")
        except OSError:
            continue
        if b"confined-reader" in words and str(parent).encode() in words:
            found.append(number)
    return found


def review(program, path):
    """What is wrong with the run, or None; and the status."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen([program, "review", "--as-of", "2026-01-15", "--timeout", str(TIMEOUT), "--format", "json", "--", path],
                                 stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - start > TIMEOUT + SLACK:
                os.kill(child.pid, 9)
                os.wait4(child.pid, 0)
                child.returncode = -9
                return f"the command did not end within {TIMEOUT + SLACK} s", None
            time.sleep(0.005)
        child.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    try:
        record = json.loads(text)
        documents = [r["document"] for r in record.get("reviews", [record])]
    except (ValueError, KeyError):
        return f"no record, exit code {code}", None
    states = {d["status"] for d in documents}
    if not states or not states <= STATUSES:
        return f"unknown status {states}", None
    read = states <= {"ok", "partial"}
    if code != (0 if read else 2):
        return f"exit code {code} with {states}", None
    if len(documents) > 1 and not all("partOf" in d for d in documents):
        return f"{len(documents)} records of one file", None
    if usage.ru_maxrss > PARENT and max(d["bytes"] for d in documents) < 50_000_000:
        # The larger of the command and its reader; the reader has its own limit, so this is a hint only.
        print(f"  note: {usage.ru_maxrss >> 10} MiB for {path}")
    if leftovers(child.pid):
        return "a reader is left running", None
    return None, ", ".join(sorted(states))


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep")
    options.add_argument("program")
    options.add_argument("folders", nargs="+")
    given = options.parse_args()
    files = sorted(os.path.join(folder, name) for top in given.folders for folder, _, names in os.walk(top)
                   for name in names if name.endswith((".pdf", ".fuzz")))
    pairs = [(path, name) for path in files for name in MUTATIONS]
    chance = random.Random(given.seed)
    chance.shuffle(pairs)
    counts, wrong = collections.Counter(), 0
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        for path, name in pairs[:given.count]:
            with open(path, "rb") as file:
                data = MUTATIONS[name](file.read(), random.Random(f"{given.seed} {path} {name}"))
            broken = os.path.join(scratch, "broken.pdf")
            with open(broken, "wb") as file:
                file.write(data)
            problem, status = review(os.path.abspath(given.program), broken)
            counts[status or "WRONG"] += 1
            if problem or status in ("internal", "crash"):
                print(f"{problem or status}: {name} of {path}")
                if given.keep:
                    os.makedirs(given.keep, exist_ok=True)
                    with open(os.path.join(given.keep, f"{name}-{os.path.basename(path)}"), "wb") as file:
                        file.write(data)
            wrong += problem is not None
    print(f"{sum(counts.values())} files in {time.monotonic() - start:.0f} s, {wrong} wrong; "
          + ", ".join(f"{status} {count}" for status, count in counts.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
