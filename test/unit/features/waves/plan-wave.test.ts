import { join } from 'node:path'
import { expect } from 'chai'
import { loadPublishedQuestionnaires, toPublished } from '../../../../server/features/questionnaires/index.js'
import { planWave, readWaveFile, type WaveFile } from '../../../../server/features/waves/index.js'
import { waveFileSchema } from '../../../../server/features/waves/wave-file.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { waveFile } from '../../../support/builders.js'
import { projectRegistry, projectServices } from '../../../support/project-files.js'
import { smallRegistry, smallServices } from '../../../support/small-city.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const tiny = toPublished(tinyQuestionnaire({ respondentType: 'business' }))
const sources = { registry: smallRegistry, services: smallServices, published: [tiny] }

function faults(overrides: Partial<WaveFile>) {
  const plan = planWave(waveFile(overrides), sources)
  return plan.kind === 'invalid' ? plan.problems.map(({ code, field, name }) => `${code} ${field} ${name}`) : plan.kind
}

describe('planning a wave', () => {
  it('expands the kinds on the reference day and takes the respondent type of the questionnaire', () => {
    const plan = planWave(waveFile(), sources)
    expect(plan.kind === 'planned' && plan.wave).to.deep.equal({
      id: '2026-web',
      title: { vi: 'Đợt 2026', en: 'Wave 2026' },
      questionnaireHash: tiny.hash,
      respondentType: 'business',
      mode: 'web',
      unitUids: ['phuong-sai-gon', 'phuong-tan-dinh'],
      serviceCodes: [],
      referenceOn: '2026-01-01',
      opensOn: '2026-01-01',
      closesOn: '2027-01-01',
      isSimulated: false,
    })
  })

  it('takes over what is known of the sample, and leaves out what is not', () => {
    const description = { vi: 'Mẫu', en: 'Sample' }
    const plan = planWave(waveFile({ sampling: { design: 'quota', description, handedOut: 40 } }), sources)
    expect(plan.kind === 'planned' && plan.wave.sampling).to.deep.equal({ design: 'quota', description, handedOut: 40 })
  })

  it('refuses a number handed out of a link open to everybody, and more not eligible than were handed out', () => {
    const description = { vi: 'Mẫu', en: 'Sample' }
    const faultsOf = (sampling: object) =>
      waveFileSchema
        .safeParse({ ...waveFile(), sampling: { description, ...sampling } })
        .error?.issues.map(({ path }) => path.join('.')) ?? []
    expect(faultsOf({ design: 'open_access', handedOut: 9 })).to.deep.equal(['sampling.handedOut'])
    expect(faultsOf({ design: 'quota', handedOut: 9, notEligible: 10 })).to.deep.equal(['sampling.notEligible'])
    expect(faultsOf({ design: 'quota', notEligible: 1 })).to.deep.equal(['sampling.notEligible'])
    expect(faultsOf({ design: 'luck' })).to.deep.equal(['sampling.design'])
    expect(faultsOf({ design: 'everybody', handedOut: 9, notEligible: 9 })).to.deep.equal([])
  })

  it('takes a unit named twice once', () => {
    const plan = planWave(waveFile({ units: { kinds: ['phuong'], uids: ['phuong-sai-gon'] } }), sources)
    expect(plan.kind === 'planned' && plan.wave.unitUids).to.deep.equal(['phuong-sai-gon', 'phuong-tan-dinh'])
  })

  it('refuses units that are unknown or do not exist on the reference day', () => {
    expect(faults({ units: { kinds: ['phuong'], uids: ['quan-1', 'quan-99'] } })).to.deep.equal([
      'unit_not_valid units quan-1',
      'unknown_unit units quan-99',
    ])
    expect(faults({ referenceOn: '2025-06-30' })).to.deep.equal(['no_units units 2025-06-30'])
  })

  it('refuses services that are unknown or that nobody in scope offers', () => {
    expect(faults({ services: ['HT', 'XX', 'HQ'] })).to.deep.equal([
      'unknown_service services XX',
      'service_not_offered services HQ',
    ])
    expect(faults({ services: ['HQ'], units: { kinds: [], uids: ['phuong-sai-gon'] } })).to.include(
      'unit_offers_none units phuong-sai-gon',
    )
  })

  it('refuses a version that is not published, and closing before opening', () => {
    expect(faults({ questionnaire: { id: 'tiny', version: '1.1' }, closesOn: '2026-01-01' })).to.deep.equal([
      'unknown_questionnaire questionnaire tiny 1.1',
      'closes_before_it_opens closesOn 2026-01-01',
    ])
  })
})

describe('the wave files of the project', () => {
  const surveys = join(projectDir(), 'surveys')
  const registry = projectRegistry()
  const real = {
    registry,
    services: projectServices(),
    published: loadPublishedQuestionnaires(join(surveys, 'questionnaires/published')),
  }

  for (const [id, respondentType, mode] of [
    ['2026-web-citizen', 'citizen', 'web'],
    ['2026-web-business', 'business', 'web'],
    ['2026-kiosk-citizen', 'citizen', 'kiosk'],
  ] as const) {
    it(`${id} covers the 168 wards, communes and the special zone, and the agencies`, () => {
      const { value, problems } = readWaveFile(join(surveys, 'waves', `${id}.yaml`))
      expect(problems).to.deep.equal([])
      const plan = planWave(value!, real)
      if (plan.kind !== 'planned') throw new Error(JSON.stringify(plan))
      expect(plan.wave).to.include({ id, respondentType, mode, isSimulated: false })
      const kinds = plan.wave.unitUids.map((uid) => registry.byUid(uid)?.kind ?? '')
      expect(kinds.filter((kind) => ['phuong', 'xa', 'dac_khu'].includes(kind))).to.have.lengthOf(168)
      expect(plan.wave.unitUids).to.include.members(['so-xay-dung', 'thue', 'hepza'])
    })
  }

  it('may not take the address of the explanations for its id', () => {
    expect(waveFileSchema.safeParse({ ...waveFile(), id: 'method' }).success).to.equal(false)
    expect(waveFileSchema.safeParse({ ...waveFile(), id: 'methods' }).success).to.equal(true)
  })
})
