import { functions } from '../../stdlib/functions/index.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';
import { laws } from '../../stdlib/laws/index.ts';
import type { SpecAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { columnKnown, leavesOf } from './columns.ts';
import type { Context, Table } from './context.ts';
import { loadData } from './data.ts';
import type { Host } from './host.ts';
import { letKnown } from './lets.ts';
import { checkOutput } from './output.ts';
import { checkSections, loadModels } from './sections.ts';
import { checkTable, loadTables } from './tables.ts';
import type { DataValue, TypedSpec, TypedTable } from './typed-spec.ts';

/**
 * Names, types, domains and cycles of a parsed spec. The value is there even where there are errors; expressions that
 * are at fault have the type `error`.
 */
export function checkSpec(ast: SpecAst, host: Host): Outcome<TypedSpec> {
  const diagnostics: Diagnostic[] = [];
  const context = newContext(ast, host, diagnostics);
  loadLets(context);
  loadData(context);
  loadModels(context);
  loadTables(context);
  sharedNames(context);
  for (const entry of context.lets.values()) letKnown(context, entry, entry.ast.name.span);
  for (const table of context.tables.values()) checkTable(context, table);
  checkOutput(context);
  checkSections(context);
  for (const { node, column } of context.structNames) {
    const { type, domain } = columnKnown(context, column, column.ast.name.span);
    context.types.set(node, type);
    context.domains.set(node, domain);
  }
  return {
    value: typedSpec(context),
    diagnostics: diagnostics.sort((a, b) => a.primary.span.start - b.primary.span.start),
  };
}

function newContext(ast: SpecAst, host: Host, diagnostics: Diagnostic[]): Context {
  let kernels: ReturnType<typeof loadKernels> | null = null;
  let math: ReturnType<typeof scalarMath> | null = null;
  const instance = () => {
    kernels ??= loadKernels();
    return kernels;
  };
  return {
    ast,
    host,
    laws,
    functions,
    kernels: instance,
    math: () => {
      math ??= scalarMath(instance());
      return math;
    },
    report: (diagnostic) => {
      diagnostics.push(diagnostic);
    },
    types: new Map(),
    domains: new Map(),
    meanings: new Map(),
    values: new Map(),
    cases: new Map(),
    keys: new Map(),
    data: new Map(),
    lets: new Map(),
    models: new Map(),
    tables: new Map(),
    partitions: new Map(),
    hiding: new Set(),
    nesting: { depth: 0, told: false },
    active: [],
    circular: new Set(),
    structNames: [],
  };
}

function loadLets(context: Context): void {
  for (const ast of context.ast.lets) {
    if (!context.lets.has(ast.name.text)) context.lets.set(ast.name.text, { ast, known: null });
  }
}

/** `let:` and `data:` share one namespace. */
function sharedNames(context: Context): void {
  for (const [name, { span }] of context.data) {
    const other = context.lets.get(name);
    if (!other) continue;
    context.report(
      diagnose(
        'TVD2007',
        { name, what: 'data' },
        { span: other.ast.name.span },
        { secondary: [{ span, text: 'the other one' }] },
      ),
    );
  }
}

function typedSpec(context: Context): TypedSpec {
  const data = new Map<string, DataValue>();
  for (const [name, { value }] of context.data) if (value) data.set(name, value);
  return {
    ast: context.ast,
    types: context.types,
    domains: context.domains,
    meanings: context.meanings,
    values: context.values,
    tables: [...context.tables.values()].map(typedTable),
    data,
    partitions: context.partitions,
  };
}

function typedTable(table: Table): TypedTable {
  const hidden = new Set<string>();
  for (const column of table.columns.values()) {
    if (column.ast.attributes.hidden?.value) for (const leaf of leavesOf([column])) hidden.add(leaf.path);
  }
  return {
    name: table.name,
    rows: table.rows,
    key: table.ast.key?.text ?? null,
    columns: table.order.flatMap((column) => {
      const { known } = column;
      if (!known) return [];
      return [
        {
          path: column.path,
          node: column.ast.id,
          type: known.type,
          domain: known.domain,
          hidden: hidden.has(column.path) || (column.ast.attributes.hidden?.value ?? false),
          random: [...known.roots.keys()].some((root) => root !== 'row'),
        },
      ];
    }),
  };
}
