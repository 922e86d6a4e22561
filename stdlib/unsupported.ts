/**
 * What the language has and the library cannot compute yet, with the reason in words: the user's to know, at the place.
 * Any other error that lowering throws is a bug of ours.
 */
export class Unsupported extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unsupported';
  }
}
