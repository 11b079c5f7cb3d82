import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/** The statements that may read or write rows of many tenants, and why none of them is about one. */
// prettier-ignore
const ALLOWED: Readonly<Record<string, string>> = {
  'former-members.deleteByUser':       'memberships that one user had, whose account is deleted',
  'former-members.listByUser':         'memberships that one user had, whose account another one takes over',
  'invitations.listOpenTo':            'invitations to one address, for its holder',
  'join-requests.countPendingByUser':  'requests of one user, against their limit',
  'join-requests.deleteByUser':        'requests of one user, whose account is deleted',
  'locks':                             'a command that names several tenants locks them together',
  'memberships.countByOrganization':   'members of an organization, for its admins',
  'memberships.countByUser':           'tenants of one user, against their limit',
  'memberships.listByUser':            'tenants of one user, whose account is deleted',
  'notifications.count':               'one inbox',
  'notifications.find':                'one inbox',
  'notifications.deleteByUser':        'one inbox, whose account is deleted',
  'notifications.list':                'one inbox',
  'notifications.markAllRead':         'one inbox',
  'purges.listDue':                    'deleted tenants, for the purge',
  'resources-of-user.count':           'resources of one user',
  'resources-of-user.find':            'resources of one user',
  'resources-of-user.list':            'resources of one user',
  'resources.totalsByOrganization':    'statistics of an organization, for its admins',
  'tenants.countAll':                  'the list of tenants, for operators',
  'tenants.countByOrganization':       'tenants of an organization, for its admins',
  'tenants.countByUser':               'tenants of one user',
  'tenants.listAll':                   'the list of tenants, for operators',
  'tenants.listByOrganization':        'tenants of an organization, for its admins',
  'tenants.listByUser':                'tenants of one user',
  'user-lists.countKnown':             'accounts that a user may list, over their tenants',
  'user-lists.listKnown':              'accounts that a user may list, over their tenants',
}

const root = import.meta.dirname

/** What says `acrossTenants`, by file and name, and what sets `everyTenant` by itself, by file. */
function statementsAcrossTenants(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\/|^statements\/statement\.ts$|^index\.ts$/.test(file),
  )
  return files.flatMap((file) => {
    const source = readFileSync(path.join(root, file), 'utf8')
    const noun = path.basename(file, '.ts')
    const calls = [...source.matchAll(/(?:(\w+)(?::[^=\n]*)? = |(\w+): )?\bacrossTenants(?:<[^(]*>)?\(/g)]
    const own = /import \{[^}]*\beveryTenant\b[^}]*\} from '[^']*statement\.js'/.test(source) ? [noun] : []
    return [...calls.map(([, constant, property]) => `${noun}.${constant ?? property ?? 'unnamed'}`), ...own]
  })
}

it('only the statements of the list reach across tenants', () => {
  expect(statementsAcrossTenants().sort()).toEqual(Object.keys(ALLOWED).sort())
})
