import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { SamplingFacts, Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import type { WaveFile } from './wave-file.js'

/** What a wave can be wrong about; `name` says which unit, service or version. */
export type WaveProblemCode =
  | 'unknown_questionnaire'
  | 'unknown_unit'
  | 'unit_not_valid'
  | 'no_units'
  | 'unknown_service'
  | 'service_not_offered'
  | 'unit_offers_none'
  | 'closes_before_it_opens'

export interface WaveProblem {
  readonly code: WaveProblemCode
  /** Key of the wave file. */
  readonly field: keyof WaveFile
  readonly name: string
}

export interface WaveSources {
  readonly registry: Pick<UnitRegistry, 'byUid' | 'isValid' | 'validOn'>
  readonly services: Pick<ServiceCatalogue, 'byCode' | 'offeredBy'>
  readonly published: readonly PublishedQuestionnaire[]
}

export type WavePlan =
  | { readonly kind: 'planned'; readonly wave: Wave }
  | { readonly kind: 'invalid'; readonly problems: readonly WaveProblem[] }

/**
 * Turns a wave file into a wave: units expanded on the reference day, the questionnaire by its hash.
 *
 * A selector by kind takes the units that offer a service in scope; a unit named by uid must offer one.
 */
export function planWave(file: WaveFile, sources: WaveSources): WavePlan {
  const { id, version } = file.questionnaire
  const published = sources.published.find(
    ({ questionnaire }) => questionnaire.id === id && questionnaire.version === version,
  )
  const units = selectUnits(file, sources)
  const problems: readonly WaveProblem[] = [
    ...(published ? [] : [fault('unknown_questionnaire', 'questionnaire', `${id} ${version}`)]),
    ...(file.opensOn < file.closesOn ? [] : [fault('closes_before_it_opens', 'closesOn', file.closesOn)]),
    ...checkUids(file, sources),
    ...(units.length > 0 ? [] : [fault('no_units', 'units', file.referenceOn)]),
    ...checkServices(file, sources, units),
  ]
  if (published === undefined || problems.length > 0) return { kind: 'invalid', problems }
  const wave: Wave = {
    id: file.id,
    title: file.title,
    questionnaireHash: published.hash,
    respondentType: published.questionnaire.respondentType,
    mode: file.mode,
    unitUids: units.map(({ uid }) => uid),
    serviceCodes: file.services,
    referenceOn: file.referenceOn,
    opensOn: file.opensOn,
    closesOn: file.closesOn,
    isSimulated: file.isSimulated,
    ...(file.sampling === undefined ? {} : { sampling: samplingOf(file.sampling) }),
    ...(file.purpose === undefined ? {} : { purpose: file.purpose }),
    ...(file.retention === undefined ? {} : { retention: file.retention }),
  }
  return { kind: 'planned', wave }
}

/** Facts that are not recorded are left out. */
function samplingOf({ design, description, handedOut, notEligible }: NonNullable<WaveFile['sampling']>): SamplingFacts {
  return {
    design,
    description,
    ...(handedOut === undefined ? {} : { handedOut }),
    ...(notEligible === undefined ? {} : { notEligible }),
  }
}

/** Units of the selectors, by uid. */
function selectUnits(file: WaveFile, { registry, services }: WaveSources): readonly Unit[] {
  const byKind = registry
    .validOn(file.referenceOn)
    .filter((unit) => file.units.kinds.includes(unit.kind) && offersAny(file, services, unit))
  const named = file.units.uids.flatMap((uid) => registry.byUid(uid) ?? [])
  const distinct = new Map([...byKind, ...named].map((unit) => [unit.uid, unit]))
  return [...distinct.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1))
}

function offersAny(file: WaveFile, services: WaveSources['services'], unit: Unit): boolean {
  const offered = services.offeredBy(unit)
  return file.services.length === 0 ? offered.length > 0 : offered.some(({ code }) => file.services.includes(code))
}

function checkUids(file: WaveFile, { registry, services }: WaveSources): readonly WaveProblem[] {
  return file.units.uids.flatMap((uid) => {
    const unit = registry.byUid(uid)
    if (unit === undefined) return [fault('unknown_unit', 'units', uid)]
    if (!registry.isValid(uid, file.referenceOn)) return [fault('unit_not_valid', 'units', uid)]
    return offersAny(file, services, unit) ? [] : [fault('unit_offers_none', 'units', uid)]
  })
}

function checkServices(file: WaveFile, { services }: WaveSources, units: readonly Unit[]): readonly WaveProblem[] {
  const offered = new Set(units.flatMap((unit) => services.offeredBy(unit).map(({ code }) => code)))
  return file.services.flatMap((code) => {
    if (services.byCode(code) === undefined) return [fault('unknown_service', 'services', code)]
    return offered.has(code) ? [] : [fault('service_not_offered', 'services', code)]
  })
}

function fault(code: WaveProblemCode, field: WaveProblem['field'], name: string): WaveProblem {
  return { code, field, name }
}
