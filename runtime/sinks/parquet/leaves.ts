import type { OutputColumn } from '../../../compiler/5-lower/physical-plan.ts';

/** A column at the top: its values lie in the file. */
export type Leaf = OutputColumn & { readonly body: Extract<OutputColumn['body'], { kind: 'leaf' }> };

/** Parts may contain dots, but no NUL. */
export const pathOf = (name: string): readonly string[] => name.split('\0');
const nameOf = (path: readonly string[]): string => path.join('\0');

/**
 * What the writer gets: every leaf column at the top, named by its path, since settings for one column reach only there
 * (parquet-wasm takes `a.b` for the name of one). Structs are never null and so add nothing to the pages: the footer
 * puts them back.
 */
export const leavesOf = (columns: readonly OutputColumn[], path: readonly string[] = []): readonly Leaf[] =>
  columns.flatMap((column): readonly Leaf[] => {
    const { body, name } = column;
    return body.kind === 'struct'
      ? leavesOf(body.fields, [...path, name])
      : [{ ...column, name: nameOf([...path, name]), body }];
  });
