"""Reads with PyArrow what a run made in Arrow and in CSV, and compares it with Parquet: types, values, metadata.

usage: read_formats.py PARQUET ARROW CSV   (the output folders of one spec)
"""
import glob, json, os, sys
import pyarrow as pa, pyarrow.csv as csv, pyarrow.ipc as ipc, pyarrow.parquet as pq

parquet, arrow, comma = sys.argv[1:]
failed = 0

def check(what, holds, seen=""):
    global failed
    failed += not holds
    print(f"{'ok' if holds else 'FAILED'}  {what}{'' if holds else f': {seen}'}")

def plain(type):
    """Dictionaries and extensions are how a type is stored and named, not what it is."""
    if isinstance(type, pa.BaseExtensionType): return plain(type.storage_type)
    if pa.types.is_dictionary(type): return plain(type.value_type)
    if pa.types.is_list(type): return pa.list_(plain(type.value_type))
    if pa.types.is_fixed_size_list(type): return pa.list_(plain(type.value_type), type.list_size)
    if pa.types.is_struct(type): return pa.struct([(type.field(i).name, plain(type.field(i).type)) for i in range(type.num_fields)])
    return type

def values(column):
    found = column.to_pylist()
    return [value.bytes if hasattr(value, "hex") and hasattr(value, "bytes") else value for value in found]

def flat(table):
    while any(pa.types.is_struct(field.type) for field in table.schema): table = table.flatten()
    return table

def files(folder, name, extension): return sorted(glob.glob(os.path.join(folder, name, f"*.{extension}")))

OPTIONS = csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""])
rows = 0
header = json.loads(open(os.path.join(arrow, "manifest.jsonl")).readline())
for name in [table["name"] for table in header["tables"]]:
    expected = pa.concat_tables([pq.read_table(file, partitioning=None) for file in files(parquet, name, "parquet")])
    rows += expected.num_rows
    for file in files(arrow, name, "arrow"):
        metadata = {key.decode(): value.decode() for key, value in ipc.open_file(file).schema.metadata.items()}
        said = [metadata.get(f"tvdd.{key}") for key in ("version", "spec_hash", "plan_hash", "seed")]
        check(f"{os.path.basename(file)} of {name} says how it was made", said == [header[key] for key in ("tvdd", "specHash", "planHash", "seed")], metadata)
    read = pa.concat_tables([ipc.open_file(file).read_all() for file in files(arrow, name, "arrow")])
    check(f"{name}: {expected.num_rows} rows in Arrow", read.num_rows == expected.num_rows, read.num_rows)
    for column in expected.column_names:
        type, other = plain(expected.schema.field(column).type), plain(read.schema.field(column).type)
        check(f"{name}.{column} is {type} in Arrow", type == other, other)
        check(f"{name}.{column} has Parquet's values in Arrow", values(expected[column]) == values(read[column]))
    text = pa.concat_tables([csv.read_csv(file, convert_options=OPTIONS, parse_options=csv.ParseOptions(newlines_in_values=True)) for file in files(comma, name, "csv")])
    expected = flat(expected)
    check(f"{name}: names in CSV", text.column_names == expected.column_names, text.column_names)
    for column in expected.column_names:
        type = plain(expected.schema.field(column).type)
        if pa.types.is_list(type) or pa.types.is_fixed_size_list(type):
            same = [item and json.loads(item) for item in text[column].to_pylist()]
            want = expected[column].to_pylist()
            if pa.types.is_fixed_size_list(type): # of 32-bit floats
                same = pa.array(same, type).to_pylist()
        elif pa.types.is_fixed_size_binary(type):
            same = [value and bytes.fromhex(value.replace("-", "")) for value in text[column].to_pylist()]
            want = values(expected[column])
        else:
            found = text[column].cast(pa.timestamp("ns", "UTC")) if pa.types.is_timestamp(type) else text[column]
            same, want = found.cast(type).to_pylist(), values(expected[column])
        check(f"{name}.{column} has Parquet's values in CSV", same == want, next(((a, b) for a, b in zip(same, want) if a != b), ""))

print(f"PyArrow {pa.__version__}: {rows} rows read in three formats, {failed} failed")
sys.exit(1 if failed else 0)
