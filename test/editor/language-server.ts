import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js';

const ROOT = new URL('../../', import.meta.url);
const SERVER = fileURLToPath(new URL('node_modules/yaml-language-server/bin/yaml-language-server', ROOT));
const SCHEMA = new URL('config/tvdd.schema.json', ROOT).href;

export type Fault = { readonly line: number; readonly text: string; readonly message: string };
export type Offer = { readonly label: string; readonly text: string; readonly documentation: string };

/** The YAML language server that editors run, with the published schema for every document. */
export type LanguageServer = {
  /** What it reports of a text, from the top; lines are counted from 1. */
  readonly faults: (text: string) => Promise<readonly Fault[]>;
  /** What it offers at `|`. */
  readonly offers: (text: string) => Promise<readonly Offer[]>;
  /** What it shows at `|`; empty where it shows nothing. */
  readonly hover: (text: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

type Position = { readonly line: number; readonly character: number };
type Diagnostic = {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
};
type Completion = {
  readonly label: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string };
  readonly documentation?: string | { readonly value: string };
};

export async function startLanguageServer(): Promise<LanguageServer> {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const reported = new Map<string, (found: readonly Diagnostic[]) => void>();
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
    items.map(({ section }) =>
      section === 'yaml'
        ? {
            schemas: { [SCHEMA]: '*' },
            schemaStore: { enable: false },
            validate: true,
            hover: true,
            completion: true,
          }
        : {},
    ),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) =>
      reported.get(uri)?.(diagnostics),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        hover: { contentFormat: ['markdown'] },
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
      },
    },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', {
    settings: {
      yaml: { schemas: { [SCHEMA]: '*' }, schemaStore: { enable: false }, hover: true, completion: true },
    },
  });

  let documents = 0;
  const open = async (text: string): Promise<{ uri: string; found: Promise<readonly Diagnostic[]> }> => {
    // Beside the schema, which the flagship's first line names.
    const uri = new URL(`config/open-${++documents}.yaml`, ROOT).href;
    const found = new Promise<readonly Diagnostic[]>((resolve) => reported.set(uri, resolve));
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    return { uri, found };
  };
  const at = async (text: string, method: string): Promise<unknown> => {
    const offset = text.indexOf('|');
    const before = text.slice(0, offset).split('\n');
    const { uri } = await open(text.slice(0, offset) + text.slice(offset + 1));
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return connection.sendRequest(method, { textDocument: { uri }, position });
  };
  return {
    faults: async (text) => {
      const lines = text.split('\n');
      const { found } = await open(text);
      const sorted = [...(await found)].sort((a, b) => a.range.start.line - b.range.start.line);
      return sorted.map(({ range: { start, end }, message }) => ({
        line: start.line + 1,
        text: (lines[start.line] ?? '').slice(
          start.character,
          end.line === start.line ? end.character : undefined,
        ),
        message,
      }));
    },
    offers: async (text) => {
      const { items } = (await at(text, 'textDocument/completion')) as { items: readonly Completion[] };
      return items.map(({ label, insertText, textEdit, documentation }) => ({
        label,
        text: textEdit?.newText ?? insertText ?? label,
        documentation: typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
      }));
    },
    hover: async (text) => {
      const shown = (await at(text, 'textDocument/hover')) as { contents: { value: string } } | null;
      return shown?.contents.value ?? '';
    },
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
    },
  };
}
