/** Where a part of the tool says what it does; the entries (CLI, Action) decide where it goes. */
export type Logger = {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
};

export const silentLogger: Logger = { debug() {}, info() {}, warn() {} };
