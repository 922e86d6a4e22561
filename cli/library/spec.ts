import { stringify } from 'yaml';
import type { Source } from '../../compiler/1-parse/source.ts';
import type { Host } from '../../compiler/2-check/host.ts';
import { hostIn, hostOf, readSpec } from '../spec-file.ts';
import type { Spec, SpecText } from './api.ts';

/** The spec's text, and where its data files lie. An object is written as YAML: diagnostics point into that. */
export function specOf(spec: Spec): { readonly source: Source; readonly host: Host } {
  if (typeof spec === 'string') return { source: readSpec(spec), host: hostOf(spec) };
  if (!isText(spec)) {
    const text = stringify(spec, { lineWidth: 0 });
    return { source: { name: '<object>', text }, host: hostIn('.') };
  }
  const { text, name = '<text>', folder = '.' } = spec;
  return { source: { name, text }, host: hostIn(folder) };
}

const isText = (spec: Exclude<Spec, string>): spec is SpecText =>
  typeof spec.text === 'string' && !('tvdd' in spec);
