import type { Router } from 'express'
import { problem } from '../problem.js'
import type { Signer } from '../signing.js'
import { createRoutes } from './routes.js'

/** `GET /signing-key.pem`: the public key that what we sign is checked by. */
export function signingKeyRoutes(signer: Signer | null): Router {
  const { router, get } = createRoutes()
  get('/signing-key.pem', 'public', (_req, res) => {
    if (signer === null) throw problem.notFound('signing key')
    res.set('Cache-Control', 'public, max-age=300').type('application/x-pem-file').send(signer.publicKey)
  })
  return router
}
