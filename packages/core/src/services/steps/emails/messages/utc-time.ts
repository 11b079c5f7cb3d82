import type { EmailLanguage } from './language.js'

const forms: Record<EmailLanguage, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  'zh-Hans': new Intl.DateTimeFormat('zh-Hans', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
}

/** A moment in the language's form, such as `24 November 2026 at 09:30 UTC`. */
export function utcTime(at: number, language: EmailLanguage): string {
  const text = forms[language].format(at)
  return language === 'zh-Hans' ? `${text}（UTC）` : `${text} UTC`
}
