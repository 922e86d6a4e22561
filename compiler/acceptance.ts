import type { ScalarMath } from '../stdlib/define.ts';
import type { Span } from './1-parse/source.ts';
import { type Group, groupsOf, parentsRead } from './3-plan/groups.ts';
import type { LogicalPlan, LogicalTable } from './3-plan/logical-plan.ts';
import type { Acceptance, Estimates, Share } from './5-lower/lower.ts';
import { defaultTries } from './5-lower/tries.ts';
import { diagnose } from './diagnostics/diagnose.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { count, percent } from './explain/figures.ts';

/** Below the first a group is dear, below the second it is refused, unless one of its constraints carries `tries`. */
const DEAR = 0.1;
const HOPELESS = 1e-3;
/** A small sample that accepts none of its candidates does not refuse a group whose share may still be above this. */
const DOUBTFUL = 1e-2;

/** What the estimated acceptance of groups says about a spec: warnings and errors that name the culprit. */
export function judgeAcceptance(
  plan: LogicalPlan,
  estimates: Estimates,
  math: ScalarMath,
): readonly Diagnostic[] {
  const groups = plan.tables.flatMap((table) =>
    groupsOf(table).flatMap((group, index) => {
      const allowed = group.constraints.some((constraint) => table.constraints[constraint]!.tries !== null);
      const acceptance = estimates.acceptance[table.name]?.[index] ?? null;
      return allowed ? [] : [{ table, group, acceptance }];
    }),
  );
  const judged = groups.flatMap(({ table, group, acceptance }) =>
    acceptance ? judge(table, group, acceptance, math) : [],
  );
  // Where a parent's group is refused, that is the one fault.
  if (judged.some(({ severity }) => severity === 'error')) return judged;
  const unknown = groups.filter(({ acceptance }) => acceptance === null);
  return [...judged, ...unknown.map(({ table, group }) => unestimated(table, group))];
}

/** A candidate costs so many rows of parents that none was looked at. */
function unestimated(table: LogicalTable, group: Group): Diagnostic {
  const parents = parentsRead(table, group)
    .map((parent) => `\`${parent}\``)
    .join(', ');
  const [first, ...others] = checksOf(table, group, []);
  if (!first) throw new Error(`a group of ${table.name} conditions nothing`);
  return diagnose(
    'TVD4103',
    { table: table.name, parents },
    { span: first.span, text: 'every candidate draws such a row anew' },
    {
      secondary: others.map(({ span }) => ({ span, text: 'together with this' })),
      help: [
        {
          text: `say the law of ${parents} without rejection (\`~law(…) within a..b\`); or say with \`tries:\` how often a row of ${table.name} may be drawn`,
        },
      ],
    },
  );
}

/** A constraint of the group, or the table's weight, with the share of candidates that it alone rejects. */
type Check = {
  readonly name: string;
  readonly span: Span;
  readonly tries: boolean;
  readonly rejects: number;
};

function judge(
  table: LogicalTable,
  group: Group,
  acceptance: Acceptance,
  math: ScalarMath,
): readonly Diagnostic[] {
  const { worst } = acceptance;
  const least = worst && worst.share < acceptance.share ? worst : acceptance;
  if (least.share >= DEAR) return [];
  const [culprit, ...others] = checksOf(table, group, least.rejects).sort((a, b) => b.rejects - a.rejects);
  if (!culprit) throw new Error(`a group of ${table.name} conditions nothing`);
  const place = { span: culprit.span, text: `alone rejects ${percent(culprit.rejects)}` };
  const hopeless = least.share < HOPELESS && least.high < DOUBTFUL;
  const few = hopeless ? 'none' : `a few (less than ${percent(least.high)})`;
  const share = least.share === 0 ? few : percent(least.share);
  const params = { table: table.name, share, constraint: culprit.name };
  const extra = {
    secondary: others
      .filter(({ rejects }) => rejects > 0)
      .map(({ span, rejects }) => ({ span, text: `alone rejects ${percent(rejects)}` })),
    notes:
      worst && least === worst
        ? [
            `this is row ${count(worst.row)}, the least favourable of ${count(worst.among)} looked at, ${interval(worst)}`,
            `all of those rows together, ${interval(acceptance)}`,
          ]
        : [interval(acceptance)],
    help: [{ text: wayOut(culprit, hopeless, triesFor(least, table, math)) }],
  };
  return [hopeless ? diagnose('TVD4102', params, place, extra) : diagnose('TVD4101', params, place, extra)];
}

function checksOf(table: LogicalTable, group: Group, rejects: readonly number[]): Check[] {
  const checks = group.constraints.map((index, i): Check => {
    const { name, span, asked } = table.constraints[index]!;
    return { name, span, tries: !asked, rejects: rejects[i] ?? 0 };
  });
  const { weigh } = table;
  if (!group.weigh || !weigh) return checks;
  const last = { name: 'weigh', span: weigh.expr.span, tries: false, rejects: rejects[checks.length] ?? 0 };
  return [...checks, last];
}

/** With 99.9 % confidence: the probe's intervals. */
function interval({ share, low, high, candidates }: Share): string {
  const of = `of ${count(candidates)} candidates`;
  return share === 0
    ? `none ${of} was accepted: with 99.9 % confidence less than ${percent(high)} are`
    : `estimated from a sample ${of}: with 99.9 % confidence ${percent(low)} to ${percent(high)}`;
}

function triesFor({ low }: Share, table: LogicalTable, math: ScalarMath): string {
  return low > 0 ? String(defaultTries(math, table.rows, low)) : 'N';
}

function wayOut({ name, tries }: Check, hopeless: boolean, needed: string): string {
  const law =
    'say the law as it is meant: bounds on one draw as `~law(…) within a..b`, which is drawn at once';
  if (name === 'weigh') return 'scale the weight, so that its largest value is 1';
  if (!tries)
    return 'state the predicate in the spec, as a constraint with `tries:`, or as the law that it makes';
  return hopeless
    ? `${law}; or accept the cost with \`tries: ${needed}\``
    : `${law}; or accept the cost with \`tries:\``;
}
