"""Peer: the visits of constraints.yaml by SDV's Gaussian copula, which learns a law from rows instead of being told one.

It is shown 50,000 rows of the conditioned law, with start < finish as its Inequality; bounds it takes from the rows. Prints one
JSON line: rows, seconds to fit, to sample, to write.

usage: constraints.py OUT --rows N [--seed 1]
"""
import argparse, json, logging, os, time, warnings

warnings.filterwarnings("ignore"); logging.disable(logging.CRITICAL)
import numpy as np, pandas as pd, pyarrow as pa, pyarrow.parquet as pq
from sdv.cag import Inequality
from sdv.metadata import Metadata
from sdv.single_table import GaussianCopulaSynthesizer

pa.set_cpu_count(1); pa.set_io_thread_count(1)
ap = argparse.ArgumentParser()
ap.add_argument("out"); ap.add_argument("--rows", type=int, default=20_000); ap.add_argument("--seed", type=int, default=1)
a = ap.parse_args(); os.makedirs(a.out, exist_ok=True)
BATCH, SHOWN = 50_000, 50_000

def shown(n, rng):
    """Rows of the conditioned law, by rejection."""
    kind = rng.choice(3, 4 * n, p=[.6, .3, .1]); amount = rng.normal(np.array([20, 50, 80])[kind], 20)
    age = rng.normal(38, 14, 4 * n); start, finish = rng.random(4 * n), rng.random(4 * n)
    held = (amount > 0) & (age >= 16) & (age <= 95) & (start < finish)
    table = pd.DataFrame({"kind": np.array(["basic", "plus", "pro"])[kind], "amount": amount, "age": age, "start": start, "finish": finish})
    return table[held].head(n).reset_index(drop=True)

numbers = ["amount", "age", "start", "finish"]
metadata = Metadata.load_from_dict({"tables": {"visits": {"columns": {"kind": {"sdtype": "categorical"}} | {name: {"sdtype": "numerical"} for name in numbers}}}})
model = GaussianCopulaSynthesizer(metadata)
model.add_constraints([Inequality(low_column_name="start", high_column_name="finish", strict_boundaries=True)])
rows = shown(SHOWN, np.random.default_rng(a.seed))
t0 = time.perf_counter(); model.fit({"visits": rows}); fit = time.perf_counter() - t0

sample = write = 0.0; writer = None
for done in range(0, a.rows, BATCH):
    t0 = time.perf_counter(); frame = model.sample(min(BATCH, a.rows - done))["visits"]; t1 = time.perf_counter()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    writer = writer or pq.ParquetWriter(os.path.join(a.out, "visits.parquet"), table.schema, compression="snappy")
    writer.write_table(table); sample += t1 - t0; write += time.perf_counter() - t1
t0 = time.perf_counter(); writer.close(); write += time.perf_counter() - t0
print(json.dumps({"rows": a.rows, "generate_s": sample, "write_s": write, "fit_s": fit, "failed": 0}))
