import type { Command } from '../command.ts';

/** In the order in which `tvdd help` shows them. A command is loaded when it is called. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['init', async () => (await import('./init.ts')).init],
  ['check', async () => (await import('./check.ts')).check],
  ['sample', async () => (await import('./sample.ts')).sample],
  ['run', async () => (await import('./run.ts')).run],
  ['compile', async () => (await import('./compile.ts')).compile],
  ['diff', async () => (await import('./diff.ts')).diff],
  ['schema', async () => (await import('./schema.ts')).schema],
  ['docs', async () => (await import('./docs.ts')).docs],
  ['bench', async () => (await import('./bench.ts')).bench],
  ['explain', async () => (await import('./explain.ts')).explain],
  ['completion', async () => (await import('./completion.ts')).completion],
]);

export const commandNames: readonly string[] = [...commands.keys()];

export async function loadCommand(name: string): Promise<Command | null> {
  return (await commands.get(name)?.()) ?? null;
}
