import type { EmailLanguage } from './language.js'

/** The built-in roles' names. */
const chinese: Readonly<Record<string, string>> = {
  Owner: '所有者',
  Admin: '管理员',
  Editor: '编辑者',
  'Dataset operator': '数据集操作员',
  Member: '成员',
  Viewer: '查看者',
}

/** A role's name in the language; a role of the host's own has one name only. */
export function roleName(name: string, language: EmailLanguage): string {
  const translated = language === 'zh-Hans' && Object.hasOwn(chinese, name) ? chinese[name] : undefined
  return translated ?? name
}
