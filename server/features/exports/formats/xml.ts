import { xmlText } from './xlsx-parts.js'

type Attributes = Readonly<Record<string, string | number | undefined>>

/**
 * An element of XML; attributes that are `undefined` are left out.
 *
 * @param content finished XML: use `textOf` for words
 * @example element('labl', { 'xml:lang': 'vi' }, textOf('A & B')) // '<labl xml:lang="vi">A &amp; B</labl>'
 */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  )
  const inside = content.join('')
  return inside === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inside}</${name}>`
}

/** Words as content. */
export const textOf = xmlText
