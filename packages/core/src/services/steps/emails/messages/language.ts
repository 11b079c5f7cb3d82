/** The languages mails are written in. */
export type EmailLanguage = 'en' | 'zh-Hans'

const simplifiedChinese = /^zh([-_](hans|cn|sg)([-_].*)?)?$/i

/** Simplified Chinese for its language tags and for plain `zh`, English for everything else. */
export function emailLanguage(tag: string | null): EmailLanguage {
  return tag !== null && simplifiedChinese.test(tag) ? 'zh-Hans' : 'en'
}
