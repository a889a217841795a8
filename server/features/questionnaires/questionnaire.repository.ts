import type { Connection } from 'mongoose'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { sha256 } from './hash-questionnaire.js'
import { questionnaireModel } from './questionnaire.model.js'
import { parseQuestionnaire } from './questionnaire-schema.js'

const DUPLICATE_KEY = 11000

/** Where published questionnaires are kept for good: there is no way to change or remove one. */
export interface QuestionnaireRepository {
  /**
   * @returns `'stored'`, `'present'` when the same text is there already, `'version_taken'` when another text has its
   *   id and version
   */
  insert(published: PublishedQuestionnaire, at: Date): Promise<'stored' | 'present' | 'version_taken'>
  byHash(hash: string): Promise<PublishedQuestionnaire | undefined>
  /** Names of all, by id and version. */
  hashes(): Promise<readonly string[]>
}

interface Stored {
  readonly _id: string
  readonly canonicalJson: string
}

/** Published questionnaires in the collection `questionnaires`. */
export function mongoQuestionnaireRepository(connection: Connection): QuestionnaireRepository {
  const model = questionnaireModel(connection)
  return {
    async insert({ hash, questionnaire }, at) {
      const { id, version, respondentType } = questionnaire
      const record = { id, version, respondentType, canonicalJson: canonicalJson(questionnaire), storedAt: at }
      if (await model.exists({ _id: hash })) return 'present'
      try {
        await model.create({ _id: hash, ...record })
        return 'stored'
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
        // Either another process stored the same text just now, or another text has the version.
        return (await model.exists({ _id: hash })) ? 'present' : 'version_taken'
      }
    },
    async byHash(hash) {
      const stored = await model.findById(hash).lean<Stored>()
      return stored ? verified(stored) : undefined
    },
    async hashes() {
      const stored = await model.find({}, { _id: 1 }).sort({ id: 1, version: 1 }).lean<{ _id: string }[]>()
      return stored.map(({ _id }) => _id)
    },
  }
}

/** @throws {Error} when a stored text is not the one its name promises */
function verified({ _id: hash, canonicalJson: text }: Stored): PublishedQuestionnaire {
  if (sha256(text) !== hash) throw new Error(`Stored questionnaire ${hash} was changed`)
  const parsed = parseQuestionnaire(JSON.parse(text))
  if (!parsed.success) throw new Error(`Stored questionnaire ${hash} is not of the present format`)
  return { hash, questionnaire: parsed.data }
}
