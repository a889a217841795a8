import type { HearingCounts, QuietUnit, Silence } from '../../domain/overview/count-silence.js'
import type { CityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'
import { byNumberThenName, toUnitName, type UnitNameView } from './unit-names.view.js'

/** Of so many units or fewer the names stand open. */
const OPEN_NAMES = 12

interface KindRowView {
  readonly kind: string
  readonly inScope: string
  readonly silent: string
  readonly few: string
  readonly enough: string
}

interface QuietRowView extends UnitNameView {
  readonly received: string
  readonly complete: string
}

/** What the wave did not hear: counts by kind, then the units. */
export interface SilenceView {
  readonly sentence: string
  readonly fewHead: string
  readonly enoughHead: string
  readonly kinds: readonly KindRowView[]
  /** `null` where there is one kind alone. */
  readonly total: KindRowView | null
  readonly listTitle: string
  readonly isOpen: boolean
  readonly rows: readonly QuietRowView[]
}

/** How many units were silent, heard of too little, and enough. */
export function silenceCounts({ kinds }: Silence) {
  const sum = (of: 'inScope' | 'silent' | 'few' | 'enough') => kinds.reduce((total, kind) => total + kind[of], 0)
  return { inScope: sum('inScope'), silent: sum('silent'), few: sum('few'), enough: sum('enough') }
}

/** Puts silence into words and rows, the least heard first. */
export function toSilence(silence: Silence, place: CityPlace, words: CityWords): SilenceView {
  const { t, formats } = words
  const { kinds, quiet, enoughCount } = silence
  const counts = silenceCounts(silence)
  const enough = formats.count(enoughCount)
  const order = byNumberThenName<QuietUnit>(({ block }) => block.responseCount + block.receivedCount / 1e9, words)
  return {
    sentence: t(quiet.length === 0 ? 'city.silent_none' : 'city.silent_some', {
      silent: formats.count(counts.silent),
      few: formats.count(counts.few),
      inScope: formats.count(counts.inScope),
      enough,
    }),
    fewHead: t('city.col_few', { enough }),
    enoughHead: t('city.col_enough', { enough }),
    kinds: kinds.map((kind) => toKindRow(t(`units.kinds_${kind.kind}`), kind, words)),
    total: kinds.length > 1 ? toKindRow(t('city.total'), counts, words) : null,
    listTitle: t('city.silent_list', { units: formats.count(quiet.length) }),
    isOpen: quiet.length <= OPEN_NAMES,
    rows: quiet.toSorted(order).map(({ block, kind }) => ({
      ...toUnitName(block, kind, place, words),
      received: formats.count(block.receivedCount),
      complete: formats.count(block.responseCount),
    })),
  }
}

function toKindRow(kind: string, counts: Omit<HearingCounts, 'kind'>, { formats }: CityWords): KindRowView {
  return {
    kind,
    inScope: formats.count(counts.inScope),
    silent: formats.count(counts.silent),
    few: formats.count(counts.few),
    enough: formats.count(counts.enough),
  }
}
