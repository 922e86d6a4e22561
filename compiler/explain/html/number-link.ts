/** A node's place on the page, and a link to it. */
export const anchor = (number: number): string => `n${number}`;
export const numberLink = (number: number): string =>
  `<a class="number" href="#${anchor(number)}">(${number})</a>`;
