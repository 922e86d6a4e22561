import { isMap, isScalar, isSeq } from 'yaml';
import type { PlainAst } from '../ast.ts';
import type { Span } from '../source.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { entriesOf, type Reading, resolve, spanOf, type Value } from './reading.ts';

type PlainValue = string | number | bigint | boolean | null;

/** YAML that is data. */
export function plain(value: Value, fallback: Span, reading: Reading): PlainAst {
  const span = spanOf(value, fallback);
  const id = reading.nextId();
  if (isSeq(value)) {
    const items = value.items.map((item) => plain(resolve(item, reading), span, reading));
    return { id, span, kind: 'plain-list', items };
  }
  if (isMap(value)) {
    const entries = (entriesOf(value, 'this', span, reading) ?? []).map((entry) => ({
      key: entry.key,
      value: plain(entry.value, entry.span, reading),
    }));
    return { id, span, kind: 'plain-map', entries };
  }
  return { id, span, kind: 'plain-scalar', value: isScalar(value) ? scalarValue(value) : null };
}

/** As YAML 1.2 reads it, and numbers with underscores; whole numbers beyond 2^53 stay exact. */
function scalarValue(node: Parameters<typeof scalarText>[0]): PlainValue {
  const { text } = scalarText(node);
  if (node.type !== 'PLAIN') return text;
  if (text === '' || /^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return text.toLowerCase() === 'true';
  if (/^[+-]?\d[\d_]*$/.test(text) && text.length <= 40) {
    const exact = BigInt(text.replaceAll('_', '').replace('+', ''));
    const number = Number(exact);
    return Number.isSafeInteger(number) ? number : exact;
  }
  if (/^[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?$/.test(text)) {
    const number = Number(text.replaceAll('_', ''));
    return Number.isFinite(number) ? number : text;
  }
  return text;
}
