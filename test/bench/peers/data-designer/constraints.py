"""Peer: the visits of constraints.yaml by Data Designer's sampler engine, as far as it can say them.

Its order of two columns redraws one of them, and its bound of amount conditions amount only. Batches of 1,000 records, as is
its default; a batch fails when a record is still without an accepted value after 5,000 tries, and is then made anew. Prints one
JSON line: rows, seconds to generate, to write, failed batches.

usage: constraints.py OUT --rows N [--seed 1]
"""
import argparse, json, os, time, warnings

warnings.filterwarnings("ignore")
import pyarrow as pa, pyarrow.parquet as pq
from data_designer.engine.sampling_gen.errors import RejectionSamplingError
from data_designer.engine.sampling_gen.generator import DatasetGenerator
from data_designer.engine.sampling_gen.schema import DataSchema

pa.set_cpu_count(1); pa.set_io_thread_count(1)
ap = argparse.ArgumentParser()
ap.add_argument("out"); ap.add_argument("--rows", type=int, default=20_000); ap.add_argument("--seed", type=int, default=1)
a = ap.parse_args(); os.makedirs(a.out, exist_ok=True)
BATCH = 1_000

def sampler(name, kind, **params): return {"name": name, "sampler_type": kind, "params": params}
def bound(column, operator, rhs): return {"target_column": column, "operator": operator, "rhs": rhs}
columns = [
    sampler("kind", "category", values=["basic", "plus", "pro"], weights=[60, 30, 10]),
    sampler("amount", "gaussian", mean=20, stddev=20)
    | {"conditional_params": {f"kind == '{kind}'": {"sampler_type": "gaussian", "mean": mean, "stddev": 20} for kind, mean in (("plus", 50), ("pro", 80))}},
    sampler("age", "gaussian", mean=38, stddev=14),
    sampler("start", "uniform", low=0, high=1),
    sampler("finish", "uniform", low=0, high=1),
]
constraints = [bound("age", "ge", 16), bound("age", "le", 95), bound("amount", "gt", 0), bound("start", "lt", "finish")]

engine = DatasetGenerator(None, random_state=a.seed, schema=DataSchema(columns=columns, constraints=constraints))
generate = write = 0.0; failed = 0; writer = None
def batch(n):
    global failed
    while True:
        try: return engine.generate(n)
        except RejectionSamplingError: failed += 1

for done in range(0, a.rows, BATCH):
    t0 = time.perf_counter(); frame = batch(min(BATCH, a.rows - done)); t1 = time.perf_counter()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    writer = writer or pq.ParquetWriter(os.path.join(a.out, "visits.parquet"), table.schema, compression="snappy")
    writer.write_table(table); generate += t1 - t0; write += time.perf_counter() - t1
t0 = time.perf_counter(); writer.close(); write += time.perf_counter() - t0
print(json.dumps({"rows": a.rows, "generate_s": generate, "write_s": write, "fit_s": 0, "failed": failed}))
