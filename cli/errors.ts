import type { Source } from '../compiler/1-parse/source.ts';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { Failure, failure } from './failure.ts';
import type { Channel } from './output.ts';

/** Shows why a command ended; what nobody expected is our fault and says so. Returns the exit code. */
export async function report(error: unknown, err: Channel): Promise<ExitCode> {
  const known = error instanceof Failure ? error : unexpected(error);
  await showDiagnostics(known.diagnostics, known.sources, err);
  if (known !== error && process.env.TVDD_DEBUG === '1') {
    err.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return known.exit;
}

/** As text, for people; `sources[0]` is the spec. */
export async function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  channel: Channel,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { renderDiagnostics } = await import('../compiler/diagnostics/render.ts');
  channel.write(
    `${renderDiagnostics(diagnostics, sources, { color: channel.color, format: 'text' }).trimEnd()}\n`,
  );
}

function unexpected(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  const help = 'please report it with this command; TVDD_DEBUG=1 shows where it happened';
  return failure('TVD7099', { reason: reason.split('\n')[0] ?? '' }, EXIT.run, help);
}

/** Why the operating system refused, in plain words. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = REASONS.get(code);
  return known ?? (error instanceof Error ? error.message : String(error));
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'its links go round in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EMFILE', 'too many files are open'],
]);
