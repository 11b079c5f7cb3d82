import type { Role } from '../../../policy/policy.js'
import { emailLanguage } from './messages/language.js'

/** A role's name in the language of an email, where it has one. */
export function roleName({ name, names }: Pick<Role, 'name' | 'names'>, tag: string | null): string {
  const nameIn = (language: string) => (Object.hasOwn(names, language) ? names[language] : undefined)
  return (tag === null ? undefined : nameIn(tag)) ?? nameIn(emailLanguage(tag)) ?? name
}
