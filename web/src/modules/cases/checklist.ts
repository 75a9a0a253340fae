// The checklist as lines on the screen: the question, who has judged it, what the machine proposes. Pure.
import type { Case, ChecklistAnswer, Evidence, GivenAnswer, ReviewQuestion } from './api'
import type { Leaf } from './leaves'

export interface ChecklistLine {
  question: ReviewQuestion
  own?: ChecklistAnswer // of the duty that judges now
  others: ChecklistAnswer[]
  asked: boolean // of that duty
}

// Whose checklist it is at this step; a case that waits for neither only shows what was judged.
export function judging_duty(sheet: Pick<Case, 'state'>): 'acceptor' | 'reviewer' | undefined {
  if (sheet.state === 'filed') return 'acceptor'
  return sheet.state === 'accepted' ? 'reviewer' : undefined
}

export function checklist_lines(sheet: Pick<Case, 'state' | 'checklist' | 'answers'>): ChecklistLine[] {
  const duty = judging_duty(sheet)
  return (sheet.checklist ?? []).map((question) => {
    const answers = (sheet.answers ?? []).filter((answer) => answer.question === question.id)
    return {
      question,
      own: answers.find((answer) => answer.duty === duty),
      others: answers.filter((answer) => answer.duty !== duty),
      asked: duty !== undefined && question.duties.includes(duty),
    }
  })
}

// Required questions that nobody of the judging duty has answered.
export function open_count(lines: readonly ChecklistLine[]): number {
  return lines.filter((line) => line.asked && line.question.required && !line.own).length
}

// "Yes" rests on what the machine found if it found the same, else on the page that is on the screen.
export function yes_answer(line: ChecklistLine, leaf: Leaf | undefined): GivenAnswer | undefined {
  const proposal = line.question.proposal
  if (proposal?.answer === 'yes') return { question: line.question.id, answer: 'yes', proposed: true, evidence: proposal.evidence }
  if (!leaf) return undefined
  return { question: line.question.id, answer: 'yes', evidence: [{ kind: 'page', ref: leaf.page, leaf: leaf.leaf }] }
}

// A "no" keeps what the machine found against it.
export function no_answer(line: ChecklistLine, answer: 'no' | 'not_applicable', remark: string): GivenAnswer {
  const proposal = line.question.proposal
  const proposed = answer === 'no' && proposal?.answer === 'no'
  return { question: line.question.id, answer, remark, ...(proposed ? { proposed } : {}), evidence: proposed ? proposal.evidence : [] }
}

// Where somebody looks first: what was answered before, else the proposal.
export function evidence_of(line: ChecklistLine): Evidence[] {
  return line.own?.evidence ?? line.others[0]?.evidence ?? line.question.proposal?.evidence ?? []
}

// What a return may rest on: rules that did not pass and questions answered with no.
export function citable(sheet: Pick<Case, 'checks' | 'checklist' | 'answers'>): { id: string; text: string }[] {
  const rules = sheet.checks.filter((rule) => !rule.passed).map((rule) => ({ id: rule.rule, text: rule.message }))
  const said_no = new Set((sheet.answers ?? []).filter((answer) => answer.answer === 'no').map((answer) => answer.question))
  const questions = (sheet.checklist ?? []).filter((question) => said_no.has(question.id)).map(({ id, text }) => ({ id, text }))
  return [...rules, ...questions]
}
