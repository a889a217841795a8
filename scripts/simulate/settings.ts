import { z } from 'zod'
import { MODES } from '../../server/domain/survey/vocabulary.js'
import { describeFileProblem, readYamlFile } from '../../server/platform/yaml-file.js'

const share = z.number().min(0).max(1)
const spread = z.number().min(0).max(3)
const effect = z.number().min(-5).max(5)

/** One value per mode of collection, each with its own default. */
const perMode = (value: z.ZodNumber, web: number, kiosk: number, phone: number, faceToFace: number) =>
  z
    .strictObject({
      web: value.default(web),
      kiosk: value.default(kiosk),
      phone: value.default(phone),
      face_to_face: value.default(faceToFace),
    })
    .prefault({})

/** In which ways dishonest officers add ballots. */
export const STUFFING_STYLES = ['closing_burst', 'trickle', 'plausible', 'own_dossiers'] as const
export type StuffingStyle = (typeof STUFFING_STYLES)[number]

const stuffing = z
  .strictObject({
    isOn: z.boolean().default(false).describe('Dishonest officers add ballots of their own'),
    modes: z.array(z.enum(MODES)).default(['kiosk']).describe('Modes in which they can'),
    unitShare: share.default(0.05).describe('Share of the units with such an officer in a wave'),
    perHonest: z.number().min(0).max(10).default(0.25).describe('Stuffed ballots for each honest one of such a unit'),
    styles: z
      .array(z.enum(STUFFING_STYLES))
      .min(1)
      .default([...STUFFING_STYLES])
      .describe('Each unit gets one of these'),
  })
  .prefault({})

const nonresponse = z
  .strictObject({
    isBiased: z.boolean().default(true).describe('Whether who answers depends on satisfaction and age'),
    rate: perMode(share.min(0.005), 0.08, 0.35, 0.35, 0.7).describe('Share of those asked who answer'),
    satisfactionSlope: perMode(effect, -0.12, 0.12, 0, 0.04).describe('Log odds of answering per SD of satisfaction'),
    ageSlope: perMode(effect, -0.3, -0.05, 0.1, 0.15).describe('Log odds of answering per age band'),
  })
  .prefault({})

/**
 * Everything that can be switched in a simulation, with its default; a YAML file may change any of it.
 *
 * Effects and spreads are in standard deviations of a latent satisfaction that `CUTS` turns into codes 1 to 5.
 */
export const simulationSettings = z.strictObject({
  modeEffect: perMode(effect, 0, 0.85, 0.1, 0).describe(
    'How much kinder people answer than to an independent interviewer',
  ),
  fearOfNo: perMode(share, 0.05, 0.3, 0.1, 0.05).describe('Share who answer "neutral" where they are dissatisfied'),
  nonresponse,
  itemNonresponse: z.boolean().default(true).describe('"Don\'t know", blanks, and people who tire on the way'),
  straightlinerShare: share.default(0.02).describe('Share who give one code to everything'),
  spread: z
    .strictObject({
      unit: spread.default(0.32).describe('Between units'),
      unitFactor: spread.default(0.16).describe('Between the factors of a unit'),
      unitYear: spread.default(0.08).describe('Between the years of a unit'),
      officer: spread.default(0.22).describe('Between the officers of a unit'),
    })
    .prefault({}),
  inherited: share.default(0.8).describe('Correlation of a unit with those it was made from'),
  trend: z
    .strictObject({
      perMonth: effect.default(0.0015).describe('Change of everybody per month'),
      from: z.iso.date().default('2018-07-01').describe('Month in which the trend is 0'),
    })
    .prefault({}),
  allocationPower: share.default(0.5).describe('Responses of a unit go as its dossiers to this power'),
  modeShare: perMode(z.number().min(0), 0.3, 0.45, 0, 0.25).describe('How responses are divided among modes'),
  stuffing,
})

export type SimulationSettings = Readonly<z.output<typeof simulationSettings>>
/** Some of the settings, to change what the defaults say. */
export type SettingsChanges = z.input<typeof simulationSettings>

/** The settings with some changed. */
export const settingsWith = (changes: SettingsChanges = {}): SimulationSettings => simulationSettings.parse(changes)

/**
 * Settings of a YAML file; what it leaves out keeps its default.
 *
 * @throws {Error} naming every fault with its line
 */
export function readSettings(path: string): SimulationSettings {
  const { value, problems } = readYamlFile(path, simulationSettings)
  if (value === undefined) throw new Error(problems.map(describeFileProblem).join('\n'))
  return value
}
