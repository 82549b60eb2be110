import { Hono } from 'hono'
import { dueCounts } from '../../db/due-counts.ts'
import { nowOf } from '../engine/engine.ts'
import type { TallyName } from '../engine/tally.ts'
import type { Surroundings } from './context.ts'
import { problem } from './problem.ts'
import { hashOf } from './session.ts'

/**
 * For Prometheus: what came from outside, with the reason for everything that led to nothing (K10), and what waits. Numbers of the whole
 * server and nothing of any organisation or person; even so only for whoever has the token, and not there at all where none is set.
 */
export function metricsRoutes({ engine, metricsToken }: Surroundings) {
  return new Hono().get('/', async (c) => {
    if (!metricsToken) return problem(c, { status: 404, code: 'not_found', detail: 'There is nothing here.' })
    const [given, wanted] = await Promise.all([hashOf(c.req.header('authorization') ?? ''), hashOf(`Bearer ${metricsToken}`)])
    if (given !== wanted) return problem(c, { status: 401, code: 'not_signed_in', detail: 'This needs the token of METRICS_TOKEN.' })
    const waiting = await dueCounts(engine.db, nowOf(engine))
    const counted = engine.tally?.read() ?? []
    const lines = [
      ...Object.entries(COUNTERS).flatMap(([name, about]) => [
        `# HELP ringside_${name}_total ${about}`,
        `# TYPE ringside_${name}_total counter`,
        ...counted.filter((one) => one.name === name).map(({ labels, n }) => `ringside_${name}_total{${labelsText(labels)}} ${n}`),
      ]),
      ...GAUGES.flatMap(([name, about]) => [
        `# HELP ringside_${name} ${about}`,
        `# TYPE ringside_${name} gauge`,
        `ringside_${name} ${waiting[name]}`,
      ]),
    ]
    return c.text(`${lines.join('\n')}\n`, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' })
  })
}

const COUNTERS: Readonly<Record<TallyName, string>> = {
  requests: 'Requests from chat systems, by what became of them at the door.',
  deliveries: 'Deliveries that were dealt with, by what they told and what became of them.',
}

const GAUGES = [
  ['items_due', 'Items that are to be looked at now.'],
  ['deliveries_due', 'Deliveries that are to be dealt with now.'],
  ['deliveries_failed', 'Deliveries that were given up.'],
  ['moves_refused', 'Moves of people that were refused.'],
  ['removals_held', 'Items whose removals the safety stop holds back.'],
] as const

const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`)
    .join(',')
