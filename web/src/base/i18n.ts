// Words. Chinese is the language of the product; a module's words arrive with its pages, not with the entry.
import type { Component } from 'vue'
import { createI18n } from 'vue-i18n'
import base_words from './messages.zh.json'

type Tree = { [key: string]: string | Tree }

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh: base_words as Tree as {} } })

type Words = { default: Tree }
type Page = { default: Component }

// A route's component: page and words are fetched together, and the words are merged before the page is made.
export function lazy_page(page: () => Promise<Page>, words: () => Promise<Words>): () => Promise<Component> {
  return async () => {
    const [loaded, texts] = await Promise.all([page(), words()])
    i18n.global.mergeLocaleMessage('zh', texts.default as {})
    return loaded.default
  }
}

export function t(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}

// The Chinese name of an enumeration's value; `codes.<kind>.<value>` in base/messages.zh.json.
export function code_name(kind: string, value: string | undefined): string {
  return value === undefined ? '' : t(`codes.${kind}.${value}`)
}
