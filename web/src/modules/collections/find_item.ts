// Items by what people call them: families in the order of a home's life, and a search that knows everyday words.
import type { ItemSummary } from './api'

export const families = ['notice', 'transfer', 'mortgage', 'change', 'certificate', 'other'] as const
export type Family = (typeof families)[number]

const family_of_code: Record<string, Family> = { YG: 'notice', XF: 'transfer', ZY: 'transfer', DY: 'mortgage', BG: 'change', BZ: 'certificate' }

// What people say at the window and what no item is called.
const everyday: Record<string, string> = {
  'YG-01': '买期房 买预售房 楼花 网签 预售合同 买新房',
  'YG-02': '期房贷款 预售房按揭 买房贷款 银行贷款 房贷',
  'DY-01': '贷款 房贷 按揭 抵押贷款 银行借款 办抵押',
  'DY-02': '改贷款金额 续贷 展期 延期 增加额度',
  'DY-03': '转贷 债权转让 换银行',
  'DY-04': '还清贷款 解押 解除抵押 撤销抵押 结清 消抵押',
  'BG-01': '改名 更名 改名字 身份证号变了 换身份证 公司改名 企业更名',
  'BG-02': '改地址 更址 门牌号变了 路名变了',
  'BZ-01': '证破了 证旧了 换证 破损 污损 换新证',
  'BZ-02': '证丢了 丢证 遗失 补证 找不到证 被盗 烧了',
  'XF-01': '买新房 办房产证 过户 新房办证 商品房',
}

export function family_of(code: string): Family {
  return family_of_code[code.slice(0, 2)] ?? 'other'
}

export function find_items(items: readonly ItemSummary[], typed: string): ItemSummary[] {
  const words = typed.normalize('NFKC').toUpperCase().trim().split(/\s+/).filter((word) => word)
  return items.filter((item) => {
    const text = `${item.code} ${item.name} ${item.summary ?? ''} ${everyday[item.code] ?? ''}`.toUpperCase()
    return words.every((word) => text.includes(word))
  })
}

// What can be chosen comes first, in and among the families.
export function by_family(items: readonly ItemSummary[]): { family: Family; items: ItemSummary[] }[] {
  const open_first = (a: boolean, b: boolean) => Number(b) - Number(a)
  const any_open = (group: { items: ItemSummary[] }) => group.items.some((item) => item.on)
  return families
    .map((family) => ({ family, items: items.filter((item) => family_of(item.code) === family).sort((a, b) => open_first(a.on, b.on)) }))
    .filter((group) => group.items.length > 0)
    .sort((a, b) => open_first(any_open(a), any_open(b)))
}
