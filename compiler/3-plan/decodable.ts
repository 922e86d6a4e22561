/**
 * Whether texts decode uniquely. A branch is a sequence of parts, a part a list of words, its texts all concatenations of
 * one word a part. Exact: no text has two derivations, in one branch or in two.
 */
export type Branches = readonly (readonly (readonly string[])[])[];
export type Ambiguity = { readonly text: string; readonly reason: string };

export function ambiguity(branches: Branches): Ambiguity | null {
  return duplicateWord(branches) ?? (separated(branches) && distinct(branches) ? null : twoDerivations(branches));
}

function duplicateWord(branches: Branches): Ambiguity | null {
  for (const list of new Set(branches.flat())) {
    const seen = new Set<string>();
    for (const word of list) {
      if (seen.has(word)) return { text: word, reason: `'${word}' stands twice in one list` };
      seen.add(word);
    }
  }
  return null;
}

/** The common case, in linear time: same literals in every branch, each ending the piece before it by a letter it lacks. */
function separated(branches: Branches): boolean {
  const [first] = branches;
  if (!first) return true;
  return first.every((_, i) => {
    const words = branches.map((parts) => parts[i]);
    if (words.some((list) => list === undefined)) return false;
    const next = branches.map((parts) => parts[i + 1]);
    const literal = words.every((list) => list!.length === 1 && list![0] === words[0]![0]);
    if (literal) return true;
    if (next.every((list) => list === undefined)) return true;
    const separator = next[0]?.[0]?.[0];
    const alone = next.every((list) => list?.length === 1 && list[0]!.startsWith(separator ?? ''));
    return separator !== undefined && alone && !words.some((list) => list!.some((word) => word.includes(separator)));
  });
}

/** Every two branches have a part without a common word. */
function distinct(branches: Branches): boolean {
  const sets = new Map<readonly string[], ReadonlySet<string>>();
  const setOf = (list: readonly string[]): ReadonlySet<string> => {
    const known = sets.get(list);
    if (known) return known;
    const made = new Set(list);
    sets.set(list, made);
    return made;
  };
  return branches.every((a, i) =>
    branches.slice(i + 1).every((b) => a.some((list, part) => list !== b[part] && !list.some((word) => setOf(b[part]!).has(word)))),
  );
}

type TrieNode = { readonly next: Map<string, TrieNode>; ends: boolean };
/** A place in a branch: its part, and the trie node of the word being read. */
type Place = { readonly branch: number; readonly part: number; readonly node: TrieNode };

/** Search over pairs of places that one text reaches by different derivations (product of the branches' automata). */
function twoDerivations(branches: Branches): Ambiguity | null {
  const tries = new Map<readonly string[], TrieNode>();
  const ids = new Map<TrieNode, number>();
  const rootOf = (branch: number, part: number): TrieNode => {
    const list = branches[branch]![part] ?? END;
    const known = tries.get(list);
    if (known) return known;
    const root = trie(list);
    tries.set(list, root);
    return root;
  };
  const id = (node: TrieNode): number => {
    const known = ids.get(node) ?? ids.size;
    ids.set(node, known);
    return known;
  };
  const key = (a: Place, b: Place, split: boolean): string =>
    `${a.branch}.${a.part}.${id(a.node)}|${b.branch}.${b.part}.${id(b.node)}|${split}`;
  const done = (place: Place): boolean => place.part === branches[place.branch]!.length;
  const ends = (place: Place): boolean => !done(place) && place.node.ends;
  const onward = (place: Place): Place => ({ branch: place.branch, part: place.part + 1, node: rootOf(place.branch, place.part + 1) });

  const queue: { readonly a: Place; readonly b: Place; readonly split: boolean; readonly text: string }[] = [];
  const seen = new Set<string>();
  const push = (a: Place, b: Place, split: boolean, text: string): void => {
    const name = key(a, b, split);
    if (seen.has(name)) return;
    seen.add(name);
    queue.push({ a, b, split, text });
  };
  const starts = branches.map((_, branch): Place => ({ branch, part: 0, node: rootOf(branch, 0) }));
  starts.forEach((a, i) => {
    starts.slice(i).forEach((b) => {
      push(a, b, a !== b, '');
    });
  });
  for (let at = 0; at < queue.length; at++) {
    const { a, b, split, text } = queue[at]!;
    if (done(a) && done(b) && split) {
      return { text, reason: a.branch === b.branch ? `branch ${a.branch} gives it in two ways` : `branch ${a.branch} and branch ${b.branch} both give it` };
    }
    if (!split) {
      if (ends(a)) {
        push(onward(a), onward(a), false, text);
        if (a.node.next.size > 0) push(onward(a), a, true, text);
      }
    } else {
      if (ends(a)) push(onward(a), b, true, text);
      if (ends(b)) push(a, onward(b), true, text);
    }
    if (done(a) || done(b)) continue;
    for (const [letter, nodeA] of a.node.next) {
      const nodeB = b.node.next.get(letter);
      if (nodeB) push({ ...a, node: nodeA }, { ...b, node: nodeB }, split, text + letter);
    }
  }
  return null;
}

const END: readonly string[] = [];

function trie(words: readonly string[]): TrieNode {
  const root: TrieNode = { next: new Map(), ends: false };
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      const next = node.next.get(letter) ?? { next: new Map(), ends: false };
      node.next.set(letter, next);
      node = next;
    }
    node.ends = true;
  }
  return root;
}
