import type { Connection } from 'mongoose'
import type { SamplingFacts, Wave } from '../../domain/survey/wave.js'
import { waveModel } from './wave.model.js'

const DUPLICATE_KEY = 11000

/** Where waves are kept. */
export interface WaveRepository {
  /** @returns `'duplicate'` when a wave has the id */
  insert(wave: Wave): Promise<'inserted' | 'duplicate'>
  /** Records what has become known of a wave's sample. */
  setSampling(id: string, sampling: SamplingFacts): Promise<void>
  byId(id: string): Promise<Wave | undefined>
  /** All waves, the latest to open first. */
  list(): Promise<readonly Wave[]>
  /** Waves with the unit in scope, past and future ones too. */
  ofUnit(unitUid: string): Promise<readonly Wave[]>
}

type Stored = Omit<Wave, 'id'> & { readonly _id: string }

function toWave({ _id, ...rest }: Stored): Wave {
  return { id: _id, ...rest }
}

/** Waves in the collection `waves`. */
export function mongoWaveRepository(connection: Connection): WaveRepository {
  const model = waveModel(connection)
  return {
    async insert({ id, ...rest }) {
      try {
        await model.create({ _id: id, ...rest, unitUids: [...rest.unitUids], serviceCodes: [...rest.serviceCodes] })
        return 'inserted'
      } catch (error) {
        if ((error as { code?: unknown }).code === DUPLICATE_KEY) return 'duplicate'
        throw error
      }
    },
    async setSampling(id, sampling) {
      await model.updateOne({ _id: id }, { $set: { sampling } })
    },
    async byId(id) {
      const stored = await model.findById(id).lean<Stored>()
      return stored ? toWave(stored) : undefined
    },
    async list() {
      const stored = await model.find().sort({ opensOn: -1, _id: 1 }).lean<Stored[]>()
      return stored.map(toWave)
    },
    async ofUnit(unitUid) {
      const stored = await model.find({ unitUids: unitUid }).sort({ opensOn: -1, _id: 1 }).lean<Stored[]>()
      return stored.map(toWave)
    },
  }
}
