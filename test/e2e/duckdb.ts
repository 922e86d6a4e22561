import { DuckDBInstance } from '@duckdb/node-api';

/** An independent reader: rows of a query, values as JSON. */
export type Reader = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Each table of the folder is a view of its files, with `row_number` from 0 in the order of the files. */
export async function openFolder(folder: string, tables: readonly string[]): Promise<Reader> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const table of tables) {
    const files = `read_parquet('${folder}/${table}/*.parquet', filename = true, file_row_number = true)`;
    await connection.run(
      `CREATE VIEW ${table} AS SELECT * EXCLUDE (filename, file_row_number), row_number() OVER (ORDER BY filename, file_row_number) - 1 AS row_number FROM ${files}`,
    );
  }
  return async (sql) => {
    const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
    return rows;
  };
}

/** The single value of a query, as a number. */
export async function count(read: Reader, sql: string): Promise<number> {
  const [row] = await read(sql);
  return Number(Object.values(row ?? {})[0]);
}
