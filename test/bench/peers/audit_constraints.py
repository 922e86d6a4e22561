"""Reads visits of constraints.yaml from Parquet, whoever made them: rows, rows that break a constraint, and statistics whose
value under the conditioned law is known. Prints one JSON line.

usage: audit_constraints.py FOLDER
"""
import json, math, sys
import numpy as np, pyarrow.dataset as ds

def density(z): return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
def below(z): return math.erfc(-z / math.sqrt(2)) / 2
KINDS = {"basic": (.6, 20), "plus": (.3, 50), "pro": (.1, 80)}                # amount is normal with sd 20, above 0
kept = {kind: weight * below(mean / 20) for kind, (weight, mean) in KINDS.items()}
amount = sum(weight * (mean * below(mean / 20) + 20 * density(mean / 20)) for weight, mean in KINDS.values())
known = {"basic": kept["basic"] / sum(kept.values()), "amount": amount / sum(kept.values()), "start": 1 / 3, "finish": 2 / 3}

table = ds.dataset(sys.argv[1], format="parquet", exclude_invalid_files=True).to_table(columns=["kind", "amount", "age", "start", "finish"])
kind = np.array(table["kind"].to_pylist()); x = {name: table[name].to_numpy().astype(float) for name in ("amount", "age", "start", "finish")}
broken = ~((x["age"] >= 16) & (x["age"] <= 95) & (x["amount"] > 0) & (x["start"] < x["finish"]))
found = {"basic": float((kind == "basic").mean()), **{name: float(x[name].mean()) for name in ("amount", "start", "finish")}}
print(json.dumps({"rows": len(kind), "broken": int(broken.sum()), "found": found, "known": known}))
