import { mayAssign, mayInviteAs, mayManage, mayOverride, mayRemove } from '../packages/core/src/policy/authority.js'
import { decide, toSubject } from '../packages/core/src/policy/decide.js'
import type { Subject } from '../packages/core/src/policy/decide.js'
import { TENANCY_RESOURCES } from '../packages/core/src/policy/permissions.js'
import type { TenancyPermission } from '../packages/core/src/policy/permissions.js'
import { compilePolicy } from '../packages/core/src/policy/policy.js'
import type { Role } from '../packages/core/src/policy/policy.js'
import { BUILT_IN_ROLES } from '../packages/core/src/policy/roles.js'
import { permissionMatrix } from '../packages/testkit/src/index.js'

// What the built-in rows speak of by name, and one resource and one verb of which they do not.
const VERBS = ['create', 'read', 'update', 'delete', 'comment', 'other']
const rules = { resources: { any: VERBS, dataset: VERBS, protocol: VERBS } }
const policy = compilePolicy(rules)
const roles = [...policy.roles.values()]

/** `docs/permissions.md`: the built-in roles as the library itself decides about them. */
export function renderPermissions(): string {
  const tenancy = Object.entries(TENANCY_RESOURCES).flatMap(([name, verbs]) => verbs.map((verb) => `${name}:${verb}`))
  return [
    '# Roles and permissions',
    'A permission is a resource and a verb, such as `invoice:approve`. The library has some of its own, for the tenant itself; the host declares the others with `resources`. A role is a row of a table: its rank says over whom its holders have authority, its permissions what they may do. A host adds rows, or replaces them, with `roles`.',
    'The tables on this page are what the library answers when asked, for the roles that are built in.',
    '## In the tenant itself',
    matrix(tenancy.map((permission) => ({ label: `\`${permission}\``, permission }))),
    'No single permission of this table is granted or denied to one member, and `tenant:transfer` is refused to every role but the owner’s when the tables are compiled.',
    '## On the host’s resources',
    matrix([
      ...VERBS.map((verb) => ({
        label: `${verb === 'other' ? 'any other verb' : `\`${verb}\``}`,
        permission: `any:${verb}`,
      })),
      ...['dataset', 'protocol'].flatMap((resource) => differing(resource)),
    ]),
    '`own`: on what the member owns, and on nothing else. Owning a resource permits `read`, `update` and `delete`, whatever the roles; a resource that is declared with `owner: […]` permits its owner those verbs instead.',
    'With `builtinRoles: false` in its declaration, a resource is passed by: of the roles in this table only the full ones, `owner` and `admin`, hold anything on it.',
    'A row with a resource’s name is there because a role treats that resource in its own way. In a role’s definition:',
    table(
      ['role', 'rank', 'permissions on the host’s resources'],
      Object.entries(BUILT_IN_ROLES).map(([key, { rank, permissions }]) => [
        `\`${key}\``,
        String(rank),
        permissions
          .filter(isForHost)
          .map((pattern) => `\`${pattern}\``)
          .join(' '),
      ]),
    ),
    '`*` as a verb is every verb of the resource; `*` as a resource is every resource the host declares, and never one of the library’s. A pattern of this table that fits nothing the host declares gives nothing; any other that fits nothing is an error at the start.',
    '## How a decision is made',
    'The first line that speaks decides. `explain()` answers which one it was.',
    [
      '1. A name that nobody declared: no (`unknown_permission`).',
      '2. The account, the tenant or the membership is not active, or there is none: no. Whoever runs the tenant’s organization, as an active admin of it, needs no membership, and an inactive one takes nothing of that. An operator needs none either, and also acts in a suspended tenant.',
      '3. A resource of the host’s that neither belongs to this tenant nor is lent to it: no (`other_tenant`), also for its owner.',
      '4. A resource of the host’s that the member owns, and a verb that ownership gives: yes (`own_resource`), also if the permission was denied to the member. For every other verb an owner needs a role or a grant, as everybody does. An operator owns nothing.',
      '5. A resource of somebody else whose `visibility` is anything but `tenant`: no (`private_resource`), also for the owner of the tenant.',
      '6. A resource of somebody else that is lent to another tenant: no (`shared_elsewhere`).',
      '7. An operator, who acts with a reason: yes to what the owner holds (`operator`), whatever they are in the tenant themselves.',
      '8. Whoever runs the organization: yes to what the role `admin` holds, whatever is denied to the member (`organization_admin`; with a full role of their own that holds it all, the next line).',
      `9. A full role (${list(roles.filter(({ unrestricted: full }) => full))}): what the role holds, whatever is granted or denied to the member (\`full_role\`).`,
      '10. A permission granted or denied to the member alone: that (`override`, `denied_by_override`).',
      '11. Any of the member’s roles grants it: yes (`role`).',
      '12. Otherwise: no (`not_granted`).',
    ].join('\n'),
    '## Over other members',
    table(
      [
        'who',
        'invites as',
        'removes',
        'changes, deactivates, activates',
        'gives the role',
        'grants and denies permissions of',
      ],
      roles.map((actor) => authorityOf(actor)),
    ),
    [
      '- Nobody acts on themselves, but to leave. The owner leaves only after handing the tenant over.',
      '- The owner’s role is never given: it changes hands by a transfer, which only the owner begins.',
      '- With roles of the host’s own, these hold: one invites as a role of at most one’s own rank and removes members of at most one’s own rank; one changes a member of lower rank, to a role of lower rank. No role is given that holds what its giver does not.',
      '- The roles that a tenant makes for itself rank below `admin` and are never full. One is written by whoever holds the `role:…` permission, ranks above it before and after, and holds all that it says; nobody but the holder of a full role writes one that they hold. It is deleted when no member holds it and no open invitation offers it.',
      '- A single permission is given, or a denial of it lifted, only by whoever ranks above the member and holds it.',
      '- An inviter who could not invite any more, because removed, demoted, deactivated or disabled, leaves invitations that nobody can accept.',
    ].join('\n'),
  ].join('\n\n')
}

const TENANCY_NAMES = new Set(Object.keys(TENANCY_RESOURCES))

function isForHost(pattern: string): boolean {
  return !TENANCY_NAMES.has(pattern.split(':')[0] ?? '')
}

function holderOf({ key }: Role): Subject {
  return toSubject(policy, {
    tenant: { id: 'any', status: 'active' },
    user: { id: key, status: 'active' },
    membership: { roles: [key], active: true, overrides: {} },
    customRoles: [],
  })
}

function holds(role: Role, permission: string): boolean {
  return decide(policy, holderOf(role), permission).allowed
}

interface Row {
  readonly label: string
  readonly permission: string
}

/** The rows of a resource for which some role answers otherwise than for any other resource. */
function differing(resource: string): Row[] {
  const differs = (verb: string) =>
    roles.some((role) => holds(role, `${resource}:${verb}`) !== holds(role, `any:${verb}`))
  return VERBS.filter(differs).map((verb) => ({
    label: verb === 'other' ? `any other verb of \`${resource}\`` : `\`${resource}:${verb}\``,
    permission: `${resource}:${verb}`,
  }))
}

function matrix(rows: readonly Row[]): string {
  const labels = Object.fromEntries(rows.map(({ permission, label }) => [permission, label]))
  return permissionMatrix(rules, { permissions: Object.keys(labels), labels }).toMarkdown()
}

function authorityOf(actor: Role): string[] {
  const subject = holderOf(actor)
  const among = (permission: TenancyPermission, may: (role: Role) => boolean) =>
    list(roles.filter((role) => holds(actor, permission) && may(role)))
  return [
    `\`${actor.key}\``,
    among('invitation:create', (role) => mayInviteAs(subject, role)),
    among('member:remove', (role) => mayRemove(subject, holderOf(role))),
    among('member:assign', (role) => mayManage(subject, holderOf(role))),
    among('member:assign', (role) => mayAssign(subject, role)),
    among('member:override', (role) => mayOverride(subject, holderOf(role))),
  ]
}

function list(some: readonly Role[]): string {
  return some.length === 0 ? 'nobody' : some.map(({ key }) => `\`${key}\``).join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
