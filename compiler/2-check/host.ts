/** What the checker may see of the outside: files named by the spec, by paths relative to it. */
export type Host = {
  /** The file's bytes, or null where there is no such file. */
  readonly readFile: (path: string) => Uint8Array | null;
};
