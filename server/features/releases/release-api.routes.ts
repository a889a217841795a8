import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Wave } from '../../domain/survey/wave.js'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import { problem } from '../../platform/problem.js'
import { manifestSchema } from './bundle-schema.js'
import {
  hasTables,
  isWritten,
  manifestOf,
  type ReleaseReader,
  TABLES_FILE,
  type WrittenRelease,
} from './read-release.js'
import type { ReleaseRepository } from './release.repository.js'
import { releaseParams, sendFile } from './release.routes.js'
import { proofOf, successorOf } from './release-facts.view.js'

const releaseSchema = z.object({
  id: z.string(),
  wave: z.string(),
  title: z.object({ vi: z.string(), en: z.string() }),
  publishedAt: z.iso.datetime(),
  supersededBy: z.string().nullable().describe('The release of the same wave that took its place'),
  manifestSha256: z.string(),
  keyId: z.string().describe('SHA-256 of the public key that signed it, as /signing-key.pem gives it'),
  manifest: manifestSchema.describe('As in the bundle: method, counts, and the digest of every file'),
})

const listReleases = {
  method: 'get',
  path: '/releases',
  summary: 'Published releases, the latest first',
  tag: 'Releases',
  access: 'public',
  responses: {
    200: { description: 'All of them, superseded ones too', schema: z.object({ releases: z.array(releaseSchema) }) },
  },
} as const satisfies ApiOperation

const showRelease = {
  method: 'get',
  path: '/releases/{release}',
  summary: 'One published release',
  tag: 'Releases',
  access: 'public',
  params: releaseParams,
  responses: { 200: { description: 'What was published, and by which digests it is fixed', schema: releaseSchema } },
} as const satisfies ApiOperation

const showFigures = {
  ...showRelease,
  path: '/releases/{release}/figures.csv',
  summary: 'The published figures of a release: one row per rule, unit and line',
  responses: { 200: { description: 'As in the bundle, byte for byte', otherTypes: ['text/csv'] } },
} as const satisfies ApiOperation

const showTables = {
  ...showRelease,
  path: '/releases/{release}/tables.csv',
  summary: 'The other tables of a release: who answered, what should improve, the waves before, data quality',
  responses: { 200: { description: 'As in the bundle, byte for byte', otherTypes: ['text/csv'] } },
} as const satisfies ApiOperation

/** `GET /releases`: what was published, for everybody. */
export function releaseApi(deps: {
  readonly releases: ReleaseRepository
  readonly reader: ReleaseReader
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly fileLimiter: RequestHandler
}): ApiModule {
  const api = createApi()
  const published = async () => (await deps.releases.published()).filter(isWritten)
  const find = async (id: string) => {
    const all = await published()
    const release = all.find((one) => one.id === id)
    if (release === undefined) throw problem.notFound('release')
    return { release, all }
  }
  const documentOf = async (release: WrittenRelease, all: readonly WrittenRelease[]) => {
    const wave = (await deps.waves.list()).find(({ id }) => id === release.waveId)
    return {
      id: release.id,
      wave: release.waveId,
      title: wave?.title ?? { vi: release.waveId, en: release.waveId },
      publishedAt: release.publishedAt!.toISOString(),
      supersededBy: successorOf(release, all)?.id ?? null,
      manifestSha256: proofOf(release).manifest,
      keyId: release.keyId,
      manifest: manifestOf(release),
    }
  }
  api.route(listReleases, [], async ({ res }) => {
    const all = await published()
    res.json({ releases: await Promise.all(all.map((release) => documentOf(release, all))) })
  })
  api.route(showRelease, [], async ({ params, res }) => {
    const { release, all } = await find(params.release)
    res.json(await documentOf(release, all))
  })
  api.route(showFigures, [deps.fileLimiter], async ({ params, req, res }) => {
    const { release } = await find(params.release)
    await sendFile(req, res, `${release.id}-figures.csv`, 'text/csv; charset=utf-8', [
      await deps.reader.figuresOf(release),
    ])
  })
  api.route(showTables, [deps.fileLimiter], async ({ params, req, res }) => {
    const { release } = await find(params.release)
    if (!hasTables(release)) throw problem.notFound('release')
    const chunks = deps.releases.streamFile(release.id, TABLES_FILE)
    await sendFile(req, res, `${release.id}-tables.csv`, 'text/csv; charset=utf-8', chunks)
  })
  return { router: api.router, operations: api.operations }
}
