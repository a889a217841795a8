import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  loadPublishedQuestionnaires,
  publishQuestionnaire,
  toPublished,
} from '../../../../server/features/questionnaires/index.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { projectQuestionnaire } from '../../../support/project-files.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

/** Codes and version in the form that files need. */
const counter = projectQuestionnaire('counter')
const changed = { ...counter, title: { vi: 'Đánh giá nhanh', en: 'Quick rating' } }

describe('publishing a questionnaire', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-published-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  const theFile = () => join(dir, readdirSync(dir)[0] ?? '')

  it('freezes it under its hash and loads the same again', () => {
    const outcome = publishQuestionnaire(counter, dir)
    expect(outcome.kind).to.equal('published')
    const { hash } = toPublished(counter)
    expect(readdirSync(dir)).to.deep.equal([`counter-2026.1-${hash.slice(0, 12)}.json`])
    expect(loadPublishedQuestionnaires(dir)).to.deep.equal([{ hash, questionnaire: counter }])
  })

  it('does nothing the second time, refuses another text of the version, takes it as a new version', () => {
    publishQuestionnaire(counter, dir)
    expect(publishQuestionnaire(counter, dir).kind).to.equal('unchanged')
    expect(publishQuestionnaire(changed, dir)).to.deep.equal({ kind: 'version_taken', hash: toPublished(counter).hash })
    expect(readdirSync(dir)).to.have.lengthOf(1)
    expect(publishQuestionnaire({ ...changed, version: '2026.2' }, dir).kind).to.equal('published')
    expect(loadPublishedQuestionnaires(dir)).to.have.lengthOf(2)
  })

  it('refuses a questionnaire with faults and writes nothing', () => {
    const outcome = publishQuestionnaire(tinyQuestionnaire({ overallItem: 'ZZ' }), dir)
    expect(outcome.kind === 'invalid' && outcome.problems.map(({ code }) => code)).to.deep.equal(['unknown_item'])
    expect(readdirSync(dir)).to.be.empty
  })

  it('notices an edited file by name, were it one letter', () => {
    publishQuestionnaire(counter, dir)
    const file = theFile()
    writeFileSync(file, readFileSync(file, 'utf8').replace('một phút', 'hai phút'))
    expect(() => loadPublishedQuestionnaires(dir)).to.throw(file)
    expect(() => loadPublishedQuestionnaires(dir)).to.throw('changed after publishing')
    expect(() => publishQuestionnaire({ ...changed, version: '2026.2' }, dir)).to.throw('changed after publishing')
  })

  it('notices a line end an editor added', () => {
    publishQuestionnaire(counter, dir)
    writeFileSync(theFile(), `${readFileSync(theFile(), 'utf8')}\n`)
    expect(() => loadPublishedQuestionnaires(dir)).to.throw('changed after publishing')
  })

  it('notices files under a false name and versions published twice', () => {
    publishQuestionnaire(counter, dir)
    const file = theFile()
    copyFileSync(file, file.replace('2026.1', '2026.9'))
    writeFileSync(join(dir, 'notes.json'), '{}')
    expect(() => loadPublishedQuestionnaires(dir)).to.throw(
      /2026\.9.*another id or version[\s\S]*notes\.json: name is not/,
    )
    rmSync(join(dir, 'notes.json'))
    rmSync(file.replace('2026.1', '2026.9'))
    const { hash } = toPublished(changed)
    const other = mkdtempSync(join(tmpdir(), 'hai-long-published-'))
    publishQuestionnaire(changed, other)
    copyFileSync(join(other, readdirSync(other)[0] ?? ''), join(dir, `counter-2026.1-${hash.slice(0, 12)}.json`))
    rmSync(other, { recursive: true })
    expect(() => loadPublishedQuestionnaires(dir)).to.throw('counter 2026.1 is published twice')
  })
})

describe('the published questionnaires of the project', () => {
  const published = loadPublishedQuestionnaires(join(projectDir(), 'surveys/questionnaires/published'))

  it('are sound, and hold the drafts as they stand', () => {
    for (const name of ['citizen', 'business', 'counter'] as const) {
      const draft = projectQuestionnaire(name)
      const frozen = published.find(
        ({ questionnaire: { id, version } }) => id === draft.id && version === draft.version,
      )
      // A draft under work carries a version of its own, which is not published yet.
      expect(frozen === undefined || frozen.hash === toPublished(draft).hash, name).to.equal(true)
    }
    expect(published.map(({ questionnaire: { id } }) => id)).to.include.members(['citizen', 'business', 'counter'])
  })
})
