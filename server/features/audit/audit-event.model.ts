import { type Connection, Schema } from 'mongoose'
import { AUDIT_KINDS } from '../../domain/audit/audit-event.js'

const text = { type: String, required: true, immutable: true } as const

/** Stored form of an event: append-only, under its place in the chain. */
export const auditEventSchema = new Schema(
  {
    _id: { type: Number, required: true, immutable: true },
    at: text,
    kind: { ...text, enum: AUDIT_KINDS },
    actor: { type: new Schema({ type: text, name: text }, { _id: false }), required: true, immutable: true },
    subject: text,
    // Mixed on purpose: what is told differs from kind to kind; the hash holds it.
    details: { type: Schema.Types.Mixed, required: true, immutable: true },
    previousHash: text,
    hash: text,
  },
  { collection: 'audit_events', strict: 'throw', autoIndex: false, versionKey: false, minimize: false },
)

auditEventSchema.index({ kind: 1, _id: 1 }, { name: 'events_of_a_kind' })

/** Signed ends of the log. */
export const auditHeadSchema = new Schema(
  {
    _id: { type: Number, required: true, immutable: true },
    hash: text,
    at: text,
    keyId: text,
    signature: text,
  },
  { collection: 'audit_heads', strict: 'throw', autoIndex: false, versionKey: false },
)

export const auditEventModel = (connection: Connection) => connection.model('AuditEvent', auditEventSchema)
export const auditHeadModel = (connection: Connection) => connection.model('AuditHead', auditHeadSchema)
