/**
 * Every kernel that plans can use, on columns as specs have them: texts of some bytes and of hundreds, nulls, short and
 * long tables. test/cost/covered.test.ts finds the kernels that are missing here.
 */
export const KERNELS_SPEC = `
tvdd: 1
dataset: kernels
seed: 1

data:
  places: [{ name: Lyon, zone: Europe/Paris, size: 3 }, { name: Oran, zone: Africa/Algiers, size: 2 }, { name: Lima, zone: America/Lima, size: 5 }]

let:
  words: [alpha, beta, gamma, delta, epsilon]
  nouns: { north: [stone, river, cloud], south: [ember, dune, palm, reef] }
  tongues: { north: { fi: 3, se: 2 }, south: { pt: 1 } }
  levels: { north: 1, south: 2 }
  rates: { north: 0.5, south: 0.25 }
  open: { north: true, south: false }
  twin: { north: south, south: north }
  spreads: { north: 1, south: 3 }
  grid: { north: { north: 1, south: 2 }, south: { north: 3, south: 4 } }
  numbered: [0.5, 0.25, 0.125]

tables:
  laws:
    rows: 1_000_000
    key: id
    columns:
      id: uuid(row)
      side: ~categorical(north=2, south=1)
      tongue: ~categorical(tongues[side])
      even: ~pick(words)
      unique_text: { text: "{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(words)}-{~pick(nouns[side])}", unique: true }
      rank: ~permutation()
      popularity: rank ^ -1.1
      u: ~uniform(-1, 1)
      u_by: ~uniform(u, 2)
      die: ~histogram(1..6=1)
      n: ~normal(10, 3)
      n_row: ~normal(n, 1)
      n_within: ~normal(n, 1) within 0..(u_by + 1.5)
      tail: ~normal(0, 1) within 5..9
      ln: ~lognormal(0, 1)
      ln_row: ~lognormal(u, 1)
      ln_within: ~lognormal(u, 1) within 0.1..(u_by + 1.5)
      e: ~exponential(2)
      e_row: ~exponential(u_by + 2)
      e_within: ~exponential(2) within 0..(u_by + 1.5)
      b: ~beta(2, 5)
      b_row: ~beta(2 + b, 3)
      b_within: ~beta(2 + b, 3) within 0..(b / 2 + 0.5)
      g: ~gamma(2.5, 1)
      g_row: ~gamma(1 + b, 2)
      g_within: ~gamma(1 + b, 2) within 0..(b + 3)
      k: ~poisson(4)
      k_row: ~poisson(die * 10)
      k_within: ~poisson(die * 10) within 0..(die * 100)
      z: ~zipf(1000, 1.2)
      z_many: ~zipf(1_000_000_000, 1.2)
      z_row: ~zipf(die * 100, 1.2)
      flag: ~bernoulli(0.3)
      many: ~histogram(1..500=1, 501..1000000=2)
      u_within: ~uniform(u, 2) within u..1.5
      n_by: ~normal(levels[side], spreads[side]) within 0..5
      g_by: ~gamma(levels[side], 2)
      k_by: ~poisson(levels[side])
      n_closed: ~normal(u, u_by + 3)
      ln_closed: ~lognormal(u, u_by + 3)
      flag_row: ~bernoulli(b)
      flag_by: ~bernoulli(rates[side])
      side_n: ~normal(levels[side], 1)
      year: ~histogram(1920..1949=5, 1950..1979=15, 1980..1999=25)
      price: ~histogram(0.5..1.5=2, 1.5..9.5=1)
      themes: ~choose(1..3, words)
      themes_by: ~choose(1..2, nouns[side])
      taste: ~dirichlet(calm=2, bold=1, odd=0.5)
      taste_large: ~dirichlet(calm=20, bold=10, odd=5)
      strongest: top(taste, 2, above=0.25)
      most: argmax(taste)
      vad: vector(u, b, 0.5)
      long_vector: vector(u, b, 0.5, u, b, 0.5, u, b, 0.5, u, b, 0.5, u, b, 0.5)
      place: { value: "~pick(places, weight=size)", hidden: true }
      where: place.name
      zone: place.zone
  values:
    rows: 1_000_000
    columns:
      law: ~ref(laws, by=popularity)
      other: ~ref(laws)
      at: ~instants(2024-01-01 ..< 2025-01-01, daily=peaks(8, 20), weekly=weekend(1.4), yearly=holidays('FR'), tz=law.place.zone)
      by: "date(at, tz=law.place.zone)"
      h: hour(at)
      mi: minute(at)
      wd: weekday(by)
      yr: year(by)
      mo: month(by)
      dy: day(by)
      by_text: by as text
      at_text: at as text
      wait: at - 2024-01-01T00:00Z
      wait_text: wait as text
      wait_half: wait * 0.5
      i: ~histogram(-1000..1000=1)
      j: ~histogram(1..1000=1)
      x: ~uniform(-1, 1)
      y: ~uniform(0.5, 2)
      p: ~bernoulli(0.5)
      q: ~bernoulli(0.2)
      c: ~categorical(north=2, south=1)
      d: ~categorical(north=1, south=1)
      id: uuid(row)
      id2: uuid(row + 1)
      t: { text: "{~pick(words)} and {~pick(words)}" }
      long: { text: "{~pick(words)} of {~pick(words)}, {~pick(words)} and {~pick(words)}: the {~pick(words)} of all {~pick(words)}, {~pick(words)} and so on until {~pick(words)} was {~pick(words)}, {i} times" }
      v: vector(x, y, 1)
      m: ~choose(1..3, words)
      x_add: x + y
      x_sub: x - y
      x_mul: x * y
      x_div: x / y
      x_mod: x % y
      x_floordiv: x // y
      x_pow: y ^ x
      x_neg: -x
      x_abs: abs(x)
      x_min: min(x, y)
      x_max: max(x, y)
      x_exp: exp(x)
      x_log: log(y)
      x_sqrt: sqrt(y)
      x_round: round(x, 2)
      i_add: i + j
      i_sub: i - j
      i_mul: i * j
      i_floordiv: i // j
      i_mod: i % j
      i_pow: j ^ 2
      i_neg: -i
      i_abs: abs(i)
      i_min: min(i, j)
      i_max: max(i, j)
      i_floor: floor(x * 10)
      i_ceil: ceil(x * 10)
      i_round: round(x * 10)
      x_eq: x == y
      x_ne: x != y
      x_lt: x < y
      x_le: x <= y
      i_eq: i == j
      i_ne: i != j
      i_lt: i < j
      i_le: i <= j
      c_eq: c == d
      c_ne: c != d
      p_eq: p == q
      p_ne: p != q
      id_eq: id == id2
      id_ne: id != id2
      t_eq: t == long
      t_ne: t != long
      t_lt: t < long
      t_le: t <= long
      t_in: t in ['alpha and beta', 'beta and alpha']
      long_in: long in ['alpha and beta', 'beta and alpha']
      long_same: long == long_upper
      p_not: not p
      p_and: p and q
      p_or: p or q
      p_implies: p implies q
      x_null: { value: x, missing: 0.1 }
      x_other: { value: y, missing: 0.2 }
      i_null: { value: i, missing: 0.1 }
      i_other: { value: j, missing: 0.2 }
      p_null: { value: p, missing: 0.1 }
      p_other: { value: q, missing: 0.2 }
      c_null: { value: c, missing: 0.1 }
      c_other: { value: d, missing: 0.2 }
      id_null: { value: id, missing: 0.1 }
      id_other: { value: id2, missing: 0.2 }
      t_null: { value: t, missing: 0.1 }
      t_other: { value: long, missing: 0.2 }
      v_null: { value: v, missing: 0.1 }
      v_other: { value: v, missing: 0.2 }
      m_null: { value: m, missing: 0.1 }
      m_other: { value: m, missing: 0.2 }
      p_and_null: p_null and q
      p_or_null: p_null or q
      p_implies_null: p_null implies q
      x_or_null: if p_null then x_null else y
      i_or_null: if p_null then i_null else j
      p_or_else: if p_null then p_null else q
      c_or_null: if p_null then c_null else d
      id_or_null: if p_null then id_null else id2
      t_or_null: if p_null then t_null else long
      v_or_null: if p_null then v_null else v
      m_or_null: if p_null then m_null else m
      x_both: coalesce(x_null, x_other)
      i_both: coalesce(i_null, i_other)
      p_both: coalesce(p_null, p_other)
      c_both: coalesce(c_null, c_other)
      id_both: coalesce(id_null, id_other)
      t_both: coalesce(t_null, t_other)
      v_both: coalesce(v_null, v_other)
      m_both: coalesce(m_null, m_other)
      p_and_both: p_null and p_other
      p_or_both: p_null or p_other
      p_implies_both: p_null implies p_other
      era: if x < 0 then 'classic' else if x < 0.5 then 'modern' else 'contemporary'
      in_grid: grid[c][d]
      i_item: numbered[j % 3]
      c_lt: c < d
      c_le: c <= d
      x_is: x_null is null
      i_is: i_null is null
      p_is: p_null is null
      c_is: c_null is null
      id_is: id_null is null
      t_is: t_null is null
      v_is: v_null is null
      m_is: m_null is null
      x_if: if p then x else y
      i_if: if p then i else j
      p_if: if p then q else x_lt
      c_if: if p then c else d
      id_if: if p then id else id2
      t_if: if p then t else long
      v_if: if p then v else law.vad
      m_if: if p then m else law.themes
      x_if_null: coalesce(x_null, y)
      i_if_null: coalesce(i_null, j)
      p_if_null: coalesce(p_null, q)
      c_if_null: coalesce(c_null, d)
      id_if_null: coalesce(id_null, id2)
      t_if_null: coalesce(t_null, long)
      v_if_null: coalesce(v_null, v)
      m_if_null: coalesce(m_null, m)
      i_cast: i as int16
      x_cast: x as float32
      x_int: (x * 100) as int32
      x_dec: x as decimal(9, 4)
      dec_x: x_dec * x
      dec_less: x_dec as decimal(9, 2)
      dec_more: x_dec as decimal(12, 6)
      p_int: p as int8
      i_text: i as text
      x_text: x as text
      p_text: p as text
      id_text: id as text
      c_text: c as text
      t_length: length(t)
      long_length: length(long)
      m_length: length(m)
      t_upper: upper(t)
      long_upper: upper(long)
      c_rate: rates[c]
      c_level: levels[c]
      c_open: open[c]
      c_twin: twin[c]
      i_in: i in [1, 5, 9, 14]
      x_in: x in [0.5, 0.25]
      m_in: "'alpha' in m"
      p_in: p in [true]
      v_item: v[1]
      m_item: m[0]
      law_name: law.where
      law_title: law.unique_text
      law_themes: law.themes
      law_n: law.n
      other_n: other.n
      other_title: other.unique_text
    constraints:
      - x < y
      - { check: i < j * 10, when: p }
    weigh: law.b

  # What is stored: a column for every layout, twice where the bytes of a row matter.
  stored:
    rows: 1_000_000
    columns:
      flag: ~bernoulli(0.3)
      small: ~histogram(-100..100=1) as int8
      middling: ~histogram(1..100000=1) as int32
      single: ~uniform(0, 1) as float32
      day: date(at)
      whole: ~histogram(1..1000000=1)
      real: ~normal(0, 1)
      at: ~instants(2024-01-01 ..< 2025-01-01)
      price: ~lognormal(3, 1) within 1..900 as decimal(9, 2)
      few: ~categorical(north=2, south=1, east=1)
      word: { text: "{~pick(words)}-{~pick(words)}" }
      prose: { text: "{~pick(words)} of {~pick(words)}, {~pick(words)} and {~pick(words)}: the {~pick(words)} of all {~pick(words)}, {~pick(words)} and so on until {~pick(words)} was {~pick(words)}, {middling} times" }
      id: uuid(row)
      vad: vector(single, real, 0.5)
      wide: vector(single, real, 0.5, single, real, 0.5, single, real, 0.5, single, real, 0.5)
      themes: ~choose(1..3, words)
      tags: ~choose(3..5, words)
      maybe: { value: small, missing: 0.1 }
`;
