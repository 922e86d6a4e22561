import type { Group } from '../../compiler/5-lower/physical-plan.ts';
import { dictionary, plan, table } from './plan-builder.ts';

export const CITIES = 50;
export const USERS = 400;
export const EVENTS = 2 ** 48;

/**
 * Three tables that use everything at once: groups in parents, references in groups, two levels of references, nullable
 * references, weights, a group that reads another, texts, lists, vectors, masks. Attempts of a row vary from 0 to dozens.
 */
export function world(judging: (all: Group['judging']) => Group['judging'] = (all) => all) {
  const cities = table('cities', CITIES);
  const rate = cities.uniform('11', 0, 'rate');
  const score = cities.uniform('12', 0, 'score');
  const poor = cities.compare('lt_f64', rate, score, 'rate < score');
  cities.group([poor], null, 1000, judging);
  const flavour = cities.uniform('13', 0, 'flavour'); // in the group, though no check reads it
  const third = cities.constant('f64', 0.3);
  const small = cities.compare('lt_f64', rate, third, 'rate < 0.3');
  const size = cities.kernel(
    'bool_to_code',
    { kind: 'code', width: 0, nullable: false, dictionary: 0 },
    [{ slot: small }],
    'size',
  );
  const label = cities.text(
    [
      { slot: size },
      { slot: cities.kernel('bool_to_i64', 'i64', [{ slot: cities.compare('lt_f64', flavour, third) }]) },
      { literal: ' city ' },
      { slot: cities.rowId() },
    ],
    34,
    'label',
  );

  const users = table('users', USERS);
  const home = users.reference('21', 0, CITIES, 'home');
  const age = users.uniform('22', 0, 'age');
  const homeScore = users.parent(home, cities, score, 'home.score');
  const homeRate = users.parent(home, cities, rate, 'home.rate');
  users.group(
    [users.compare('lt_f64', age, homeScore, 'age < home.score')],
    { step: homeRate, key: '29' },
    1000,
    judging,
  );
  const homeFlavour = users.parent(home, cities, flavour, 'home.flavour');
  const mood = users.uniform('26', 0, 'mood');
  const p = users.uniform('24', 1, 'p');
  users.group([users.compare('lt_f64', p, users.uniform('25', 1, 'q'), 'p < q')], null, 1000, judging);
  const away = users.compare('lt_f64', p, users.constant('f64', 0.2), 'away');
  const maybe = users.masked(home, away, 'maybe');
  const homeLabel = users.parent(maybe, cities, label, 'maybe.label');
  const greeting = users.text([{ slot: homeLabel }, { literal: '!' }], 40, 'greeting');
  const id = users.kernel('uuid_of', 'uuid', [{ i64: '-77' }, { slot: users.rowId() }], 'id');
  const noise = users.uniform('23', null, 'noise');

  const events = table('events', EVENTS);
  const user = events.reference('31', 0, USERS, 'user');
  const given = events.reference('32', null, USERS, 'given');
  const userAge = events.parent(user, users, age, 'user.age');
  const userHome = events.parent(user, users, home, 'user.home');
  const rate2 = events.parent(userHome, cities, rate, 'user.home.rate');
  const label2 = events.parent(userHome, cities, label, 'user.home.label');
  const givenAge = events.parent(given, users, age, 'given.age');
  const givenId = events.parent(given, users, id, 'given.id');
  const amount = events.uniform('33', 0, 'amount');
  const maybe2 = events.parent(user, users, maybe, 'user.maybe');
  const rate3 = events.parent(maybe2, cities, rate, 'user.maybe.rate');
  const mood2 = events.parent(user, users, mood, 'user.mood');
  const flavour2 = events.parent(userHome, cities, flavour, 'user.home.flavour');
  const flavour3 = events.parent(user, users, homeFlavour, 'user.home.flavour');
  const label3 = events.parent(maybe2, cities, label, 'user.maybe.label');
  const pair = events.kernel(
    'vec_concat',
    { kind: 'vec', width: 2, nullable: false, dictionary: null },
    [{ slot: amount }, { i32: 1 }, { slot: rate2 }, { i32: 1 }],
    'pair',
  );
  const best = events.kernel(
    'vec_top',
    { kind: 'codes', width: 2, nullable: false, dictionary: 0 },
    [{ slot: pair }, { i32: 2 }, { i32: 2 }, { f64: 0.3 }],
    'best',
  );
  const tip = events.uniform('35', 0, 'tip');
  const twice = events.combine('add_f64', amount, amount);
  const maybeCheck = events.compare('lt_f64', rate3, twice, 'user.maybe.rate < amount + amount');
  const sum = events.combine('add_f64', amount, givenAge);
  events.group(
    [
      events.compare('lt_f64', amount, userAge, 'amount < user.age'),
      events.compare('lt_f64', rate2, sum, 'user.home.rate < amount + given.age'),
      maybeCheck,
    ],
    { step: events.combine('max_f64', rate2, events.constant('f64', 0.2)), key: '39' },
    1000,
    judging,
  );
  const z = events.uniform('34', 1, 'z');
  const few = events.kernel('list_length_codes', 'i64', [{ slot: best }]);
  const share = events.combine(
    'mul_f64',
    amount,
    events.kernel('i64_to_f64', 'f64', [{ slot: few }]),
    'share',
  );
  const lateText = events.text([{ slot: user }, { literal: ' ' }], 30);
  const tipped = events.compare(
    'lt_f64',
    z,
    events.combine('add_f64', share, events.combine('max_f64', tip, rate2)),
    'z < share + max(tip, …)',
  );
  const short = events.kernel('le_str', 'bool', [
    { slot: lateText },
    { slot: events.text([{ slot: user }, { literal: '!' }, { slot: label2 }], 99) },
  ]);
  const tags = events.kernel(
    'choose',
    { kind: 'codes', width: 3, nullable: false, dictionary: 0 },
    [{ key: '37', group: 0 }, { i32: 1 }, { i32: 3 }, { blob: 1 }, { blob: 2 }, { blob: 3 }, { blob: 4 }],
    'tags',
  );
  const z2 = events.uniform('36', 1, 'z2');
  const half = events.constant('f64', 0.5);
  const tag = events.kernel('bool_to_code', { ...events.slot('code'), dictionary: 0 }, [
    { slot: events.compare('lt_f64', z2, half) },
  ]);
  const tagged = events.kernel('list_has_code', 'bool', [{ slot: tag }, { slot: tags }], 'tag in tags');
  const tagText = events.text([{ slot: tag }, { literal: '#' }, { slot: user }], 30, 'tagText');
  const last = events.constant('str', 'zebra', { width: 5 });
  const early = events.kernel('lt_str', 'bool', [{ slot: tagText }, { slot: last }]);
  const shy = events.masked(z2, events.compare('lt_f64', z2, givenAge), 'shy');
  const loud = events.compare('lt_f64', shy, events.constant('f64', 0.95), 'shy < 0.95');
  events.group([tipped, short, tagged, early, loud], null, 100_000, judging);
  const z3 = events.uniform('38', 1, 'z3');
  const summary = events.text(
    [{ slot: user }, { literal: '/' }, { slot: label2 }, { literal: '/' }, { slot: events.rowId() }],
    99,
    'summary',
  );
  const note = events.text([{ slot: label3 }, { literal: '?' }], 40, 'note');
  const hidden = events.masked(summary, events.compare('lt_f64', z, amount), 'hidden');

  return {
    ...plan(
      [cities, users, events],
      [
        dictionary(['big', 'petite']),
        bytes(Uint32Array.of(0, 3)),
        bytes(BigUint64Array.of(0n, 1n, 2n)),
        bytes(Int32Array.of(0, 1, 1)),
        bytes(Float64Array.of(1, 1, 1)),
      ],
    ),
    cases: [
      { table: 'cities', rows: CITIES, steps: [rate, score, size, label, flavour] },
      {
        table: 'users',
        rows: USERS,
        steps: [home, age, homeScore, p, maybe, homeLabel, greeting, id, noise, mood],
      },
      {
        table: 'events',
        rows: EVENTS,
        steps: [
          ...[
            user,
            given,
            userAge,
            userHome,
            rate2,
            label2,
            givenAge,
            givenId,
            amount,
            maybe2,
            rate3,
            label3,
            pair,
          ],
          ...[
            best,
            z,
            z2,
            z3,
            tags,
            tag,
            tagText,
            shy,
            loud,
            flavour3,
            tip,
            mood2,
            flavour2,
            maybeCheck,
            tipped,
            summary,
            note,
            hidden,
          ],
        ],
      },
    ],
  };
}

const bytes = ({ buffer }: { readonly buffer: ArrayBuffer }): Uint8Array => new Uint8Array(buffer);
