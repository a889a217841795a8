import { z } from 'zod'
import { isSigningKey } from './signing.js'

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const wholeNumber = (low: number, high: number) => z.coerce.number().int().min(low).max(high)

/** Every setting, by the name of its environment variable. README has the same table; a test compares them. */
export const settings = z.object({
  PORT: wholeNumber(0, 65535).default(3000).describe('Port to listen on; 0 takes a free one'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .describe('Address that people type; QR links are built from it'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional()
    .describe('MongoDB server; unset: the embedded engine in DATA_DIR'),
  DATA_DIR: z.string().min(1).default('data').describe('Folder of the embedded engine'),
  SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .describe('Signs sessions and half-filled forms; the same on every server of one city'),
  SIGNING_KEY: z
    .string()
    .refine(isSigningKey, 'must be an Ed25519 key in PKCS #8, base64; npm run setup writes one')
    .optional()
    .describe('Private key that releases are signed with; the same on every server of one city; unset: none can be'),
  SECURE_COOKIES: flag.default(true).describe('false only where the site is served without https'),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10).default(0).describe('Reverse proxies in front, for the client address'),
  SESSION_IDLE_MINUTES: wholeNumber(1, 24 * 60)
    .default(30)
    .describe('A staff session ends after so many minutes without a request'),
  INTAKE_POSTS_PER_MINUTE: wholeNumber(1, 1_000_000)
    .default(300)
    .describe('Form posts allowed per address and minute; an office may share one address'),
  SIGN_IN_TRIES_PER_QUARTER_HOUR: wholeNumber(1, 10_000)
    .default(10)
    .describe('Failed sign-ins allowed per login and address in 15 minutes'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be an https address')
    .optional()
    .describe('Identity provider by which staff can also sign in (OpenID Connect); unset: by password alone'),
  OIDC_CLIENT_ID: z.string().min(1).optional().describe('Name of the platform at the identity provider'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('Its secret there, sent by client_secret_basic'),
  OIDC_NAME: z.string().min(1).max(60).optional().describe('What staff call the identity provider'),
  METRICS_PORT: wholeNumber(0, 65535).optional().describe('Port of GET /metrics for Prometheus; unset: none'),
  METRICS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of that port; not one that citizens reach'),
  SLOW_REQUEST_MS: wholeNumber(1, 600_000).default(1000).describe('Requests that take longer are logged as slow'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('Least level logged'),
})

/** The settings, grouped by use and frozen. */
export type Config = ReturnType<typeof loadConfig>

type Settings = z.output<typeof settings>

/** @throws {Error} when some of the settings are there and others not */
function identityProviderOf({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME }: Settings) {
  const needed = { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (missing.length === 3 && OIDC_NAME === undefined) return null
  if (missing.length > 0)
    throw new Error(`Settings are not valid:\n✖ The identity provider lacks ${missing.join(', ')}`)
  return Object.freeze({
    issuer: OIDC_ISSUER!,
    clientId: OIDC_CLIENT_ID!,
    clientSecret: OIDC_CLIENT_SECRET!,
    name: OIDC_NAME ?? null,
  })
}

/** Whether an address may be an issuer: https, or this machine itself for trials. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
}

/**
 * Reads and checks all settings at once.
 *
 * @throws {Error} one message that names every setting at fault, never a value
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>) {
  const known = Object.fromEntries(Object.keys(settings.shape).map((key) => [key, env[key] || undefined]))
  const result = settings.safeParse(known)
  if (!result.success) throw new Error(`Settings are not valid:\n${z.prettifyError(result.error)}`)
  const value = result.data
  return Object.freeze({
    http: Object.freeze({
      port: value.PORT,
      host: value.HOST,
      publicUrl: value.PUBLIC_URL.replace(/\/$/, ''),
      secureCookies: value.SECURE_COOKIES,
      trustedProxyHops: value.TRUSTED_PROXY_HOPS,
    }),
    database: Object.freeze({ uri: value.MONGODB_URI, dataDir: value.DATA_DIR }),
    secret: value.SECRET,
    signingKey: value.SIGNING_KEY ?? null,
    sessionIdleMinutes: value.SESSION_IDLE_MINUTES,
    limits: Object.freeze({
      intakePostsPerMinute: value.INTAKE_POSTS_PER_MINUTE,
      signInTriesPerQuarterHour: value.SIGN_IN_TRIES_PER_QUARTER_HOUR,
    }),
    identityProvider: identityProviderOf(value),
    metrics: value.METRICS_PORT === undefined ? null : { port: value.METRICS_PORT, host: value.METRICS_HOST },
    slowRequestMs: value.SLOW_REQUEST_MS,
    logLevel: value.LOG_LEVEL,
  })
}
