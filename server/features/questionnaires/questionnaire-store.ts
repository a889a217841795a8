import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { QuestionnaireRepository } from './questionnaire.repository.js'

/** Published questionnaires as the rest of the platform looks them up. */
export interface QuestionnaireStore {
  /** By hash; published text never changes, so that each is read once per process. */
  byHash(hash: string): Promise<PublishedQuestionnaire | undefined>
  /** All in the database, by id and version: also those that another process stored a moment ago. */
  list(): Promise<readonly PublishedQuestionnaire[]>
  /**
   * Freezes a checked version for every process on the database.
   *
   * @returns `'present'` when the same text is there already, `'version_taken'` when another text has its id and version;
   *   then nothing was written
   */
  publish(published: PublishedQuestionnaire): Promise<'stored' | 'present' | 'version_taken'>
  /**
   * Puts the published files into the database, once.
   *
   * @throws {Error} when the database has another text under one of the versions
   */
  storeAll(published: readonly PublishedQuestionnaire[]): Promise<void>
}

/** Looks questionnaires up in the database and keeps what it has read. */
export function createQuestionnaireStore(deps: {
  readonly repository: QuestionnaireRepository
  readonly now: () => Date
}): QuestionnaireStore {
  const known = new Map<string, PublishedQuestionnaire>()
  const byHash = async (hash: string) => {
    const found = known.get(hash) ?? (await deps.repository.byHash(hash))
    if (found) known.set(hash, found)
    return found
  }
  return {
    byHash,
    async list() {
      const found = await Promise.all((await deps.repository.hashes()).map(byHash))
      return found.filter((one) => one !== undefined)
    },
    publish: (published) => deps.repository.insert(published, deps.now()),
    async storeAll(published) {
      for (const one of published) {
        const { id, version } = one.questionnaire
        if ((await deps.repository.insert(one, deps.now())) === 'version_taken') {
          throw new Error(`The database has another text of questionnaire ${id} ${version} than the published file`)
        }
        known.set(one.hash, one)
      }
    },
  }
}
