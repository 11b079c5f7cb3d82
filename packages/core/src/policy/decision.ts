/** Why something is allowed. */
export type Rule = 'resource_owner' | 'operator' | 'unrestricted_role' | 'organization_admin' | 'override' | 'role'

/** Why something is refused. */
export type Reason =
  | 'unknown_permission'
  | 'tenant_not_active'
  | 'user_not_active'
  | 'not_a_member'
  | 'membership_not_active'
  | 'other_tenant'
  | 'private_resource'
  | 'shared_elsewhere'
  | 'denied_by_override'
  | 'not_granted'

export type Decision =
  { readonly allowed: true; readonly rule: Rule } | { readonly allowed: false; readonly reason: Reason }

/** Every decision there is, made once: to decide makes nothing. */
// prettier-ignore
const ALLOWED: { readonly [Name in Rule]: Decision } = {
  resource_owner:     Object.freeze({ allowed: true, rule: 'resource_owner' }),
  operator:           Object.freeze({ allowed: true, rule: 'operator' }),
  unrestricted_role:  Object.freeze({ allowed: true, rule: 'unrestricted_role' }),
  organization_admin: Object.freeze({ allowed: true, rule: 'organization_admin' }),
  override:           Object.freeze({ allowed: true, rule: 'override' }),
  role:               Object.freeze({ allowed: true, rule: 'role' }),
}

// prettier-ignore
const REFUSED: { readonly [Name in Reason]: Decision } = {
  unknown_permission:    Object.freeze({ allowed: false, reason: 'unknown_permission' }),
  tenant_not_active:     Object.freeze({ allowed: false, reason: 'tenant_not_active' }),
  user_not_active:       Object.freeze({ allowed: false, reason: 'user_not_active' }),
  not_a_member:          Object.freeze({ allowed: false, reason: 'not_a_member' }),
  membership_not_active: Object.freeze({ allowed: false, reason: 'membership_not_active' }),
  other_tenant:          Object.freeze({ allowed: false, reason: 'other_tenant' }),
  private_resource:      Object.freeze({ allowed: false, reason: 'private_resource' }),
  shared_elsewhere:      Object.freeze({ allowed: false, reason: 'shared_elsewhere' }),
  denied_by_override:    Object.freeze({ allowed: false, reason: 'denied_by_override' }),
  not_granted:           Object.freeze({ allowed: false, reason: 'not_granted' }),
}

export function allow(rule: Rule): Decision {
  return ALLOWED[rule]
}

export function refuse(reason: Reason): Decision {
  return REFUSED[reason]
}
