import type { WaveProblem, WaveProblemCode } from './plan-wave.js'

const SENTENCES: Readonly<Record<WaveProblemCode, string>> = {
  unknown_questionnaire: 'questionnaire {name} is not published',
  unknown_unit: 'there is no unit {name}',
  unit_not_valid: 'unit {name} does not exist on the reference day',
  no_units: 'no unit is in scope on {name}',
  unknown_service: 'there is no service {name}',
  service_not_offered: 'no unit in scope offers service {name}',
  unit_offers_none: 'unit {name} offers no service in scope',
  closes_before_it_opens: 'the wave closes on {name}, before it opens',
}

/** A problem as a sentence for the person who edits the file, with its stable code. */
export function describeWaveProblem({ code, field, name }: WaveProblem): string {
  return `${field}: ${SENTENCES[code].replace('{name}', name)} [${code}]`
}
