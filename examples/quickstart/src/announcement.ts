import type { Announcement } from './start-quickstart.js'

/** The line of JSON for programs. */
export function toJsonLine(announcement: Announcement): string {
  return `${JSON.stringify(announcement)}\n`
}

/** The next steps, as a shell script to paste. */
export function toText({ url, operatorToken, ownerToken, workspaceId }: Announcement): string {
  if (operatorToken === null || ownerToken === null || workspaceId === null) return `\n# Open ${url}\n`
  const asOwner = `-H 'Authorization: Bearer ${ownerToken}'`
  return `
# Open ${url}, or paste any of these.

# The owner's tenants
curl -sSw '\\n' ${url}/tenancy/tenants ${asOwner}

# Invite somebody; the response has the link that accepts the invitation
curl -sSw '\\n' -X POST ${url}/tenancy/tenants/${workspaceId}/invitations ${asOwner} \\
  -H 'Content-Type: application/json' -d '{"email": "bob@example.com", "role": "editor"}'

# Who is invited, and who is a member
curl -sSw '\\n' ${url}/tenancy/tenants/${workspaceId}/invitations ${asOwner}
curl -sSw '\\n' ${url}/tenancy/tenants/${workspaceId}/members ${asOwner}

# All tenants, for the operator alone
curl -sSw '\\n' ${url}/tenancy/admin/tenants -H 'Authorization: Bearer ${operatorToken}'
`
}

/** The reason why there are no tokens, for stderr; `null` if there are. */
export function tokenHint({ operatorToken }: Announcement): string | null {
  if (operatorToken !== null) return null
  return 'Tokens were shown at the first start. For new ones: npx -y pnpm@12.21.0 start --reset-tokens\n'
}
