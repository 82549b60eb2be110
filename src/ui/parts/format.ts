/** Numbers in the reader's own notation; words and dates in the language of the page. */
const DATES = 'en-GB'

export function money(amount: number | null, currency: string | null, locale?: string): string {
  if (amount === null) return ''
  const digits = { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 }
  try {
    return new Intl.NumberFormat(locale, { ...(currency ? { style: 'currency', currency } : {}), ...digits }).format(amount)
  } catch {
    // Intl throws on a currency it cannot read; the number with the code beside it is still right.
    return `${new Intl.NumberFormat(locale, digits).format(amount)} ${currency ?? ''}`.trim()
  }
}

const SECOND = 1000
const STEPS: readonly { readonly below: number; readonly unit: Intl.RelativeTimeFormatUnit; readonly ms: number }[] = [
  { below: 60 * 60 * SECOND, unit: 'minute', ms: 60 * SECOND },
  { below: 24 * 60 * 60 * SECOND, unit: 'hour', ms: 60 * 60 * SECOND },
  { below: 7 * 24 * 60 * 60 * SECOND, unit: 'day', ms: 24 * 60 * 60 * SECOND },
]

/** "just now", "5 min ago", "yesterday", then the date. A clock that is a little ahead is not "in 2 minutes". */
export function ago(at: string, nowMs: number): string {
  const passed = nowMs - Date.parse(at)
  if (!Number.isFinite(passed)) return ''
  if (passed < 60 * SECOND) return 'just now'
  const step = STEPS.find((one) => passed < one.below)
  if (!step) return shortDate(at, nowMs)
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' }).format(-Math.floor(passed / step.ms), step.unit)
}

/** "3 Nov", with the year when it is another one. */
export function shortDate(at: string, nowMs: number): string {
  return dateWith(at, nowMs, 'short')
}

/** "3 November", with the year when it is another one. */
export function longDate(at: string, nowMs: number): string {
  return dateWith(at, nowMs, 'long')
}

function dateWith(at: string, nowMs: number, month: 'short' | 'long'): string {
  const date = new Date(at)
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear()
  return new Intl.DateTimeFormat(DATES, { day: 'numeric', month, ...(sameYear ? {} : { year: 'numeric' }) }).format(date)
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat(DATES, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

export function fullTime(at: string): string {
  return new Intl.DateTimeFormat(DATES, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(at))
}

/** "Today", "Yesterday", "Tuesday 3 November". */
export function dayName(at: string, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(Date.parse(at))) / (24 * 60 * 60 * SECOND))
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return `${new Intl.DateTimeFormat(DATES, { weekday: 'long' }).format(new Date(at))} ${longDate(at, nowMs)}`
}

export function sameDay(a: string, b: string): boolean {
  return startOfDay(Date.parse(a)) === startOfDay(Date.parse(b))
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** "Ann", "Ann and Bob", "Ann, Bob and 3 others". */
export function nameList(names: readonly string[], shownMax = 3): string {
  if (names.length <= 1) return names[0] ?? ''
  if (names.length <= shownMax) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const shown = names.slice(0, shownMax - 1)
  return `${shown.join(', ')} and ${names.length - shown.length} others`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat('en').format(number)} ${number === 1 ? one : many}`
}

export function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name
}

/** "12 kB", "3.4 MB". */
export function fileSize(bytes: number): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** step
  const unitDisplay = step === 0 ? 'long' : 'short'
  const format = { style: 'unit', unit: steps[step] ?? 'byte', unitDisplay, maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 } as const
  return new Intl.NumberFormat('en', format).format(value)
}
