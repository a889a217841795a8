import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/**
 * The log: JSON lines on standard output.
 *
 * Nothing that a person typed may reach it; what could carry answers or secrets is cut here as a last guard.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req.body', 'req.headers.cookie', 'req.headers.authorization', 'answers', '*.answers', 'password'],
      remove: true,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
