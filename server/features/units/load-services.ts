import { z } from 'zod'
import { isIsoDay } from '../../domain/survey/day.js'
import type { ServiceCatalogue, ServiceData, ServiceOffer } from '../../domain/units/service.js'
import { createServiceCatalogue } from '../../domain/units/service-catalogue.js'
import { UNIT_KINDS, type UnitRegistry } from '../../domain/units/unit.js'
import { describeFileProblem, type FileProblem, readYamlFile } from '../../platform/yaml-file.js'

const text = z.string().min(1)
const localized = z.strictObject({ vi: text, en: text })

const offer = z.strictObject({
  kinds: z.array(z.enum(UNIT_KINDS)).optional(),
  units: z.array(text).optional(),
  livingOn: z.string().refine(isIsoDay, 'must be a calendar day, YYYY-MM-DD').optional(),
})

const serviceEntry = z.strictObject({
  code: z.string().regex(/^[A-Z]{2,6}$/, 'must be 2 to 6 capital letters'),
  name: localized,
  description: localized,
  words: z.strictObject({ vi: z.array(text).min(1), en: z.array(text).min(1) }),
  isUtility: z.boolean().optional(),
  offers: z.array(offer).min(1),
})

const serviceFileSchema = z.strictObject({ services: z.array(serviceEntry).min(1) })

/** What a services file holds and what is wrong with it. */
export interface ServiceFile {
  readonly data: ServiceData
  readonly problems: readonly FileProblem[]
}

function toOffers({ code, offers }: z.output<typeof serviceEntry>): readonly ServiceOffer[] {
  return offers.map(({ kinds = [], units = [], livingOn }) => ({
    service: code,
    kinds,
    unitUids: units,
    ...(livingOn !== undefined && { livingOn }),
  }))
}

/**
 * Reads the services and who offers them; never throws on faulty data.
 *
 * @param registry when given, every unit named by an offer must be in it
 */
export function readServiceFile(file: string, registry?: Pick<UnitRegistry, 'byUid'>): ServiceFile {
  const { value, problems, lineOf } = readYamlFile(file, serviceFileSchema)
  const found = [...problems]
  const seen = new Set<string>()
  const entries = value?.services ?? []
  entries.forEach(({ code, offers }, i) => {
    if (seen.has(code)) found.push({ file, line: lineOf(['services', i]), message: `${code} is used twice` })
    seen.add(code)
    offers.forEach(({ units = [] }, o) => {
      for (const uid of units.filter((one) => registry && !registry.byUid(one))) {
        found.push({ file, line: lineOf(['services', i, 'offers', o]), message: `${code} names ${uid}, no such unit` })
      }
    })
  })
  const services = entries.map(({ code, name, description, words, isUtility = false }) => ({
    code,
    name,
    description,
    words,
    isUtility,
  }))
  return { data: { services, offers: entries.flatMap(toOffers) }, problems: found }
}

/**
 * What a services file holds.
 *
 * @param registry as of {@link readServiceFile}
 * @throws {Error} naming every fault by file and line
 */
export function loadServiceData(file: string, registry?: Pick<UnitRegistry, 'byUid'>): ServiceData {
  const { data, problems } = readServiceFile(file, registry)
  if (problems.length > 0) throw new Error(`Services are not valid:\n${problems.map(describeFileProblem).join('\n')}`)
  return data
}

/** The catalogue of a services file; throws as {@link loadServiceData}. */
export const loadServiceCatalogue = (file: string, registry?: Pick<UnitRegistry, 'byUid'>): ServiceCatalogue =>
  createServiceCatalogue(loadServiceData(file, registry))
