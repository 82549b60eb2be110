import type { DialogName, Press } from './press.ts'

/**
 * What people see in a chat system, as data: the core and the engine say what, each adapter draws it with its platform's own parts.
 * All text is plain; adapters escape it, so nobody is mentioned and nothing becomes a link by being named so.
 */
export type Message = {
  /** The whole message where there are no parts; else what notifications and screen readers say in their place. */
  readonly text: string
  readonly parts?: readonly Part[]
}

export type Part =
  | { readonly part: 'text'; readonly text: string; readonly tone?: 'title' | 'quiet' | 'quote' }
  | { readonly part: 'link'; readonly title: string; readonly url: string; readonly tone?: 'title' }
  | { readonly part: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly part: 'buttons'; readonly buttons: readonly Button[] }
  /** One line with something to press at its end. */
  | { readonly part: 'row'; readonly text: string; readonly button: Button }
  | { readonly part: 'divider' }

export type Button = {
  readonly label: string
  readonly press: Press
  /** For `open-page`: where it leads. */
  readonly url?: string
  readonly tone?: 'primary' | 'danger'
}

/** One screen, one decision. Without `submit` there is only something to read or press. */
export type Dialog = {
  /** What sending it means, with `about`. */
  readonly name: DialogName
  readonly about: string
  readonly title: string
  readonly submit: string | null
  readonly parts: readonly (Part | Field)[]
}

export type Field = {
  readonly part: 'field'
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly required: boolean
  /** The dialog says something else when this changes, so it is asked for anew. */
  readonly live?: boolean
  readonly input:
    | { readonly kind: 'people'; readonly chosen: readonly string[] }
    /** Looks items up as one types; only those that the asker may see are offered. */
    | { readonly kind: 'item'; readonly chosen: Option | null }
    | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly chosen: string | null }
    /** Any number of them; `chosen` to begin with. */
    | { readonly kind: 'several'; readonly options: readonly Option[]; readonly chosen: readonly string[] }
    /** `off`: the sentence why it cannot be switched on here. */
    | { readonly kind: 'switch'; readonly on: boolean; readonly off: string | null }
    /** `passing`: what is typed is handed on when the dialog is sent, and written down nowhere (U11). */
    | { readonly kind: 'text'; readonly value: string; readonly lines: 'one' | 'many'; readonly max: number; readonly passing?: true }
    | { readonly kind: 'email'; readonly value: string }
}

export type Option = { readonly value: string; readonly title: string; readonly note?: string }

/** What was filled in, by the name of the field: chosen values in their order, `['on']` for a switch, the text for a text. */
export type Values = Readonly<Record<string, readonly string[]>>
