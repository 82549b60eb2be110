import * as model from './model.ts'
import { type Evidence, isListed, type Setting, type State } from './state.ts'

/** Everything that can happen in the model, by the name under which a broken history prints it. */
export type Event =
  // people
  | 'list'
  | 'list, to stay out'
  | 'unlist'
  | 'promote'
  | 'demote'
  | 'save'
  | 'join'
  | 'leave'
  | 'discuss'
  | 'deactivate'
  | 'deactivate and take out'
  | 'reactivate'
  // what is on its way, and time
  | 'deliver'
  | 'deliver, to come again'
  | `call ${0 | 1 | 2} lands`
  | `life of call ${0 | 1 | 2} passes`
  | 'rest is over'
  // the engine
  | 'read item'
  | 'read item wrongly'
  | 'read chat'
  | 'read chat wrongly'
  | 'decide'
  | 'call'
  | 'call, answer lost'
  | 'call lost'
  | 'call late'
  | 'call later'
  | 'call refused'
  | 'remember'
  | 'crash'

export const ACTS = [
  'list',
  'list, to stay out',
  'unlist',
  'promote',
  'demote',
  'save',
  'join',
  'leave',
  'discuss',
  'deactivate',
  'deactivate and take out',
  'reactivate',
] as const satisfies readonly Event[]

const FAULTS: ReadonlySet<Event> = new Set([
  'deliver, to come again',
  'read item wrongly',
  'read chat wrongly',
  'call, answer lost',
  'call lost',
  'call late',
  'call later',
  'call refused',
  'crash',
])
const PEOPLE: ReadonlySet<Event> = new Set(ACTS)

/** People's acts and faults count towards a history's length; what follows from them does not. */
export const costOf = (event: Event): 0 | 1 => (PEOPLE.has(event) || FAULTS.has(event) ? 1 : 0)

export function possible(state: State, setting: Setting): Event[] {
  return [...peoplesActs(state, setting), ...underWay(state), ...engineSteps(state, setting)]
}

function peoplesActs(state: State, setting: Setting): Event[] {
  const acts: Event[] = ['save', 'discuss', state.observer ? 'unlist' : 'list', state.responsible ? 'demote' : 'promote']
  if (setting.observersOnly) acts.push('list, to stay out')
  if (!state.active)
    return [...acts.filter((each) => each !== 'discuss' && each !== 'promote'), 'reactivate', ...(state.inChat ? ['leave' as const] : [])]
  acts.push('deactivate', state.inChat ? 'leave' : 'join')
  if (state.inChat) acts.push('deactivate and take out')
  return acts
}

function underWay(state: State): Event[] {
  const events: Event[] = []
  if (state.deliveries > 0) events.push('deliver', 'deliver, to come again')
  state.rows.forEach((row, index) => {
    const at = index as 0 | 1 | 2
    if (row.flying) events.push(`call ${at} lands`)
    if (!state.turn && row.over === 0) events.push(`life of call ${at} passes`)
  })
  if (state.resting && !state.turn) events.push('rest is over')
  return events
}

function engineSteps(state: State, setting: Setting): Event[] {
  const { turn } = state
  if (!turn) return mayReadItemWrongly(state, setting) ? ['read item', 'read item wrongly'] : ['read item']
  switch (turn.at) {
    case 'item read':
      return mayReadChatWrongly(state, setting) ? ['read chat', 'read chat wrongly', 'crash'] : ['read chat', 'crash']
    case 'chat read':
      return ['decide', 'crash']
    case 'decided':
      if (turn.move === 'rest') return ['remember', 'crash']
      return ['call', 'call, answer lost', 'call lost', 'call late', 'call later', 'call refused', 'crash']
    case 'called':
      return ['remember', 'crash']
  }
}

/** Bounded lag (A2): a reading may show how it was at any time since the last reading, not before. */
function mayReadItemWrongly(state: State, setting: Setting): boolean {
  if (setting.without.has('complete items')) return isListed(state)
  return state.listWas && (!setting.revisions || setting.without.has('revision order'))
}

function mayReadChatWrongly(state: State, setting: Setting): boolean {
  if (setting.without.has('complete lists')) return state.inChat
  return setting.readings === 'lagging' && state.chatWas
}

export function happen(state: State, event: Event, setting: Setting): State {
  if (PEOPLE.has(event)) return act(state, event as (typeof ACTS)[number], setting)
  if (event.startsWith('call ') && event.endsWith(' lands')) return land(state, Number(event.at(5)), setting)
  if (event.startsWith('life ')) return model.endLife(state, Number(event.at(13)), setting)
  switch (event) {
    case 'deliver':
      return { ...state, deliveries: (state.deliveries - 1) as 0 | 1, joined: heard(state, state.joined, setting) }
    case 'deliver, to come again':
      return { ...state, joined: heard(state, state.joined, setting) }
    case 'rest is over':
      return { ...state, resting: null }
    case 'read item':
    case 'read item wrongly':
      return model.readItem(state, setting, event === 'read item wrongly')
    default:
      return step(state, event, setting)
  }
}

function step(state: State, event: Event, setting: Setting): State {
  const { turn } = state
  if (!turn) throw new Error(`No turn is running: ${event}`)
  switch (event) {
    case 'read chat':
    case 'read chat wrongly':
      return model.readChat(state, turn, event === 'read chat wrongly')
    case 'decide':
      return model.decideTurn(state, turn, setting)
    case 'call':
      return model.call(state, turn, setting, 'answered')
    case 'call, answer lost':
      return model.call(state, turn, setting, 'lost')
    case 'call lost':
      return model.call(state, turn, setting, 'unmade')
    case 'call late':
      return model.call(state, turn, setting, 'late')
    case 'call later':
      return model.call(state, turn, setting, 'later')
    case 'call refused':
      return model.call(state, turn, setting, 'refused')
    case 'remember':
      return model.remember(state, turn, setting)
    case 'crash':
      return model.crash(state, turn)
    default:
      throw new Error(`Nobody knows how this happens: ${event}`)
  }
}

function act(state: State, what: (typeof ACTS)[number], setting: Setting): State {
  switch (what) {
    case 'list':
      return model.changeItem(state, { observer: true }, setting)
    case 'list, to stay out':
      return toldToStayOut(model.changeItem(state, { observer: true }, setting))
    case 'unlist':
      return model.changeItem(state, { observer: false }, setting)
    case 'promote':
      return model.changeItem(state, { responsible: true }, setting)
    case 'demote':
      return model.changeItem(state, { responsible: false }, setting)
    case 'save':
      return model.changeItem(state, {}, setting)
    case 'join':
      return model.moveInChat(state, true)
    case 'leave':
      return model.moveInChat(state, false)
    case 'discuss':
      return { ...state, wished: heard(state, state.wished, setting) }
    case 'deactivate':
      return { ...state, active: false }
    case 'deactivate and take out':
      return model.moveInChat({ ...state, active: false }, false)
    case 'reactivate':
      return { ...state, active: true }
  }
}

/** Written with the listing, and read again where the turn decides: no turn can know of the listing and not of this. */
function toldToStayOut(state: State): State {
  return { ...state, staysOut: (state.staysOut | (state.turn ? 2 : 1)) as Evidence }
}

function land(state: State, index: number, setting: Setting): State {
  const row = state.rows[index]
  if (!row) throw new Error(`There is no call ${index}`)
  const rows = state.rows.with(index, { ...row, flying: false }).sort((a, b) => model.rowCode(a) - model.rowCode(b))
  return model.takeEffect({ ...state, rows }, row.move, row.overtaken, setting)
}

/**
 * A turn loads its evidence before it reads: what comes during the turn is for the next one. Loaded later, word of a
 * join would be weighed against a reading that is older than the join, and look like "joined and left again".
 */
function heard(state: State, evidence: Evidence, setting: Setting): Evidence {
  const late = setting.without.has('evidence before reading')
  const loaded = state.turn !== null && (!late || state.turn.at === 'decided' || state.turn.at === 'called')
  return (evidence | (loaded ? 2 : 1)) as Evidence
}
