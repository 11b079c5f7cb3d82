import type { Announcement } from './start-quickstart.js'

/** The line for programs. */
export function toJsonLine(announcement: Announcement): string {
  return `${JSON.stringify(announcement)}\n`
}

/** What a person may paste next: a script for the shell. */
export function toText({ url, operatorToken, ownerToken }: Announcement): string {
  if (operatorToken === null || ownerToken === null) return `\n# Open ${url}\n`
  const asOwner = `-H 'Authorization: Bearer ${ownerToken}'`
  return `
# Open ${url}, or paste any of these.

# The owner's workspace
curl -sSw '\\n' ${url}/workspaces/current ${asOwner}

# Invite somebody; the answer holds the link that accepts
curl -sSw '\\n' -X POST ${url}/workspaces/current/members/invite-email ${asOwner} \\
  -H 'Content-Type: application/json' -d '{"emails": ["bob@example.com"], "role": "editor"}'

# Who is invited, and who is a member
curl -sSw '\\n' ${url}/workspaces/current/invitations ${asOwner}
curl -sSw '\\n' ${url}/workspaces/current/members ${asOwner}

# All workspaces, for the operator alone
curl -sSw '\\n' ${url}/all-workspaces -H 'Authorization: Bearer ${operatorToken}'
`
}

/** Why there are no tokens, for stderr; `null` when there are. */
export function tokenHint({ operatorToken }: Announcement): string | null {
  if (operatorToken !== null) return null
  return 'Tokens were shown at the first start. For new ones: npx -y pnpm@12.21.0 start --reset-tokens\n'
}
