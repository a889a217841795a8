import { expect } from 'chai'

/** Asserts that a number agrees with the expected one to a relative error; an expected 0 must be met to that error absolutely. */
export function expectClose(actual: number | null, expected: number, relative: number, what = 'value'): void {
  expect(actual, what).to.be.a('number')
  const scale = expected === 0 ? 1 : Math.abs(expected)
  expect(actual, what).to.be.closeTo(expected, relative * scale)
}
