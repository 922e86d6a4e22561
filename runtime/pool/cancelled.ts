/** Thrown between two batches when the run is to stop. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** What a job asks and tells. */
export type Hooks = {
  /** Asked between two batches. */
  readonly cancelled: () => boolean;
  /** Rows done of the job at hand. */
  readonly progress: (rows: number) => void;
};
