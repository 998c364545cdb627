"""The least that anything can take in DuckDB: read every cell of the file, and do nothing with it.

python -m tests.bench.peers.duckdb_scan ACTUALS.csv
"""

from __future__ import annotations

import sys

import duckdb

from tests.bench.peers.duckdb_sql import read_csv

if __name__ == "__main__":
    query = f"SELECT count(*), max(length(COLUMNS(*))) FROM {read_csv('VARCHAR')}"
    print(duckdb.connect().execute(query.replace("ACTUALS", sys.argv[1])).fetchall())
