import { createHash } from 'node:crypto'
import type { AuthorizationResponseError, ClientError, Configuration } from 'openid-client'

/** How the platform is known to the identity provider. */
export interface ProviderSettings {
  /** Address under which the provider describes itself. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What staff call it; `null` for a general name. */
  readonly name: string | null
}

/** What the answer is held against; kept in the browser's session and nowhere else. */
export interface SignInChecks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Why the provider's answer is worth nothing. */
export type ProviderFault =
  /** The person or the provider declined. */
  | 'refused'
  /** Cannot be reached, or does not answer as providers do. */
  | 'away'
  /** Not the answer to what was asked, or it proves nothing. */
  | 'invalid'

export type ProviderAnswer =
  /** `identity`: SHA-256 of issuer and subject, 64 hexadecimal digits. */
  { readonly kind: 'identified'; readonly identity: string } | { readonly kind: ProviderFault }

/** An identity provider of the city by OpenID Connect. */
export interface IdentityProvider {
  readonly name: string | null
  /** Where the browser is sent; `undefined` while the provider is away. */
  begin(): Promise<{ readonly address: string; readonly checks: SignInChecks } | undefined>
  /** @param query of the address to which the provider sent the browser back */
  finish(query: string, checks: SignInChecks): Promise<ProviderAnswer>
}

const TIMEOUT_SECONDS = 5
/** Stands for a person at a provider; neither name nor address is kept. */
const identityOf = (issuer: string, subject: string) =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')

/** Errors that say that the answer is not sound, as opposed to there being none. */
const UNSOUND = /^OAUTH_(?!TIMEOUT$|ABORT$|RESPONSE_IS_NOT_CONFORM$|RESPONSE_IS_NOT_JSON$)/

/**
 * Signs people in by the authorization code flow with PKCE, state and nonce.
 *
 * The provider's description is read when somebody first wants it, and again after a failure: a provider that is away keeps
 * nobody from starting, nor from signing in by password.
 *
 * @param redirectUri where the provider sends browsers back to
 * @param warn is told why the provider could not be used
 * @see OpenID Connect Core 1.0, section 3.1; RFC 7636
 */
export function createIdentityProvider(
  settings: ProviderSettings,
  redirectUri: string,
  warn: (error: unknown) => void,
): IdentityProvider {
  let known: Promise<Configuration> | undefined

  async function discover(): Promise<Configuration> {
    const oidc = await import('openid-client')
    const issuer = new URL(settings.issuer)
    const secret = oidc.ClientSecretBasic(settings.clientSecret)
    return oidc.discovery(issuer, settings.clientId, undefined, secret, {
      timeout: TIMEOUT_SECONDS,
      execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
    })
  }
  function configuration(): Promise<Configuration> {
    known ??= discover().catch((error) => {
      known = undefined
      throw error
    })
    return known
  }

  return {
    name: settings.name,
    async begin() {
      try {
        const [oidc, config] = await Promise.all([import('openid-client'), configuration()])
        const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
        const address = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'openid',
          state,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        })
        return { address: address.href, checks: { state, nonce, verifier } }
      } catch (error) {
        warn(error)
        return undefined
      }
    },
    async finish(query, { state, nonce, verifier }) {
      try {
        const [oidc, config] = await Promise.all([import('openid-client'), configuration()])
        const answer = new URL(redirectUri)
        answer.search = query
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        }
        const claims = (await oidc.authorizationCodeGrant(config, answer, checks)).claims()
        if (claims === undefined) return { kind: 'invalid' }
        return { kind: 'identified', identity: identityOf(claims.iss, claims.sub) }
      } catch (error) {
        const kind = faultOf(error)
        if (kind !== 'refused') warn(error)
        return { kind }
      }
    },
  }
}

function faultOf(error: unknown): ProviderFault {
  const { name, code = '' } = error as Partial<AuthorizationResponseError & ClientError>
  if (name === 'AuthorizationResponseError') return 'refused'
  return name === 'ResponseBodyError' || UNSOUND.test(String(code)) ? 'invalid' : 'away'
}
