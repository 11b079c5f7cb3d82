import type { User } from '../../model/user.js'

/** Whether the keyword is a part of the user's name or email, whatever the case. */
export function hasKeyword({ name, email }: Pick<User, 'name' | 'email'>, keyword = '') {
  return [name ?? '', email].some((text) => text.toLowerCase().includes(keyword.toLowerCase()))
}
