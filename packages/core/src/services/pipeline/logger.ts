/** What the library logs to: pino and console both fit. It never logs a token, code, password or mail. */
export interface Logger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** The default: says nothing. */
export const silentLogger: Logger = Object.freeze({ info: () => {}, warn: () => {}, error: () => {} })
