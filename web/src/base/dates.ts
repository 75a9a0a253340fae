// Times travel as RFC 3339 UTC and are shown in Beijing time whatever the computer's zone is.
const zone = 'Asia/Shanghai'
const minute = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})
const second = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
})
const short = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})

function show(format: Intl.DateTimeFormat, time: string | undefined): string {
  if (!time) return ''
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? '' : format.format(date).replaceAll('/', '-')
}

export const show_minute = (time?: string): string => show(minute, time)
export const show_second = (time?: string): string => show(second, time)
export const show_short = (time?: string): string => show(short, time)

// '2026-07-01' → '2026年7月1日'.
export function show_date(date?: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '')
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : ''
}

export function show_bytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

// Today in Beijing, '2026-11-24'.
export function china_today(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}
