import { z } from 'zod'

/** Everything the environment can say, read once, with a sentence for what is wrong. */

const flag = z.enum(['0', '1']).transform((text) => text === '1')
const address = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))

const Environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().optional(),
    DATA_DIR: z.string().default('.data'),
    DATABASE_URL: z.string().startsWith('postgres', 'must begin with postgres:// or postgresql://').optional(),
    PUBLIC_URL: address.optional(),
    RINGSIDE_DEMO: flag.optional(),
    SLACK_BOT_TOKEN: z.string().min(1).optional(),
    SLACK_SIGNING_SECRET: z.string().min(1).optional(),
    SLACK_API_URL: address.default('https://slack.com/api'),
    SLACK_LIMIT_FACTOR: z.coerce.number().int().min(1).max(10_000).default(1),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  })
  .refine((env) => (env.SLACK_BOT_TOKEN === undefined) === (env.SLACK_SIGNING_SECRET === undefined), {
    path: ['SLACK_BOT_TOKEN'],
    message: 'and SLACK_SIGNING_SECRET belong together: set both, or neither',
  })

export type Env = Omit<z.infer<typeof Environment>, 'HOST'> & { readonly demo: boolean; readonly HOST: string }

export class EnvironmentProblem extends Error {}

export function readEnv(from: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new EnvironmentProblem(`The environment is not right: ${problems.join('; ')}.`)
  }
  const env = parsed.data
  const demo = env.RINGSIDE_DEMO ?? isLoopback(env.PUBLIC_URL)
  return { ...env, demo, HOST: env.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0') }
}

/** A Ringside that the world can reach is not a demonstration unless somebody says so. */
function isLoopback(url: string | undefined): boolean {
  return url === undefined || /^https?:\/\/(localhost|127\.|\[::1\])/.test(url)
}
