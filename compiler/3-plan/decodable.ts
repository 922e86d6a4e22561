/**
 * Whether texts decode uniquely. A branch is a sequence of parts, a part a list of words; its texts are all concatenations
 * of one word a part. The answer is exact: null means that no text has two derivations, in one branch or in two.
 *
 * The branches are one automaton without cycles, prefixes and suffixes shared; a text has two derivations where two
 * different paths read the same letters to the end. Searching pairs of places finds such paths (the classical test of
 * ambiguity by the automaton's square).
 */
export type Branches = readonly (readonly (readonly string[])[])[];
export type Ambiguity = { readonly text: string; readonly reason: string };

export function ambiguity(branches: Branches): Ambiguity | null {
  return repeatedWord(branches) ?? repeatedBranch(branches) ?? twoPaths(automatonOf(branches));
}

function repeatedWord(branches: Branches): Ambiguity | null {
  for (const list of new Set(branches.flat())) {
    const seen = new Set<string>();
    for (const word of list) {
      if (seen.has(word)) return { text: word, reason: `'${word}' stands twice in one list` };
      seen.add(word);
    }
  }
  return null;
}

function repeatedBranch(branches: Branches): Ambiguity | null {
  for (const [i, parts] of branches.entries()) {
    const twin = branches.findIndex(
      (other) => other.length === parts.length && other.every((list, part) => list === parts[part]),
    );
    if (twin < i)
      return { text: parts.map(([word]) => word).join(''), reason: 'two branches have the same pieces' };
  }
  return null;
}

/** A point between two parts: the words that may come next, and where each list leads. `ends`: a text may end here. */
type Joint = { readonly ends: boolean; readonly edges: readonly Edge[] };
type Edge = { readonly id: number; readonly trie: TrieNode; readonly to: Joint };
type TrieNode = { readonly id: number; readonly next: Map<string, TrieNode>; ends: boolean };
type Automaton = { readonly start: Joint; readonly edges: number; readonly nodes: number };

function automatonOf(branches: Branches): Automaton {
  let nodes = 0;
  let edges = 0;
  const ids = new Map<readonly string[], number>();
  const tries = new Map<readonly string[], TrieNode>();
  const joints = new Map<string, Joint>();
  const idOf = (list: readonly string[]): number => {
    const id = ids.get(list) ?? ids.size;
    ids.set(list, id);
    return id;
  };
  const build = (suffixes: Branches): Joint => {
    const key = suffixes
      .map((parts) => parts.map(idOf).join(','))
      .sort()
      .join(';');
    const known = joints.get(key);
    if (known) return known;
    const byList = new Map<readonly string[], (readonly (readonly string[])[])[]>();
    for (const [list, ...rest] of suffixes) if (list) byList.set(list, [...(byList.get(list) ?? []), rest]);
    const joint: Joint = {
      ends: suffixes.some((parts) => parts.length === 0),
      edges: [...byList].map(([list, rest]) => {
        const trie = tries.get(list) ?? trieOf(list, () => nodes++);
        tries.set(list, trie);
        return { id: edges++, trie, to: build(rest) };
      }),
    };
    joints.set(key, joint);
    return joint;
  };
  const start = build(branches);
  return { start, edges, nodes };
}

function trieOf(words: readonly string[], id: () => number): TrieNode {
  const root: TrieNode = { id: id(), next: new Map(), ends: false };
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      const next = node.next.get(letter) ?? { id: id(), next: new Map(), ends: false };
      node.next.set(letter, next);
      node = next;
    }
    node.ends = true;
  }
  return root;
}

/** Inside a word (`goesOn`: it has been chosen not to end here), or at the end of a text. */
type Place = { readonly edge: Edge; readonly node: TrieNode; readonly goesOn: boolean } | 'end';

const placesAfter = (joint: Joint): readonly Place[] => [
  ...joint.edges.map((edge): Place => ({ edge, node: edge.trie, goesOn: false })),
  ...(joint.ends ? (['end'] as const) : []),
];

/** Where a place may be without reading a letter: the ways on when its word ends here. */
const onward = (place: Place): readonly Place[] =>
  place !== 'end' && place.node.ends && !place.goesOn ? placesAfter(place.edge.to) : [];

function twoPaths({ start, edges, nodes }: Automaton): Ambiguity | null {
  const places = 2 * edges * nodes + 1;
  const id = (place: Place): number =>
    place === 'end' ? 0 : 1 + 2 * (place.edge.id * nodes + place.node.id) + (place.goesOn ? 1 : 0);
  const queue: { readonly a: Place; readonly b: Place; readonly split: boolean; readonly text: string }[] =
    [];
  const seen = { together: new Set<number>(), split: new Set<number>() };
  const push = (a: Place, b: Place, split: boolean, text: string): void => {
    const pairs = split ? seen.split : seen.together;
    const pair = split ? id(a) * places + id(b) : id(a);
    if (pairs.has(pair)) return;
    pairs.add(pair);
    queue.push({ a, b, split, text });
  };
  /** Two paths at one point: together on, or parted. */
  const fork = (places: readonly Place[], text: string): void => {
    places.forEach((a, i) => {
      places.slice(i).forEach((b) => {
        push(a, b, a !== b, text);
      });
    });
  };
  fork(placesAfter(start), '');
  for (let at = 0; at < queue.length; at++) {
    const { a, b, split, text } = queue[at]!;
    if (a === 'end' && b === 'end' && split)
      return { text, reason: 'two ways of choosing its pieces give it' };
    if (split) {
      for (const next of onward(a)) push(next, b, true, text);
      for (const next of onward(b)) push(a, next, true, text);
    } else {
      const stays: readonly Place[] =
        a !== 'end' && a.node.ends && a.node.next.size > 0 ? [{ ...a, goesOn: true }] : [];
      const leaves = onward(a);
      fork(leaves, text);
      for (const left of leaves) for (const stayed of stays) push(left, stayed, true, text);
    }
    if (a === 'end' || b === 'end') continue;
    for (const [letter, nodeA] of a.node.next) {
      const nodeB = b.node.next.get(letter);
      if (nodeB)
        push(
          { edge: a.edge, node: nodeA, goesOn: false },
          { edge: b.edge, node: nodeB, goesOn: false },
          split,
          text + letter,
        );
    }
  }
  return null;
}
