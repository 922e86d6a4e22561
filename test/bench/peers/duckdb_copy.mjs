// Times DuckDB's COPY of rows that it holds in memory, one thread. argv: Parquet files, folder, formats. A line of JSON a format.
import { statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [files, folder, ...formats] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
await connection.run("SET TimeZone = 'UTC'");
await connection.run(`CREATE TABLE rows AS FROM '${files}'`);
const [[rows]] = (await connection.runAndReadAll('SELECT count(*) FROM rows')).getRowsJson();
for (const format of formats) {
  const path = `${folder}/duckdb.${format}`;
  const begun = process.cpuUsage();
  await connection.run(
    `COPY rows TO '${path}' (${{ csv: 'FORMAT csv, HEADER', jsonl: 'FORMAT json' }[format]})`,
  );
  const { system, user } = process.cpuUsage(begun);
  const seconds = (system + user) / 1e6;
  console.log(JSON.stringify({ format, rows: Number(rows), bytes: statSync(path).size, seconds }));
}
