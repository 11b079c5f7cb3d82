import type { EventType, TenancyEvent } from './events.js'
import { createTenancy, memoryStorage } from './index.js'

/** Checked by the compiler alone: nothing here is run. */
const tenancy = createTenancy({ storage: memoryStorage(), resources: { invoice: ['read', 'approve'], file: ['read'] } })

export async function permissionsAreTheDeclaredOnes(): Promise<void> {
  const access = await tenancy.as({ userId: 'ann' }).in('acme').access()
  access.can('invoice:approve')
  access.can('file:read', { ownerId: 'ann', visibility: 'private' })
  access.can('tenant:update')
  access.canAll(['invoice:read', 'event:read'])
  // @ts-expect-error -- no resource declares this verb
  access.can('file:approve')
  // @ts-expect-error -- no such resource
  access.can('invoce:read')
  // @ts-expect-error -- patterns are for roles, not for questions
  access.can('invoice:*')
  // @ts-expect-error -- a verb alone names nothing
  access.can('read')
  // @ts-expect-error -- nothing else is a visibility
  access.can('file:read', { visibility: 'public' })
  // @ts-expect-error -- one name is no list
  access.canAny('invoice:read')
}

export function actorsAreOneOfThree(): void {
  tenancy.as({ guest: true, ip: '192.0.2.1' })
  tenancy.as({ system: true })
  // @ts-expect-error -- nobody in particular
  tenancy.as({})
  // @ts-expect-error -- an id that may be missing
  tenancy.as({ userId: undefined })
}

export function listenersGetWhatTheirEventTells(): void {
  tenancy.on('ownership.transferred', ({ data, target }) => {
    const moved: readonly [string, string] = [data.from, data.to]
    // @ts-expect-error -- another event tells that
    void data.roles
    return [moved, target.id]
  })
  tenancy.on('*', (event) => {
    const any: TenancyEvent<EventType> = event
    // @ts-expect-error -- not every event tells that
    void event.data.from
    if (event.type === 'member.removed') return event.data.revokedInvitationIds.join()
    return any.type
  })
  // @ts-expect-error -- no such event
  tenancy.on('member.fired', () => undefined)
}

export function eventsOfTheHostBeginWithApp(): void {
  const acme = tenancy.as({ userId: 'ann' }).in('acme')
  void acme.events.append({
    type: 'app.invoice.paid',
    target: { type: 'app.invoice', id: 'inv-7' },
    data: { total: 1 },
  })
  tenancy.on('app.invoice.paid', ({ data }) => data['total'])
  // @ts-expect-error -- ours are ours alone
  void acme.events.append({ type: 'member.removed' })
  // @ts-expect-error -- a name without its prefix
  void acme.events.append({ type: 'invoice.paid' })
  // @ts-expect-error -- nothing of ours is called that
  void acme.events.append({ type: 'app.invoice.paid', target: { type: 'invoice', id: 'inv-7' } })
  // @ts-expect-error -- a date is no JSON
  void acme.events.append({ type: 'app.invoice.paid', data: { at: new Date() } })
}

export function commandsTakeWhatTheyDeclare(): void {
  const acme = tenancy.as({ userId: 'ann' }).in('acme')
  void acme.members.list()
  void acme.members.setRoles({ userId: 'bob', roles: ['member'] })
  // @ts-expect-error -- without a role
  void acme.members.setRoles({ userId: 'bob' })
  // @ts-expect-error -- an owner is no field
  void acme.update({ name: 'New', ownerId: 'bob' })
  // @ts-expect-error -- members of the same tenant are not told who runs the installation
  void acme.members.get({ userId: 'bob' }).then(({ user }) => user.superuser)
}
