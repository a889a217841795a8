import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/** Errors of the models, which quote the value they refuse, in the message and in members. */
const QUOTING_ERRORS = ['ValidationError', 'ValidatorError', 'CastError']

/** What is logged of a failure: where it happened and what, but none of the members in which drivers keep documents. */
export function describeError(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error)
  const { code, errors } = error as { code?: unknown; errors?: object }
  if (!QUOTING_ERRORS.includes(error.name)) return { type, code, message, stack }
  const places = stack.split('\n').filter((line) => /^ +at /.test(line))
  return { type, fields: Object.keys(errors ?? {}), message: 'Refused by the model', stack: places.join('\n') }
}

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
    serializers: { err: describeError },
    redact: {
      paths: ['req.body', 'req.headers.cookie', 'req.headers.authorization', 'answers', '*.answers', 'password'],
      remove: true,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
