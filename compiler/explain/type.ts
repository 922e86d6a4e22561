import { showType, type Type } from '../../stdlib/types.ts';

/** A type in a few letters: of an enum its size, not its values. */
export function shortType(type: Type): string {
  switch (type.kind) {
    case 'enum':
      return `enum of ${type.values.length}`;
    case 'list':
      return `list of ${type.of.kind === 'enum' ? 'enum' : shortType(type.of)}`;
    case 'ref':
      return `ref ${type.table}`;
    default:
      return showType(type);
  }
}
