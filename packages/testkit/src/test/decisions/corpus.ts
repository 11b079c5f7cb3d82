import { readFileSync } from 'node:fs'
import type { PermissionRules } from '../../arbitraries/permission-rules.js'
import type { ReferenceDecision } from '../../reference/reference-decision.js'
import { NOBODY } from './scenario.js'
import type { Case, Person, Thing, Scenario } from './scenario.js'

/** One case that is asked in every run, as `corpus.json` holds it: what is left out is as plain as can be. */
export interface KeptCase {
  readonly name: string
  /** The rule or the reason. */
  readonly decision: ReferenceDecision['because']
  readonly permission: string
  /** Who asks: an active viewer; or who is no member, when `membership` is `null`. */
  readonly user?: Person['user']
  readonly membership?: Partial<NonNullable<Person['membership']>> | null
  readonly organizationMembership?: Person['organizationMembership']
  readonly operator?: boolean
  /** What the host tells about the thing, whose `owner` is 0, who asks, or 1, who does not; absent for none. */
  readonly thing?: Partial<Thing>
  readonly tenant?: Scenario['tenant']
  readonly customRoles?: Scenario['customRoles']
  readonly rules?: Pick<PermissionRules, 'resources' | 'roles'>
}

const RESOURCES = {
  invoice: ['create', 'read', 'update', 'approve'],
  protocol: ['create', 'read', 'update', 'comment'],
  dataset: ['create', 'read', 'index'],
}

export function readCorpus(): readonly KeptCase[] {
  // The file is ours; a case that is not as it should be fails.
  return JSON.parse(readFileSync(new URL('corpus.json', import.meta.url), 'utf8')) as readonly KeptCase[]
}

/** A scenario of one person, one thing and one question. */
export function scenarioOf({ permission, membership, thing, ...given }: KeptCase): Scenario {
  const {
    user = 'active',
    organizationMembership = null,
    operator = false,
    tenant = 'active',
    customRoles = [],
    rules,
  } = given
  const member = { roles: ['viewer'], active: true, overrides: {}, ...membership }
  const facts: Thing = { owner: null, visibility: 'tenant', tenant: 'here', shared: null, ...thing }
  // The keys of a thing are the facts that are told.
  const notified = thing ? (Object.keys(thing) as (keyof Thing)[]) : null
  return {
    rules: { resources: RESOURCES, ...rules },
    tenant,
    customRoles,
    people: [{ user, membership: membership === null ? null : member, organizationMembership, operator }],
    things: [facts],
    questions: [{ permission, notified }],
  }
}

/** One case of a scenario, as a line for the file. */
export function kept(scenario: Scenario, { person, thing, question }: Case, decision: KeptCase['decision']): KeptCase {
  const { rules, tenant, customRoles } = scenario
  const { user, membership, organizationMembership, operator = false } = scenario.people[person] ?? NOBODY
  const { permission, notified } = scenario.questions[question] ?? { permission: '', notified: null }
  const row = scenario.things[thing]
  const owner = row && (row.owner === person ? 0 : row.owner === null ? null : 1)
  const facts = notified?.map((fact) => [fact, fact === 'owner' ? owner : row?.[fact]] as const)
  const about = facts ? { thing: Object.fromEntries(facts) } : {}
  return {
    name: '',
    decision,
    permission,
    user,
    membership,
    organizationMembership,
    operator,
    ...about,
    tenant,
    customRoles,
    rules,
  }
}
