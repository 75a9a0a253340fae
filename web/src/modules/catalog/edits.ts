// The list as a person edits it: the province's lines with what is different here, and lines of one's own. Only what
// differs is sent.
import type { Editor, EditorLine, LineEdit, ListEdits, QuestionEdit } from './api'

export type LineState = 'same' | 'changed' | 'added' | 'dropped'
export interface EditedLine {
  line: Required<LineEdit>
  base?: EditorLine // of the province; without it the line is one's own
  dropped: boolean
}

const keys = ['requirement', 'when', 'when_text', 'sharing', 'remark'] as const

function copy(line: LineEdit): Required<LineEdit> {
  return {
    code: line.code, title: line.title ?? '', requirement: line.requirement, when: line.when ?? '', when_text: line.when_text ?? '',
    forms: [...line.forms], sharing: line.sharing ?? '', remark: line.remark ?? '',
  }
}

export function edited_lines(editor: Pick<Editor, 'base'>, edits: ListEdits): EditedLine[] {
  const of = (code: string) => edits.lines.find((line) => line.code === code)
  const lines: EditedLine[] = editor.base.lines.map((base) => ({
    base,
    line: { ...copy(of(base.code) ?? base), title: base.title ?? '' },
    dropped: edits.dropped.includes(base.code),
  }))
  for (const line of edits.lines) if (!editor.base.lines.some((base) => base.code === line.code)) lines.push({ line: copy(line), dropped: false })
  return lines
}

export function state_of(one: EditedLine): LineState {
  if (!one.base) return 'added'
  if (one.dropped) return 'dropped'
  const same = keys.every((key) => (one.line[key] ?? '') === (one.base![key] ?? '')) && one.line.forms.join() === one.base.forms.join()
  return same ? 'same' : 'changed'
}

// A condition belongs to conditional lines alone; left-overs of another requirement are not sent.
export function edits_of(base: string, lines: readonly EditedLine[], more: Partial<ListEdits>): ListEdits {
  return {
    base,
    lines: lines.filter((one) => ['changed', 'added'].includes(state_of(one))).map((one) => {
      const line = copy(one.line)
      if (line.requirement !== 'conditional') Object.assign(line, { when: '', when_text: '' })
      return line
    }),
    dropped: lines.filter((one) => state_of(one) === 'dropped').map((one) => one.line.code),
    questions: (more.questions ?? []).map((question: QuestionEdit) => ({ ...question })),
    promised_working_days: more.promised_working_days ?? null,
    applies_to_running: more.applies_to_running ?? '',
    contact: more.contact ?? {},
  }
}

// L01, L02 …: the first that no line has.
export function next_code(lines: readonly EditedLine[], letter = 'L'): string {
  for (let n = 1; ; n++) {
    const code = `${letter}${String(n).padStart(2, '0')}`
    if (!lines.some((one) => one.line.code === code)) return code
  }
}

// "20261201-370102-1:42: when: is not a known fact" → line 42 of the text.
export function fault_line(fault: string): number | undefined {
  const found = /^[0-9-]+:(\d+): /.exec(fault)
  return found ? Number(found[1]) : undefined
}
// The code of the list line that line 42 of the text belongs to.
export function code_at(text: string, line: number): string | undefined {
  const rows = text.split('\n')
  let start = line - 1
  while (start >= 0 && !/^\s*\[\[/.test(rows[start]!)) start--
  for (let at = Math.max(start, 0); at < rows.length && (at === start || !/^\s*\[/.test(rows[at]!)); at++) {
    const found = /^\s*(?:code|id) = ['"](.+)['"]/.exec(rows[at]!)
    if (found) return found[1]
  }
  return undefined
}
