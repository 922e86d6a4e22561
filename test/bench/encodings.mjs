// What parquet-wasm makes of the flagship's columns by encoding: bytes and nanoseconds a value. The constants of
// compiler/storage/costs.ts rest on these figures.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as arrow from 'apache-arrow';
import * as parquet from 'parquet-wasm';
import { machine, run, writeResults } from './measure.mjs';

const ENCODINGS = [
  'PLAIN',
  'DICTIONARY',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'BYTE_STREAM_SPLIT',
];
const GROUP = 131_072;

export async function encodings(args) {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string', default: '9' } } });
  const out = mkdtempSync(join(tmpdir(), 'tvdd-bench-'));
  try {
    const rows = ['media', 'users', 'interactions'].flatMap((table) => ['--rows', `${table}=${GROUP}`]);
    run(process.execPath, [
      'dist/cli.js',
      'run',
      'config/media_dataset.yaml',
      ...rows,
      '--out',
      out,
      '--quiet',
    ]);
    const tables = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const lines = tables.flatMap(({ name }) =>
      columnsOf(join(out, name)).flatMap(([column, vector]) =>
        measure(`${name}.${column}`, vector, Number(values.rounds)),
      ),
    );
    const text = [
      '## encodings: bytes and time of parquet-wasm by column and encoding',
      '',
      `\`${['npm run bench -- encodings', ...args].join(' ')}\`, ${new Date().toISOString().slice(0, 10)}, ${machine()}`,
      `One row group of ${GROUP} rows, snappy; processor time, the least of ${values.rounds} rounds; with page statistics and without.`,
      '',
      '| column | encoding | B a value | ns a value | ns without statistics |',
      '| --- | --- | ---: | ---: | ---: |',
      ...lines,
    ].join('\n');
    console.log(text);
    writeResults('encodings', text);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Leaf columns as Arrow vectors of one chunk. */
function columnsOf(folder) {
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
  const stream = parquet.readParquet(readFileSync(join(folder, file)), { batchSize: GROUP }).intoIPCStream();
  const table = arrow.tableFromIPC(stream);
  const leaves = (path, vector) =>
    vector.type instanceof arrow.Struct
      ? vector.type.children.flatMap(({ name }, i) => leaves([...path, name], vector.getChildAt(i)))
      : [[path.join('.'), vector]];
  return table.schema.fields.flatMap(({ name }) => leaves([name], table.getChild(name)));
}

function measure(name, vector, rounds) {
  const schema = new arrow.Schema([new arrow.Field('x', vector.type, true)]);
  const row = new arrow.Struct(schema.fields);
  const data = new arrow.Data(row, 0, vector.length, 0, {}, [vector.data[0]]);
  const batch = new arrow.RecordBatch(schema, data);
  const ipc = arrow.RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
  return ENCODINGS.flatMap((encoding) => {
    try {
      const [kept, none] = ['Page', 'None'].map((statistics) =>
        write(ipc, vector.length, encoding, statistics, rounds),
      );
      return [
        `| ${name} | ${encoding} | ${kept.bytes.toFixed(2)} | ${kept.ns.toFixed(0)} | ${none.ns.toFixed(0)} |`,
      ];
    } catch {
      return []; // The type has no such encoding.
    }
  });
}

function write(ipc, length, encoding, statistics, rounds) {
  const times = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const properties = new parquet.WriterPropertiesBuilder()
      .setCompression(parquet.Compression.SNAPPY)
      .setStatisticsEnabled(parquet.EnabledStatistics[statistics])
      .setDictionaryEnabled(encoding === 'DICTIONARY')
      .setDictionaryPageSizeLimit(2 ** 24)
      .setMaxRowGroupSize(GROUP);
    const chosen =
      encoding === 'DICTIONARY' ? properties : properties.setEncoding(parquet.Encoding[encoding]);
    const table = parquet.Table.fromIPCStream(ipc);
    const start = process.cpuUsage();
    bytes = parquet.writeParquet(table, chosen.build()).length;
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) * 1000);
  }
  return { bytes: bytes / length, ns: Math.min(...times) / length };
}
