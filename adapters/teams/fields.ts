/** Reading what came over the wire: nothing is believed to have a shape before it was looked at. */
export type Fields = Readonly<Record<string, unknown>>

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

export const idOf = (value: unknown): string | null => textOf(fieldsOf(value)['id'])

export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
