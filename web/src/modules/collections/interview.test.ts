import { describe, expect, it } from 'vitest'
import type { Question } from './api'
import { first_open, needs_remark, questions_for } from './interview'

const questions: Question[] = [
  { id: 'intent', text: '是否真实意思表示？', answer: 'yes_no', expected: 'yes' },
  { id: 'common', text: '是否共有？', answer: 'yes_no', expected: '', roles: ['mortgagor'] },
  { id: 'else', text: '其他', answer: 'text' },
]
const answer = (question: string) => ({ question, text: '', answer: 'yes', answered_at: '' })

describe('interview', () => {
  it('asks a person what the server names for him, in the order of the item', () => {
    expect(questions_for({ questions: ['else', 'intent', 'common'] }, questions).map((question) => question.id)).toEqual(['intent', 'common', 'else'])
    expect(questions_for({ questions: ['intent', 'else'] }, questions).map((question) => question.id)).toEqual(['intent', 'else'])
  })
  it('wants an explanation for an unexpected answer only', () => {
    expect(needs_remark(questions[0]!, 'no')).toBe(true)
    expect(needs_remark(questions[0]!, 'yes')).toBe(false)
    expect(needs_remark(questions[1]!, 'no')).toBe(false)
    expect(needs_remark(questions[2]!, 'whatever')).toBe(false)
  })
  it('goes on where it stopped', () => {
    expect(first_open({ questions: ['intent', 'common', 'else'], answers: [] }, questions)).toBe(0)
    expect(first_open({ questions: ['intent', 'common', 'else'], answers: [answer('intent')] }, questions)).toBe(1)
    expect(first_open({ questions: ['intent', 'else'], answers: [answer('intent')] }, questions)).toBe(1)
    expect(first_open({ questions: ['intent', 'else'], answers: [answer('intent'), answer('else')] }, questions)).toBe(-1)
  })
})
