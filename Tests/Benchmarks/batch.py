#!/usr/bin/env python3
"""How a batch uses a machine: documents a minute, memory, the start of a confined process, OCR.

    batch.py [--documents N] [--jobs N] [SOCLENS]

Seconds depend on the machine and on what else it does. The control, a loop that only counts, runs in the same minutes with as
many processes: what it loses when more of them run is the machine's, not the program's.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parents[2]
common = ["--rules", str(root / "rules"), "--as-of", "2026-01-15"]
SPIN = "n = 0\nwhile n < 20_000_000: n += 1"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("soclens", nargs="?", default=str(root / ".build/release/soclens"))
    return parser.parse_args()


def portfolio(folder: pathlib.Path, count: int) -> None:
    """Fixtures again and again, each with other bytes: the same document is never read twice."""
    reports = sorted((root / "fixtures/reports").glob("*/report.pdf"))
    for number in range(count):
        data = reports[number % len(reports)].read_bytes()
        (folder / f"vendor-{number:04}.pdf").write_bytes(data + b"\n%% copy %d\n" % number)


class Watch:
    """The highest resident sets of a process and of its children, in MiB."""

    def __init__(self, pid: int):
        self.pid, self.parent, self.child, self.ended = pid, 0.0, 0.0, False
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    @staticmethod
    def highest(pid: int) -> float:
        try:
            for line in open(f"/proc/{pid}/status"):
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return 0.0

    def look(self) -> None:
        while not self.ended:
            self.parent = max(self.parent, self.highest(self.pid))
            for tasks in pathlib.Path(f"/proc/{self.pid}/task").glob("*/children"):
                try:
                    for child in tasks.read_text().split():
                        self.child = max(self.child, self.highest(int(child)))
                except OSError:
                    pass
            time.sleep(0.01)

    def end(self) -> None:
        self.ended = True
        self.thread.join()


def batch(soclens: str, reports: pathlib.Path, jobs: int):
    """Seconds that a batch takes, and the memory of parent and child."""
    with tempfile.TemporaryDirectory() as out:
        begin = time.monotonic()
        process = subprocess.Popen(
            [soclens, "batch", str(reports), "--out", out + "/reviews", "--ocr", "off", "--jobs", str(jobs), "--timeout", "600"] + common,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        watch = Watch(process.pid)
        code = process.wait()
        seconds = time.monotonic() - begin
        watch.end()
        if code not in (0, 2):
            sys.exit(f"batch.py: soclens batch ended with {code}")
        return seconds, watch.parent, watch.child


def spin(processes: int) -> float:
    """Seconds for one round of the control in so many processes at once."""
    begin = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(processes)]
    for process in running:
        process.wait()
    return time.monotonic() - begin


def processor_seconds(command) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_of_a_child(soclens: str, folder: pathlib.Path) -> float:
    """Milliseconds of processor time for a process that raises its walls and ends, parent's part included."""
    letter = root / "fixtures/text/nfkc/page.pdf"
    many = []
    for number in range(101):
        copy = folder / f"{number}.pdf"
        copy.write_bytes(letter.read_bytes() + b"\n%% copy %d\n" % number)
        many.append(str(copy))
    run = [soclens, "review", "--fault", "exit", "--format", "json"] + common
    one = min(processor_seconds(run + many[:1]) for _ in range(3))
    all_ = min(processor_seconds(run + many) for _ in range(3))
    return (all_ - one) / 100 * 1000


def main() -> None:
    given = arguments()
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        reports = pathlib.Path(folder) / "reports"
        reports.mkdir()
        portfolio(reports, given.documents)
        size = sum(file.stat().st_size for file in reports.iterdir()) / 1e6
        print(f"{given.documents} documents, {size:.0f} MB; {cores} cores")
        alone = together = control_alone = control_together = 0.0
        parent = child = 0.0
        # Back and forth, so that both see the same neighbours.
        for _ in range(2):
            control_alone += spin(1)
            seconds, mine, its = batch(given.soclens, reports, 1)
            alone, parent, child = alone + seconds, max(parent, mine), max(child, its)
            control_together += spin(given.jobs)
            seconds, mine, its = batch(given.soclens, reports, given.jobs)
            together, parent, child = together + seconds, max(parent, mine), max(child, its)
        scaling = alone / together
        control = given.jobs * control_alone / control_together
        print(f"--jobs 1: {2 * given.documents / alone * 60:.0f} documents a minute")
        print(f"--jobs {given.jobs}: {2 * given.documents / together * 60:.0f} documents a minute")
        print(f"scaling {scaling:.2f}, of the control {control:.2f}: {scaling / control:.2f} of what the machine gives")
        print(f"peak memory: parent {parent:.0f} MiB, largest child seen {child:.0f} MiB")
        starts = pathlib.Path(folder) / "starts"
        starts.mkdir()
        print(f"start of a confined process: {start_of_a_child(given.soclens, starts):.1f} ms of processor time")
        scan = root / "fixtures/reports/type2-adverse/report.pdf"
        begin = time.monotonic()
        done = subprocess.run(
            [given.soclens, "review", "--ocr", "only", "--timeout", "600", "--format", "json", str(scan)] + common,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - begin
        pages = done.stdout.count(b'"pageByOCR"')
        print(f"OCR: {pages} pages, {pages / seconds * 60:.0f} a minute with {cores} cores")


main()
