import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A page by itself, for moments in which the workspace is not there to say something: a heading, sentences, and what to do next. */
export type Page = {
  readonly status: ContentfulStatusCode
  readonly heading: string
  readonly text: string
  readonly next: readonly { readonly label: string; readonly url: string }[]
}

export function showPage(c: Context, { status, heading, text, next }: Page) {
  c.header('cache-control', 'no-store')
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${heading} · Ringside</title>
          <style>
            :root {
              color-scheme: light dark;
            }
            body {
              font:
                16px/1.5 system-ui,
                sans-serif;
              max-width: 34rem;
              margin: 12vh auto;
              padding: 0 1.5rem;
            }
            h1 {
              font-size: 1.5rem;
              line-height: 1.3;
            }
            a {
              color: light-dark(#03566b, #6fd3e6);
              margin-right: 1.5rem;
            }
          </style>
        </head>
        <body>
          <main>
            <h1>${heading}</h1>
            <p>${text}</p>
            <p>${next.map(({ label, url }) => html`<a href="${url}">${label}</a>`)}</p>
          </main>
        </body>
      </html>`,
    status,
  )
}
