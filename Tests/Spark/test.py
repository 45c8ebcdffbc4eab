#!/usr/bin/env python3
"""Two Spark workers on loopback review the fixtures; one is killed in mid-run; the bytes must be those of one machine.

    pip install pyspark        # and a Java runtime, such as Debian's openjdk-17-jre-headless
    Tests/Spark/test.py [SOCLENS]
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pyspark

here = pathlib.Path(__file__).resolve().parent
root = here.parents[1]
home = pathlib.Path(pyspark.__file__).parent
ROUNDS = 8


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(environment, log, *arguments) -> subprocess.Popen:
    # A group of its own, so that a worker can be killed with the executors that it started.
    return subprocess.Popen(
        [str(home / "bin/spark-class"), *arguments], env=environment, stdout=log, stderr=log, start_new_session=True)


def kill(process: subprocess.Popen) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def streams() -> int:
    """How many workers of ours run right now."""
    count = 0
    for command in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
            count += words[0].endswith(b"soclens") and b"stream" in words
        except OSError:
            pass
    return count


def requests(folder: pathlib.Path) -> pathlib.Path:
    """Every fixture several times under several names, broken files and lines that are no requests among them."""
    lines = []
    documents = sorted((root / "fixtures/reports").glob("*/report.pdf")) + sorted((root / "fixtures/hostile").glob("*.pdf"))
    for number in range(ROUNDS):
        for document in documents:
            # It takes all of its time, which would only make the test long.
            if document.name == "content-bomb.pdf":
                continue
            lines.append(json.dumps({"path": str(document), "meta": {"round": number}, "vendor": f"Vendor {number}"}))
        lines.append("no request")
        lines.append(json.dumps({"path": "/nowhere.pdf", "meta": number}))
    path = folder / "requests.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def main() -> None:
    # Workers run in folders of their own.
    soclens = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else root / ".build/release/soclens").absolute()
    command = f"{soclens} stream --as-of 2026-01-15 --ocr off --timeout 120 --rules {root}/rules"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        asked = requests(folder)
        with open(asked, "rb") as lines:
            alone = subprocess.run(command.split(), stdin=lines, stdout=subprocess.PIPE, check=True).stdout
        count = alone.count(b"\n")
        print(f"one machine: {count} records")
        environment = dict(
            os.environ, SPARK_HOME=str(home), SPARK_LOCAL_IP="127.0.0.1", SPARK_WORKER_DIR=str(folder / "work"),
            PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
        master_port = port()
        url = f"spark://127.0.0.1:{master_port}"
        log = open(folder / "log", "wb")
        running = []
        try:
            running.append(start(
                environment, log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
                str(master_port), "--webui-port", str(port())))
            workers = [
                start(
                    environment, log, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1",
                    "--memory", "1g", "--webui-port", str(port()), url)
                for _ in range(2)
            ]
            running += workers
            records = folder / "records.jsonl"
            job = subprocess.Popen(
                [str(home / "bin/spark-submit"), "--master", url, "--conf", "spark.executor.memory=512m", "--conf",
                 "spark.executor.cores=1", "--conf", "spark.task.maxFailures=8",
                 str(here / "job.py"), str(asked), str(records), "12", command],
                env=environment, stdout=log, stderr=log)
            running.append(job)
            wait = time.monotonic() + 300
            # In mid-run: both have begun.
            while streams() < 2 and job.poll() is None and time.monotonic() < wait:
                time.sleep(0.02)
            time.sleep(1)
            if job.poll() is not None:
                log.flush()
                sys.exit("the job ended before a worker could be killed:\n" + (folder / "log").read_text(errors="replace")[-3000:])
            kill(workers[0])
            print("killed a worker while documents were being read")
            if job.wait(timeout=1200) != 0:
                log.flush()
                sys.exit("the job failed:\n" + (folder / "log").read_text(errors="replace")[-3000:])
            log.flush()
            said = (folder / "log").read_text(errors="replace")
            lost = sum("Lost executor" in line or "Lost task" in line for line in said.splitlines())
            print(f"two workers, one killed: {records.read_bytes().count(bytes([10]))} records; the log tells of {lost} losses")
            if lost == 0:
                sys.exit("no part of the work was lost: nothing was tested")
            if records.read_bytes() != alone:
                sys.exit("the records are not those of one machine")
            print("the bytes are those of one machine")
        finally:
            for process in running:
                if process.poll() is None:
                    try:
                        os.killpg(process.pid, signal.SIGKILL) if process.pid == os.getpgid(process.pid) else process.kill()
                    except ProcessLookupError:
                        pass
                    process.wait()
            log.close()


main()
