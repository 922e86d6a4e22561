declare const __TVDD_VERSION__: string;

/** Of package.json, written in by the build. */
export const VERSION: string = __TVDD_VERSION__;
