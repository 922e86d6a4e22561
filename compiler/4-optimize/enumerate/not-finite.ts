/** Thrown inside this folder only: why an expression is no function of finite draws. */
export class NotFinite extends Error {}
