import type { UnitRegistry } from '../../domain/units/unit.js'
import type { ReceivedFigures } from '../../domain/voids/as-received.js'
import type { ReportContext } from '../index-reports/index.js'
import { effectText } from './effect-text.js'
import type { WaveAsReceived } from './get-as-received.js'

/** The index of a wave as received beside the one that counts. */
export function toAsReceivedView(
  { wave, city, units }: WaveAsReceived,
  registry: Pick<UnitRegistry, 'nameOf' | 'cityUid'>,
  langQuery: string,
  context: ReportContext,
) {
  const { t, formats, language } = context
  const nameOf = (uid: string) => registry.nameOf(uid, wave.referenceOn)[language]
  const row = (name: string, { counted, received, outCount }: ReceivedFigures) => ({
    name,
    counted: effectText(counted, context),
    received: effectText(received, context),
    out: formats.count(outCount),
  })
  const rows = units
    .map((unit) => row(nameOf(unit.unitUid), unit))
    .toSorted((a, b) => a.name.localeCompare(b.name, language))
  return {
    pageTitle: t('voids.received_title', { wave: wave.title[language] }),
    extraStyle: 'release.css',
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    reportHref: `/reports/${wave.id}${langQuery}`,
    voidsHref: `/voids${langQuery}`,
    rows: city.outCount === 0 ? [] : [row(nameOf(registry.cityUid), city), ...rows],
    others: t('voids.received_others', { count: formats.count(wave.unitUids.length - units.length) }),
  }
}
