/** A law that cannot be drawn as it stands; `parameter` names the culprit where it is one. */
export class LawFault extends Error {
  readonly parameter: string | null;
  constructor(message: string, parameter: string | null = null) {
    super(message);
    this.name = 'LawFault';
    this.parameter = parameter;
  }
}
