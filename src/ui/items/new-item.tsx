import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Dropdown,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Option,
  Spinner,
} from '@fluentui/react-components'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { whyNoObservers } from '../../core/entitlement.ts'
import { ITEM_TYPE_NAMES, ITEM_TYPES } from '../../core/item.ts'
import { useNewItem } from '../data/items.ts'
import { useMe } from '../data/me.ts'
import { ApiProblem, sentenceOf } from '../data/problem.ts'
import type { ItemType, NewItem, Person } from '../data/types.ts'
import { words } from '../words.ts'
import { amountOf } from './draft.ts'
import { ObserversInput } from './people-inputs.tsx'
import { STAGES } from './stages.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px', paddingTop: '8px', paddingBottom: '12px' } })

const CURRENCY = 'EUR'

export function NewItemDialog({ type: wanted, onClose }: { type?: string; onClose: () => void }) {
  const styles = useStyles()
  const navigate = useNavigate()
  const creating = useNewItem()
  const [type, setType] = useState<ItemType>(ITEM_TYPE_NAMES.find((name) => name === wanted) ?? 'deal')
  const [title, setTitle] = useState('')
  const [amount, setAmount] = useState('')
  const [observers, setObservers] = useState<readonly Person[]>([])
  const [tried, setTried] = useState(false)
  const none = whyNoObservers(type, useMe().entitlement)
  const faults = {
    title: title.trim() ? null : 'Give it a title.',
    amount: isWhole(amountOf(amount)) ? null : words.wholeAmount,
  }
  const create = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults.title || faults.amount || creating.isPending) return
    creating.mutate(newItem(type, title, amount, none ? [] : observers), {
      onSuccess: (item) => {
        onClose()
        void navigate({ to: '/items/$itemId', params: { itemId: item.id } })
      },
    })
  }
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 480 }}>
        <form onSubmit={create} noValidate>
          <DialogBody>
            <DialogTitle>New item</DialogTitle>
            <DialogContent className={styles.form}>
              {creating.isError && (
                <MessageBar intent="error">
                  <MessageBarBody>{sentenceOf(creating.error)}</MessageBarBody>
                </MessageBar>
              )}
              <Field label="Type">
                <Dropdown
                  value={ITEM_TYPES[type].title}
                  selectedOptions={[type]}
                  onOptionSelect={(_, data) => setType(data.optionValue as ItemType)}
                >
                  {ITEM_TYPE_NAMES.map((name) => (
                    <Option key={name} value={name}>
                      {ITEM_TYPES[name].title}
                    </Option>
                  ))}
                </Dropdown>
              </Field>
              <Field label="Title" required {...fault(tried, faults.title, creating.error, 'title')}>
                <Input value={title} autoFocus maxLength={200} onChange={(_, data) => setTitle(data.value)} />
              </Field>
              <Field label={`Amount in ${CURRENCY}`} {...fault(tried, faults.amount, creating.error, 'amount')}>
                <Input value={amount} inputMode="decimal" onChange={(_, data) => setAmount(data.value)} />
              </Field>
              {none ? <p>{none.why}</p> : <ObserversInput observers={observers} onChange={setObservers} />}
            </DialogContent>
            <DialogActions>
              <Button type="button" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={creating.isPending}
                {...(creating.isPending ? { icon: <Spinner size="tiny" /> } : {})}
              >
                Create
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

function newItem(type: ItemType, title: string, amount: string, observers: readonly Person[]): NewItem {
  const stage = STAGES[type][0]
  return {
    type,
    title: title.trim(),
    ...(stage ? { stage } : {}),
    amount: amountOf(amount),
    currency: CURRENCY,
    observers: observers.map((person) => person.id),
  }
}

function fault(tried: boolean, own: string | null, error: unknown, field: string) {
  if (tried && own) return { validationMessage: own }
  return error instanceof ApiProblem && error.field === field ? { validationMessage: error.message } : {}
}

function isWhole(amount: number | null): boolean {
  return amount === null || Number.isInteger(amount)
}
