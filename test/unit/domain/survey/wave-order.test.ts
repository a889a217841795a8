import { expect } from 'chai'
import { orderWaves } from '../../../../server/domain/survey/wave-order.js'
import { wave } from '../../../support/builders.js'

describe('the waves of a reader', () => {
  it('begin with the latest, and among those with citizens asked independently', () => {
    const waves = [
      wave({ id: 'older', opensOn: '2025-01-01', mode: 'face_to_face' }),
      wave({ id: 'counter', mode: 'kiosk' }),
      wave({ id: 'firms', respondentType: 'business', mode: 'face_to_face' }),
      wave({ id: 'web', mode: 'web' }),
      wave({ id: 'homes', mode: 'face_to_face' }),
    ]
    expect(orderWaves(waves).map(({ id }) => id)).to.deep.equal(['homes', 'web', 'counter', 'firms', 'older'])
  })
})
