import { Link, Toast, ToastFooter, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { words } from '../words.ts'

export const TOASTER = 'ringside'
/** Undo beats confirm, and this is how long it is there. */
const UNDO_MS = 10_000
const READ_MS = 5_000

/** Short news in the corner; only for what is not visible already. */
export function useSay() {
  const { dispatchToast } = useToastController(TOASTER)
  const said = (title: ReactNode, footer: ReactNode, timeout: number, intent: 'info' | 'error' | 'success') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{title}</ToastTitle>
        {footer && <ToastFooter>{footer}</ToastFooter>}
      </Toast>,
      { timeout, intent, pauseOnHover: true },
    )
  return {
    news: (text: string) => said(text, null, READ_MS, 'success'),
    failed: (error: unknown) => said(sentenceOf(error), null, UNDO_MS, 'error'),
    withLink: (text: string, address: string) =>
      said(
        text,
        <Link href={address} target="_blank" rel="noopener noreferrer">
          Open it here
        </Link>,
        UNDO_MS,
        'info',
      ),
    withUndo: (text: string, undo: () => void) =>
      said(
        text,
        <ToastTrigger>
          <Link as="button" onClick={undo}>
            {words.undo}
          </Link>
        </ToastTrigger>,
        UNDO_MS,
        'success',
      ),
  }
}
