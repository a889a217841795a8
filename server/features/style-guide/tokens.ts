/** A colour of the design by its name, as screens show it in the light and in the dark. */
export interface ColourToken {
  readonly name: string
  readonly light: string
  readonly dark: string
}

/** Pairs of text on ground, or of what must be told apart from its ground, with the least contrast that WCAG 2.2 AA asks for. */
export const PAIRS: readonly { readonly text: string; readonly ground: string; readonly least: number }[] = [
  ...['ink', 'ink-soft', 'accent', 'accent-deep', 'alert'].map((text) => ({ text, ground: 'paper', least: 4.5 })),
  ...['ink', 'ink-soft', 'accent-deep'].map((text) => ({ text, ground: 'wash', least: 4.5 })),
  { text: 'paper', ground: 'accent', least: 4.5 },
  { text: 'paper', ground: 'accent-deep', least: 4.5 },
  { text: 'alert', ground: 'alert-wash', least: 4.5 },
  { text: 'ink', ground: 'alert-wash', least: 4.5 },
  { text: 'ink', ground: 'accent-wash', least: 4.5 },
]

const DECLARATION = /--([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;/gi

const coloursIn = (css: string) => new Map([...css.matchAll(DECLARATION)].map(([, name, colour]) => [name!, colour!]))

/** The colours of `tokens.css`; what the dark does not change is the same there. */
export function colourTokens(css: string): readonly ColourToken[] {
  const start = css.indexOf('@media')
  const [light, dark] = [coloursIn(css.slice(0, start)), coloursIn(css.slice(start))]
  return [...light].map(([name, colour]) => ({ name, light: colour, dark: dark.get(name) ?? colour }))
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/**
 * How far two colours stand apart.
 *
 * @param one `#rrggbb`
 * @returns 1 (the same) to 21 (black on white)
 * @see WCAG 2.2, "contrast ratio" and "relative luminance"
 * @example contrast('#000000', '#ffffff') // 21
 */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}
