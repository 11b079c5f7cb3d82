import type { Decision, Reason, Rule } from './decision.js'

// prettier-ignore
const RULES: Readonly<Record<Rule, string>> = {
  resource_owner:     'the user owns the resource',
  operator:           'the caller acts as an operator of the installation',
  unrestricted_role:  'one of the member’s roles is unrestricted',
  organization_admin: 'the user is an admin of the tenant’s organization',
  override:           'an override grants it to this member',
  role:               'one of the member’s roles grants it',
}

// prettier-ignore
const REASONS: Readonly<Record<Reason, string>> = {
  unknown_permission:    'no such permission is declared',
  tenant_not_active:     'the tenant is not active',
  user_not_active:       'the user’s account is not active',
  not_a_member:          'the user is not a member of the tenant',
  membership_not_active: 'the membership is not active',
  other_tenant:          'the resource belongs to another tenant',
  private_resource:      'the resource is private to its owner',
  shared_elsewhere:      'the resource is shared with another tenant',
  denied_by_override:    'an override denies it to this member',
  not_granted:           'none of the member’s roles grants it',
}

/** A decision in one English sentence. */
export function sentence(permission: string, decision: Decision): string {
  return decision.allowed
    ? `${permission} is allowed: ${RULES[decision.rule]}.`
    : `${permission} is refused: ${REASONS[decision.reason]}.`
}
