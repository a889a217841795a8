import { isWithin } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { Unit } from '../units/unit.js'
import { type ColumnBuilder, textIn } from './column-builder.js'
import { FACT_LABELS, FACT_NOTES } from './fact-texts.js'
import type { MicrodataSource } from './microdata-plan.js'
import { createTextIndex } from './text-index.js'

/** The code of the General Statistics Office that a unit had on a day. */
const codeOn = (unit: Unit | undefined, on: IsoDay): string | null =>
  unit?.codes.find(({ scheme, from, to }) => scheme === 'GSO' && isWithin(on, from, to))?.value ?? null

/** A function of a unit and a day that looks up each pair once: there are few pairs and many rows. */
function onceEach<Found>(find: (uid: string, on: IsoDay) => Found) {
  const known = new Map<string, Map<IsoDay, Found>>()
  return (uid: string, on: IsoDay): Found => {
    const ofUnit = known.get(uid) ?? new Map<IsoDay, Found>()
    known.set(uid, ofUnit)
    if (!ofUnit.has(on)) ofUnit.set(on, find(uid, on))
    return ofUnit.get(on)!
  }
}

/** Where, about what and when: unit, service, the months of transaction and answer. */
export function addPlaceColumns(builder: ColumnBuilder, source: MicrodataSource) {
  const { wave, registry, services, language } = source
  const [units, fields, months] = [createTextIndex(wave.unitUids), createTextIndex(), createTextIndex()]
  const unit = builder.slot(({ unitUid }) => units.of(unitUid))
  const service = builder.slot((response) => fields.of(response.service), fields.texts)
  const transaction = builder.slot(({ transactionOn }) => months.of(transactionOn.slice(0, 7)), months.texts)
  const answered = builder.slot(({ day }) => months.of(day.slice(0, 7)), months.texts)

  const nameOn = onceEach((uid, on) => registry.nameOf(uid, on)[language])
  const gsoOn = onceEach((uid, on) => codeOn(registry.byUid(uid), on))
  const known = () => units.texts.flatMap((uid) => registry.byUid(uid) ?? [])
  // The name on the day would tell whether a withheld month lies before or after a renaming.
  const dayOf = ({ record, isWithheld }: { record: Uint16Array; isWithheld: (key: string) => boolean }) =>
    isWithheld('time') ? wave.referenceOn : `${months.texts[record[transaction]!]}-01`
  const uidOf = (record: Uint16Array) => units.texts[record[unit]!]!

  builder.text(
    { name: 'unit_uid', label: FACT_LABELS.unitUid, texts: () => units.texts },
    'unit',
    textIn(unit, units.texts),
  )
  builder.text(
    {
      name: 'unit_name',
      label: FACT_LABELS.unitName,
      note: FACT_NOTES.unitDay,
      texts: () => known().flatMap(({ names }) => names.map((name) => name[language])),
    },
    'unit',
    (from) => nameOn(uidOf(from.record), dayOf(from)),
  )
  builder.text(
    {
      name: 'unit_gso_code',
      label: FACT_LABELS.unitCode,
      note: FACT_NOTES.unitDay,
      texts: () => known().flatMap(({ codes }) => codes.map(({ value }) => value)),
    },
    'unit',
    (from) => gsoOn(uidOf(from.record), dayOf(from)),
  )
  builder.text(
    {
      name: 'service',
      label: FACT_LABELS.service,
      texts: () => fields.texts,
      values: services.all().map(({ code, name }) => ({ code, label: name })),
    },
    'service',
    textIn(service, fields.texts),
  )
  const month = (name: string, label: typeof FACT_LABELS.answeredMonth, slot: number) =>
    builder.text({ name, label, texts: () => months.texts }, 'time', textIn(slot, months.texts))
  month('transaction_month', FACT_LABELS.transactionMonth, transaction)
  month('answered_month', FACT_LABELS.answeredMonth, answered)
  return { unit, service, transaction, answered }
}
