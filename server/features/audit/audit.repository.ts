import type { AuditEvent, AuditKind } from '../../domain/audit/audit-event.js'
import { CHAIN_START, type ChainEnd } from '../../domain/audit/chain.js'
import type { AuditHead } from '../../domain/audit/head.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { auditEventModel, auditHeadModel } from './audit-event.model.js'

/** Where the log is kept. Nothing changes or removes an event. */
export interface AuditLog {
  /** Adds an event at its place; `taken` when another server was faster. */
  append(event: AuditEvent): Promise<'appended' | 'taken'>
  end(): Promise<ChainEnd>
  /** From the first. */
  stream(): AsyncIterable<AuditEvent>
  /** Newest first. */
  page(query: {
    readonly before: number | null
    readonly kind: AuditKind | null
    readonly limit: number
  }): Promise<readonly AuditEvent[]>
  lastOf(kind: AuditKind): Promise<AuditEvent | undefined>
  addHead(head: AuditHead): Promise<void>
  /** Newest first. */
  heads(limit: number): Promise<readonly AuditHead[]>
  streamHeads(): AsyncIterable<AuditHead>
}

const DUPLICATE_KEY = 11000

type Stored<Value extends { readonly seq: number }> = Omit<Value, 'seq'> & { readonly _id: number }

const fromStored = <Value extends { readonly seq: number }>({ _id, ...rest }: Stored<Value>): Value =>
  ({ seq: _id, ...rest }) as unknown as Value

async function* each<Value extends { readonly seq: number }>(found: AsyncIterable<Stored<Value>>) {
  for await (const one of found) yield fromStored<Value>(one)
}

/** The log in MongoDB. */
export function mongoAuditLog(connection: Connection): AuditLog {
  const events = auditEventModel(connection)
  const heads = auditHeadModel(connection)

  async function insertOnce(insert: () => Promise<unknown>): Promise<'appended' | 'taken'> {
    try {
      await insert()
      return 'appended'
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return 'taken'
      throw error
    }
  }

  return {
    append: ({ seq, ...rest }) => insertOnce(() => events.create({ _id: seq, ...rest })),
    async end() {
      const last = await events.findOne().sort({ _id: -1 }).lean<Stored<AuditEvent>>()
      return last ? { seq: last._id, hash: last.hash } : CHAIN_START
    },
    stream: () => each<AuditEvent>(events.find().sort({ _id: 1 }).lean<Stored<AuditEvent>>().cursor()),
    async page({ before, kind, limit }) {
      const filter = { ...(kind === null ? {} : { kind }), ...(before === null ? {} : { _id: { $lt: before } }) }
      const found = await events.find(filter).sort({ _id: -1 }).limit(limit).lean<Stored<AuditEvent>[]>()
      return found.map((one) => fromStored<AuditEvent>(one))
    },
    async lastOf(kind) {
      const found = await events.findOne({ kind }).sort({ _id: -1 }).lean<Stored<AuditEvent>>()
      return found ? fromStored<AuditEvent>(found) : undefined
    },
    async addHead({ seq, ...rest }) {
      await insertOnce(() => heads.create({ _id: seq, ...rest }))
    },
    async heads(limit) {
      const found = await heads.find().sort({ _id: -1 }).limit(limit).lean<Stored<AuditHead>[]>()
      return found.map((one) => fromStored<AuditHead>(one))
    },
    streamHeads: () => each<AuditHead>(heads.find().sort({ _id: 1 }).lean<Stored<AuditHead>>().cursor()),
  }
}
