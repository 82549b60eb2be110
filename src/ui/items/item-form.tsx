import { Button, Dropdown, Field, Input, makeStyles, MessageBar, MessageBarBody, Option, Spinner } from '@fluentui/react-components'
import type { FormEvent } from 'react'
import type { Item } from '../data/types.ts'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { CardHead } from './card-head.tsx'
import { Conflict } from './conflict.tsx'
import { ObserversInput, ResponsibleInput } from './people-inputs.tsx'
import { STAGES } from './stages.ts'
import { useItemEdit } from './use-item-edit.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', marginTop: '8px' },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '16px',
    [media.belowPhone]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  input: { minWidth: 0, width: '100%' },
  foot: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    justifyContent: 'flex-end',
    gap: '8px',
    margin: '4px -24px -20px',
    padding: '12px 24px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: `0 0 ${tokens.borderRadiusXLarge} ${tokens.borderRadiusXLarge}`,
    zIndex: 1,
    [media.belowOnePane]: { margin: '4px -16px -16px', padding: '12px 16px', '& > button': { flex: 1 } },
  },
})

/** The form as it is written. What somebody typed is lost by nothing but Cancel. */
export function ItemForm({ item, onDone }: { item: Item; onDone: () => void }) {
  const styles = useStyles()
  const { draft, set, faults, error, conflict, changed, saving, save, reload } = useItemEdit(item, onDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  const left = item.responsible && draft.responsible && item.responsible.id !== draft.responsible.id ? item.responsible : null
  const fault = (field: keyof typeof draft) => (faults[field] ? { validationMessage: faults[field] } : {})
  return (
    <form onSubmit={submit} noValidate>
      <CardHead id="details" title="Edit details" />
      <div className={styles.form}>
        {conflict && <Conflict {...conflict} onReload={reload} />}
        {error && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{error}</MessageBarBody>
          </MessageBar>
        )}
        <Field label="Title" required {...fault('title')}>
          <Input
            className={styles.input}
            autoFocus
            value={draft.title}
            maxLength={200}
            onChange={(_, data) => set({ title: data.value })}
          />
        </Field>
        <div className={styles.pair}>
          <Field label="Stage" {...fault('stage')}>
            <Dropdown
              className={styles.input}
              value={draft.stage}
              selectedOptions={[draft.stage]}
              onOptionSelect={(_, data) => set({ stage: data.optionValue ?? draft.stage })}
            >
              {stagesOf(item).map((stage) => (
                <Option key={stage}>{stage}</Option>
              ))}
            </Dropdown>
          </Field>
          <Field label={item.currency ? `Amount in ${item.currency}` : 'Amount'} {...fault('amount')}>
            <Input className={styles.input} value={draft.amount} inputMode="decimal" onChange={(_, data) => set({ amount: data.value })} />
          </Field>
        </div>
        <ResponsibleInput
          person={draft.responsible}
          hint={left && item.may.appoint ? words.staysObserver(left) : null}
          onChange={(responsible) => set({ responsible })}
        />
        {item.may.appoint && <ObserversInput observers={draft.observers} onChange={(observers) => set({ observers })} />}
        <div className={styles.foot}>
          <Button type="button" onClick={onDone}>
            {words.cancel}
          </Button>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={saving || !changed}
            {...(saving ? { icon: <Spinner size="tiny" /> } : {})}
          >
            {words.save}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** The stages on offer, with the present one among them whatever the CRM calls it. */
function stagesOf(item: Item): readonly string[] {
  const known = STAGES[item.type]
  return known.includes(item.stage) ? known : [item.stage, ...known]
}
