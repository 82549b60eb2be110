/** An amount as people read it, in whole units of its currency; nothing for none. */
export function money(amount: number | null, currency: string | null): string {
  if (amount === null) return ''
  const digits = { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 }
  try {
    return new Intl.NumberFormat('en-GB', { ...(currency ? { style: 'currency', currency } : {}), ...digits }).format(amount)
  } catch {
    // Intl throws on a currency it cannot read; the number with the code beside it is still right.
    return `${new Intl.NumberFormat('en-GB', digits).format(amount)} ${currency ?? ''}`.trim()
  }
}
