// Which questions a person is asked, and which one is next.
import type { Party } from '@/base/api'
import type { Question } from './api'

// Whom a question concerns may hang on the whole case, so the server tells it with the party.
export function questions_for(party: Pick<Party, 'questions'>, questions: readonly Question[]): Question[] {
  return questions.filter((question) => party.questions.includes(question.id))
}

// An answer other than the expected one lets the case go on only with an explanation.
export function needs_remark(question: Question, answer: string): boolean {
  return question.answer === 'yes_no' && Boolean(question.expected) && answer !== question.expected
}

export function first_open(party: Pick<Party, 'questions' | 'answers'>, questions: readonly Question[]): number {
  return questions_for(party, questions).findIndex((question) => !party.answers.some((given) => given.question === question.id))
}
