import { z } from 'zod'
import { SECRET_LENGTH_MIN } from '../db/secrets.ts'

/** Everything the environment can say, read once, with a sentence for what is wrong. */

const flag = z.enum(['0', '1']).transform((text) => text === '1')
const address = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))

const secretKey = z
  .string()
  .min(
    SECRET_LENGTH_MIN,
    `must have at least ${SECRET_LENGTH_MIN} characters: 32 random bytes in base64, as openssl rand -base64 32 makes them, or a passphrase`,
  )

const Environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().optional(),
    DATA_DIR: z.string().default('.data'),
    DATABASE_URL: z.string().startsWith('postgres', 'must begin with postgres:// or postgresql://').optional(),
    PUBLIC_URL: address.optional(),
    RINGSIDE_DEMO: flag.optional(),
    SLACK_BOT_TOKEN: z.string().min(1).optional(),
    /** Several, with commas between them, while one takes the place of another. */
    SLACK_SIGNING_SECRET: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      )
      .refine((secrets) => secrets.length > 0, 'holds no secret')
      .optional(),
    /** Socket Mode: Ringside calls Slack, so that Slack needs no address of ours and nothing has to be signed. */
    SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-: it is the app-level token, with connections:write').optional(),
    SLACK_CLIENT_ID: z.string().min(1).optional(),
    SLACK_CLIENT_SECRET: z.string().min(1).optional(),
    /** The company's own sign-in, by OpenID Connect. */
    OIDC_ISSUER: address.optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    OIDC_TITLE: z.string().trim().min(1).max(60).default('your company account'),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().includes('@', { message: 'must be the address that Ringside writes from' }).optional(),
    CLIENT_ADDRESS_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header')
      .optional(),
    SECRET_KEY: secretKey.optional(),
    SECRET_KEY_PREVIOUS: secretKey.optional(),
    SLACK_COMMAND: z
      .string()
      .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and at most 31 small letters, digits, - or _')
      .default('/discuss'),
    SLACK_API_URL: address.default('https://slack.com/api'),
    SLACK_LIMIT_FACTOR: z.coerce.number().int().min(1).max(10_000).default(1),
    METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    TEAMS_APP_ID: z.string().min(1).optional(),
    TEAMS_APP_SECRET: z.string().min(1).optional(),
    /** The tenant where the app and its bot are at home, which is the one that is connected. */
    TEAMS_TENANT_ID: z.guid('must be the id of a tenant of Microsoft Entra').optional(),
    TEAMS_LIMIT_FACTOR: z.coerce.number().int().min(1).max(10_000).default(1),
    GRAPH_URL: address.default('https://graph.microsoft.com/v1.0'),
    ENTRA_URL: address.default('https://login.microsoftonline.com'),
    BOT_OPENID_URL: address.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
    BOT_CONNECTOR_URL: address.default('https://smba.trafficmanager.net/teams'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  })
  .superRefine((env, context) => {
    const wrong = (name: keyof typeof env, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    const oauth = env.SLACK_CLIENT_ID !== undefined && env.SLACK_CLIENT_SECRET !== undefined
    if ((env.SLACK_CLIENT_ID === undefined) !== (env.SLACK_CLIENT_SECRET === undefined))
      wrong('SLACK_CLIENT_ID', 'and SLACK_CLIENT_SECRET belong together: set both, or neither')
    const heardBy =
      env.SLACK_APP_TOKEN !== undefined ? 'SLACK_APP_TOKEN' : env.SLACK_SIGNING_SECRET !== undefined ? 'SLACK_SIGNING_SECRET' : null
    if ((env.SLACK_BOT_TOKEN !== undefined || oauth) && heardBy === null)
      wrong(
        'SLACK_SIGNING_SECRET',
        'is missing: nothing that Slack posts is believed without it. On Node, SLACK_APP_TOKEN can take its place',
      )
    if (heardBy !== null && env.SLACK_BOT_TOKEN === undefined && !oauth)
      wrong('SLACK_BOT_TOKEN', `is missing beside ${heardBy}: set it, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET`)
    if (oauth && env.PUBLIC_URL === undefined)
      wrong('PUBLIC_URL', 'is missing: with SLACK_CLIENT_ID, Slack sends the browser back to the address that people use')
    if (oauth && env.SECRET_KEY === undefined && !isDemo(env))
      wrong(
        'SECRET_KEY',
        'is missing: with SLACK_CLIENT_ID it seals the tokens of Slack. Make one with openssl rand -base64 32, and keep it',
      )
    const provider = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET]
    if (provider.some((one) => one !== undefined) && provider.some((one) => one === undefined))
      wrong('OIDC_ISSUER', ', OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three, or none')
    if ((env.SMTP_URL === undefined) !== (env.MAIL_FROM === undefined))
      wrong('SMTP_URL', 'and MAIL_FROM belong together: set both, or neither')
    const ofTeams = ['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_TENANT_ID'] as const
    const missing = ofTeams.filter((name) => env[name] === undefined)
    if (missing.length > 0 && missing.length < ofTeams.length)
      wrong(missing[0] ?? 'TEAMS_APP_ID', `is missing: ${ofTeams.join(', ')} belong together, set all of them or none`)
    if (env.SECRET_KEY_PREVIOUS !== undefined && env.SECRET_KEY === undefined)
      wrong('SECRET_KEY', 'is missing beside SECRET_KEY_PREVIOUS, which it takes the place of')
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
  const demo = isDemo(env)
  return { ...env, demo, HOST: env.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0') }
}

const isDemo = (env: { RINGSIDE_DEMO?: boolean | undefined; PUBLIC_URL?: string | undefined }): boolean =>
  env.RINGSIDE_DEMO ?? isLoopback(env.PUBLIC_URL)

/** A Ringside that the world can reach is not a demonstration unless somebody says so. */
function isLoopback(url: string | undefined): boolean {
  return url === undefined || /^https?:\/\/(localhost|127\.|\[::1\])/.test(url)
}
