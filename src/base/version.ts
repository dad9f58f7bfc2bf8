declare const __VERSION__: string;

/** The version of package.json, put in by the bundler; code run from its sources has none. */
export const version: string = typeof __VERSION__ === 'undefined' ? 'source' : __VERSION__;
