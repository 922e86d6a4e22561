import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ParseContext } from '../context.ts';
import { DEEPEST_YAML } from './document.ts';

/** What aliases stand for. */
export type Aliases = ReadonlyMap<Alias, Node>;

/** Nodes below a node when its aliases are written out, and how deep they nest. */
type Extent = { readonly nodes: number; readonly depth: number };
/** Nodes that aliases may add to a document. */
const MOST_REPEATED = 10_000;

/**
 * Finds what each alias stands for. Aliases that stand for nothing, for what they are part of, or for more than a
 * document can hold are reported; then the result is null.
 */
export function resolveAliases(document: Document, length: number, context: ParseContext): Aliases | null {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, { readonly node: Node; readonly extent: Extent | null }>();
  const limit = length + MOST_REPEATED;
  let fault: { readonly alias: Alias; readonly problem: string } | null = null;

  const aliasExtent = (alias: Alias): Extent => {
    const anchor = anchors.get(alias.source);
    if (!anchor) fault ??= { alias, problem: 'stands for nothing that was named before' };
    else if (!anchor.extent) fault ??= { alias, problem: 'stands for what it is part of' };
    else if (anchor.extent.nodes > limit || anchor.extent.depth > DEEPEST_YAML)
      fault ??= { alias, problem: 'repeats too much' };
    if (anchor) targets.set(alias, anchor.node);
    return anchor?.extent ?? { nodes: 1, depth: 1 };
  };
  const extentOf = (node: unknown): Extent => {
    if (isAlias(node)) return aliasExtent(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { nodes: 0, depth: 0 };
    if (node.anchor) anchors.set(node.anchor, { node, extent: null });
    let nodes = 1;
    let depth = 0;
    for (const child of isScalar(node) ? [] : childrenOf(node.items)) {
      const extent = extentOf(child);
      nodes += extent.nodes;
      depth = Math.max(depth, extent.depth);
    }
    const extent = { nodes, depth: depth + 1 };
    if (node.anchor) anchors.set(node.anchor, { node, extent });
    return extent;
  };

  const whole = extentOf(document.contents);
  const last = [...targets.keys()].at(-1);
  if (last && (whole.nodes > limit || whole.depth > DEEPEST_YAML))
    fault ??= { alias: last, problem: 'repeats too much' };
  return fault === null ? targets : refuse(fault, context);
}

const childrenOf = (items: readonly unknown[]): unknown[] =>
  items.flatMap((item) => {
    if (isNode(item)) return [item];
    return typeof item === 'object' && item !== null && 'key' in item && 'value' in item
      ? [item.key, item.value]
      : [];
  });

function refuse(
  { alias, problem }: { readonly alias: Alias; readonly problem: string },
  context: ParseContext,
): null {
  const [start, end] = alias.range ?? [0, 0];
  context.report(diagnose('TVD1012', { alias: alias.source, problem }, { span: { start, end } }));
  return null;
}
