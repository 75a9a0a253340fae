import { describe, expect, it } from 'vitest'
import { by_family, find_items } from './find_item'

const item = (code: string, name: string, summary = '') => ({ code, name, on: true, summary })
const items = [
  item('YG-02', '预购商品房抵押权预告登记'), item('DY-01', '不动产抵押权首次登记', '用房屋等不动产为借款等债务作担保的'), item('DY-04', '不动产抵押权注销登记', '债务已经还清的'),
  item('BG-01', '权利人姓名（名称）、证件变更登记（更名）'), item('BZ-02', '补发不动产权证书（证明）'), item('XF-01', '新建商品房转移登记'), item('QT-01', '别的'),
]
const found = (typed: string) => find_items(items, typed).map((one) => one.code)

describe('finding an item', () => {
  it.each([
    ['贷款', ['YG-02', 'DY-01', 'DY-04']],
    ['还清', ['DY-04']],
    ['改名', ['BG-01']],
    ['证丢了', ['BZ-02']],
    ['dy-0', ['DY-01', 'DY-04']],
    ['抵押权 注销', ['DY-04']],
    ['担保', ['DY-01']],
    ['没有这种事', []],
  ])('%s → %s', (typed, codes) => expect(found(typed)).toEqual(codes))
  it('shows all while nothing is typed', () => expect(found(' ')).toHaveLength(items.length))
})

it('offers first what is open', () => {
  const some_off = items.map((one) => ({ ...one, on: one.code === 'DY-04' || one.code === 'BZ-02' }))
  expect(by_family(some_off).map((group) => group.items.map((one) => one.code).join(' '))).toEqual(['DY-04 DY-01', 'BZ-02', 'YG-02', 'XF-01', 'BG-01', 'QT-01'])
})

it('puts families in the order of a home’s life, unknown codes last', () => {
  expect(by_family(items).map((group) => [group.family, group.items.length])).toEqual([['notice', 1], ['transfer', 1], ['mortgage', 2], ['change', 1], ['certificate', 1], ['other', 1]])
})
