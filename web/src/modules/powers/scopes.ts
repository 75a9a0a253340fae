// What a power covers: families of items in words, single items by their codes.
import { t } from '@/base/i18n'

export const families = ['DY', 'YG', 'XF', 'BG', 'BZ'] as const
const is_family = (scope: string): boolean => (families as readonly string[]).includes(scope)
export const scope_names = (scopes: readonly string[]): string => scopes.map((scope) => (is_family(scope) ? t(`powers.families.${scope}`) : scope)).join('、')
