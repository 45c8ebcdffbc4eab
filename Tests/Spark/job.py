#!/usr/bin/env python3
"""A Spark job that has `soclens stream` review documents: requests in, records out, in the same order.

    spark-submit --master spark://HOST:7077 job.py REQUESTS RECORDS SLICES COMMAND

REQUESTS   a file with one request a line, as `soclens stream` takes them; the workers must see the same paths
RECORDS    the file to write, one record a line; it appears when all are there
SLICES     how many parts the work has: a part is what is done again when a worker is lost
COMMAND    such as "soclens stream --rules /usr/share/soclens/rules --as-of 2026-01-15"; name the day
"""
import os
import sys

from pyspark.sql import SparkSession


def main() -> None:
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    requests, records, slices, command = sys.argv[1:]
    with open(requests, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    spark = SparkSession.builder.appName("soclens").getOrCreate()
    # A worker that ends in an error fails its part, which is then done again; soclens stream itself ends well
    # whatever the documents are.
    piped = spark.sparkContext.parallelize(lines, int(slices)).pipe(command, checkCode=True)
    answers = piped.collect()
    spark.stop()
    if len(answers) != len(lines):
        sys.exit(f"{len(lines)} requests gave {len(answers)} records")
    with open(records + ".part", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(answer + "\n" for answer in answers)
        file.flush()
        os.fsync(file.fileno())
    os.rename(records + ".part", records)


main()
