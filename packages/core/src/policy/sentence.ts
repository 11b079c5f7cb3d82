import type { Decision, Reason, Rule } from './decision.js'

// prettier-ignore
const RULES: Readonly<Record<Rule, string>> = {
  resource_owner:     'the resource is the user’s own',
  operator:           'the caller acts as an operator of the installation',
  unrestricted_role:  'the user’s role holds every permission of its kind',
  organization_admin: 'the user runs the tenant’s organization',
  override:           'the permission was granted to this member',
  role:               'one of the member’s roles grants it',
}

// prettier-ignore
const REASONS: Readonly<Record<Reason, string>> = {
  unknown_permission:    'no such permission is declared',
  tenant_not_active:     'the tenant is not active',
  user_not_active:       'the user’s account is not active',
  not_a_member:          'the user is no member of the tenant',
  membership_not_active: 'the membership is not active',
  other_tenant:          'the resource belongs to another tenant',
  private_resource:      'the resource is private to its owner',
  shared_elsewhere:      'the resource is shared with another tenant',
  denied_by_override:    'the permission was taken from this member',
  not_granted:           'none of the member’s roles grants it',
}

/** A decision in one English sentence. */
export function sentence(permission: string, decision: Decision): string {
  return decision.allowed
    ? `${permission} is allowed: ${RULES[decision.rule]}.`
    : `${permission} is refused: ${REASONS[decision.reason]}.`
}
