import { dictionary, plan, table } from './plan-builder.ts';

export const CITIES = 50;
export const USERS = 400;
export const EVENTS = 2 ** 48;

/**
 * Three tables that use everything at once: groups in parents, references in groups, two levels of references, nullable
 * references, weights, a group that reads another, texts, lists, vectors, masks. Attempts of a row vary from 0 to dozens.
 */
export function world() {
  const cities = table('cities', CITIES);
  const rate = cities.uniform('11', 0, 'rate');
  const score = cities.uniform('12', 0, 'score');
  const poor = cities.compare('lt_f64', rate, score, 'rate < score');
  cities.group([poor]);
  const third = cities.constant('f64', 0.3);
  const small = cities.compare('lt_f64', rate, third, 'rate < 0.3');
  const size = cities.kernel(
    'bool_to_code',
    { kind: 'code', width: 0, nullable: false, dictionary: 0 },
    [{ slot: small }],
    'size',
  );
  const label = cities.text([{ slot: size }, { literal: ' city ' }, { slot: cities.rowId() }], 32, 'label');

  const users = table('users', USERS);
  const home = users.reference('21', 0, CITIES, 'home');
  const age = users.uniform('22', 0, 'age');
  const homeScore = users.parent(home, cities, score, 'home.score');
  const homeRate = users.parent(home, cities, rate, 'home.rate');
  users.group([users.compare('lt_f64', age, homeScore, 'age < home.score')], { step: homeRate, key: '29' });
  const p = users.uniform('24', 1, 'p');
  users.group([users.compare('lt_f64', p, users.uniform('25', 1, 'q'), 'p < q')]);
  const away = users.compare('lt_f64', p, users.constant('f64', 0.2), 'away');
  const maybe = users.masked(home, away, 'maybe');
  const homeLabel = users.parent(maybe, cities, label, 'maybe.label');
  const greeting = users.text([{ slot: homeLabel }, { literal: '!' }], 33, 'greeting');
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
  events.group(
    [
      events.compare('lt_f64', amount, userAge, 'amount < user.age'),
      events.compare(
        'lt_f64',
        rate2,
        events.combine('add_f64', amount, givenAge),
        'user.home.rate < amount + given.age',
      ),
      events.compare(
        'lt_f64',
        rate3,
        events.combine('add_f64', amount, amount),
        'user.maybe.rate < amount + amount',
      ),
    ],
    { step: events.combine('max_f64', rate2, events.constant('f64', 0.2)), key: '39' },
  );
  const z = events.uniform('34', 1, 'z');
  events.group([events.compare('lt_f64', z, amount, 'z < amount')], null, 100_000);
  const summary = events.text(
    [{ slot: user }, { literal: '/' }, { slot: label2 }, { literal: '/' }, { slot: events.rowId() }],
    80,
    'summary',
  );
  const note = events.text([{ slot: label3 }, { literal: '?' }], 33, 'note');
  const hidden = events.masked(summary, events.compare('lt_f64', z, amount), 'hidden');

  return {
    ...plan([cities, users, events], [dictionary(['big', 'petite'])]),
    cases: [
      { table: 'cities', rows: CITIES, steps: [rate, score, size, label] },
      {
        table: 'users',
        rows: USERS,
        steps: [home, age, homeScore, p, maybe, homeLabel, greeting, id, noise],
      },
      {
        table: 'events',
        rows: EVENTS,
        steps: [
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
          best,
          z,
          summary,
          note,
          hidden,
        ],
      },
    ],
  };
}
