// Money is integer fen everywhere; yuan exist only in text. Digits are moved as text, never through floating point.

// '1,234.56' for 123456.
export function fen_to_yuan(fen: number): string {
  const text = String(Math.abs(fen)).padStart(3, '0')
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${text.slice(-2)}`
}

// '1.5%' for 1500: tax rates are hundred-thousandths.
export function rate_text(rate: number): string {
  return `${Number((rate / 1000).toFixed(3))}%`
}

// undefined when the text is not an amount with at most two decimals below one hundred billion yuan.
export function yuan_to_fen(text: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replace(/[\s,￥¥元]/g, ''))
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

const digits = '零壹贰叁肆伍陆柒捌玖'

function four_digits(group: number): string {
  let text = ''
  let zero = false
  for (const [unit, name] of [[1000, '仟'], [100, '佰'], [10, '拾'], [1, '']] as const) {
    const digit = Math.floor(group / unit) % 10
    if (digit === 0) zero = text !== ''
    else {
      text += (zero ? '零' : '') + digits[digit]! + name
      zero = false
    }
  }
  return text
}

// 大写: 人民币壹佰贰拾万元整. The order of zeros follows 正确填写票据和结算凭证的基本规定.
export function amount_in_words(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) return ''
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor(fen / 10) % 10
  const rest = fen % 10
  let text = ''
  let gap = false
  for (const [unit, name] of [[1e12, '兆'], [1e8, '亿'], [1e4, '万'], [1, '']] as const) {
    const group = Math.floor(yuan / unit) % 10000
    if (group === 0) gap = text !== ''
    else {
      text += (text !== '' && (gap || group < 1000) ? '零' : '') + four_digits(group) + name
      gap = false
    }
  }
  if (text !== '') text += '元'
  if (jiao === 0 && rest === 0) return `人民币${text || '零元'}整`
  if (jiao > 0) text += digits[jiao]! + '角'
  else if (text !== '') text += '零'
  return `人民币${text}${rest > 0 ? digits[rest]! + '分' : ''}`
}
