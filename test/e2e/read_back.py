"""Reads with PyArrow what `npm start` made of the flagship: rows against the manifest, types, nulls, keys, references.

usage: read_back.py OUT
"""
import json, os, sys
import pyarrow as pa, pyarrow.compute as pc, pyarrow.parquet as pq

out = sys.argv[1]
failed = 0

def check(what, holds, seen=""):
    global failed
    failed += not holds
    print(f"{'ok' if holds else 'FAILED'}  {what}{'' if holds else f': {seen}'}")

lines = [json.loads(line) for line in open(os.path.join(out, "manifest.jsonl"))]
files = [line for line in lines if "file" in line]
tables = {}
for line in files:
    read = pq.read_table(os.path.join(out, line["file"]), partitioning=None)
    check(f"{line['file']}: {line['rows']} rows", read.num_rows == line["rows"], read.num_rows)
    check(f"{line['file']}: {line['bytes']} bytes", os.path.getsize(os.path.join(out, line["file"])) == line["bytes"])
    name = line["file"].split("/")[0]
    tables[name] = pa.concat_tables([tables[name], read]) if name in tables else read
check("media, users and interactions are there", sorted(tables) == ["interactions", "media", "users"], sorted(tables))
media, users, interactions = tables["media"], tables["users"], tables["interactions"]

def plain(type):
    """Dictionaries are how a type is stored, not what it is."""
    if pa.types.is_dictionary(type): return plain(type.value_type)
    if pa.types.is_list(type): return pa.list_(plain(type.value_type))
    if pa.types.is_fixed_size_list(type): return pa.list_(plain(type.value_type), type.list_size)
    if pa.types.is_struct(type): return pa.struct([(type.field(i).name, plain(type.field(i).type)) for i in range(type.num_fields)])
    if isinstance(type, pa.BaseExtensionType): return type.storage_type
    return type

UUID, INSTANT, TEXTS = pa.binary(16), pa.timestamp("us", "UTC"), pa.list_(pa.string())
EXPECTED = {
    "media": {"content_id": pa.int64(), "genre": pa.string(), "mood": pa.string(), "title": pa.string(), "description": pa.string(),
        "cultural_context": pa.struct([("region", pa.string()), ("language", pa.string()), ("era", pa.string()), ("themes", TEXTS)]),
        "release_year": pa.int16(), "duration_min": pa.int16(), "released_on": pa.date32(), "content_rating": pa.string(), "popularity": pa.float64()},
    "users": {"user_id": UUID, "psychographic_state": pa.list_(pa.float32(), 3), "taste_clusters": TEXTS,
        "demographics": pa.struct([("age", pa.int8()), ("gender", pa.string()), ("location", pa.string()), ("languages", TEXTS)])},
    "interactions": {"user_id": UUID, "content_id": pa.int64(), "interaction_type": pa.string(), "watch_time": pa.float64(), "timestamp": INSTANT},
}
for name, columns in EXPECTED.items():
    schema = tables[name].schema
    for column, type in columns.items():
        seen = plain(schema.field(column).type) if column in schema.names else "no such column"
        check(f"{name}.{column} is {type}", seen == type, seen)

def nulls(column):
    if pa.types.is_struct(column.type):
        return {name: child.null_count for name, child in zip([field.name for field in column.type], column.combine_chunks().flatten())}
    return column.null_count

for name, table in tables.items():
    for column in table.column_names:
        if (name, column) == ("users", "demographics"): continue
        seen = nulls(table[column])
        check(f"{name}.{column} has no nulls", not any(seen.values()) if isinstance(seen, dict) else seen == 0, seen)
missing, n = nulls(users["demographics"])["age"], users.num_rows
spread = 5 * (n * .02 * .98) ** .5  # five standard deviations: a false alarm once in 1.7 million
check("2 % of the ages are missing", abs(missing - .02 * n) < spread, f"{missing} of {n}")

def distinct(column): return pc.count_distinct(column).as_py()
key = lambda column: column.combine_chunks().storage if isinstance(column.type, pa.BaseExtensionType) else column
check("media.content_id is unique", distinct(media["content_id"]) == media.num_rows)
check("media.title is unique", distinct(media["title"]) == media.num_rows)
check("users.user_id is unique", distinct(key(users["user_id"]).cast(pa.binary())) == users.num_rows)
check("every content_id is found", pc.all(pc.is_in(interactions["content_id"], media["content_id"])).as_py())
check("every user_id is found", pc.all(pc.is_in(key(interactions["user_id"]).cast(pa.binary()), key(users["user_id"]).cast(pa.binary()))).as_py())
lengths = pc.utf8_length(media["description"])
check("descriptions have 50 to 200 code points", pc.min(lengths).as_py() >= 50 and pc.max(lengths).as_py() <= 200)

print(f"PyArrow {pa.__version__}: {sum(table.num_rows for table in tables.values())} rows read, {failed} failed")
sys.exit(1 if failed else 0)
