import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, type JWK } from 'oidc-provider'
import { createClient } from './http-client.js'

const CLIENT = { clientId: 'hai-long', clientSecret: 'a secret of the two of them' }

/** A real identity provider on this machine, which lets in whoever the test says and asks for no consent. */
export async function startIdentityServer(redirectUri: string, changed: Partial<Configuration> = {}) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let person: string | null = null
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    cookies: { keys: ['of a test'] },
    jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }) as JWK] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant(ctx) {
      const { Grant } = ctx.oidc.provider
      const grant = new Grant({ clientId: CLIENT.clientId, accountId: ctx.oidc.session!.accountId! })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    ...changed,
  })
  const answer = provider.callback()
  let isAway = false
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (isAway) return void req.socket.destroy()
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res)
    const result =
      person === null
        ? { error: 'access_denied', error_description: 'The person went away' }
        : { login: { accountId: person } }
    void provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
  })

  return {
    settings: { issuer, ...CLIENT, name: 'Hà Nội ID' },
    /** Whoever comes from now on is this person; `null`: somebody who declines. */
    expect(who: string | null) {
      person = who
    },
    goAway(away: boolean) {
      isAway = away
    },
    /** Follows the provider's pages as a browser does. @returns the address that it sends the browser back to */
    async walk(address: string): Promise<URL> {
      const client = createClient(issuer)
      let next = address
      for (let steps = 0; steps < 10; steps += 1) {
        const page = await client.get(next)
        if (page.location === null) throw new Error(`The provider shows ${page.status}: ${page.text.slice(0, 500)}`)
        if (page.location.startsWith(redirectUri)) return new URL(page.location)
        next = page.location
      }
      throw new Error('The provider leads around in circles')
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
