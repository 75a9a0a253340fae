import { describe, expect, it } from 'vitest'
import { amount_in_words, fen_to_yuan, yuan_to_fen } from './money'

describe('money', () => {
  it.each([
    [0, '0.00'],
    [8000, '80.00'],
    [123456789, '1,234,567.89'],
    [-5, '-0.05'],
  ])('%d fen are %s yuan', (fen, yuan) => expect(fen_to_yuan(fen)).toBe(yuan))

  it.each([
    ['80', 8000],
    ['1,200,000', 120000000],
    ['0.5', 50],
    ['１２.３４', 1234],
    ['1.005', undefined],
    ['-3', undefined],
    ['abc', undefined],
    ['', undefined],
  ])('%s yuan are %s fen', (yuan, fen) => expect(yuan_to_fen(yuan)).toBe(fen))

  it.each([
    [0, '人民币零元整'],
    [8000, '人民币捌拾元整'],
    [120000000, '人民币壹佰贰拾万元整'],
    [10000, '人民币壹佰元整'],
    [100000, '人民币壹仟元整'],
    [100500, '人民币壹仟零伍元整'],
    [1000500, '人民币壹万零伍元整'],
    [10050000, '人民币壹拾万零伍佰元整'],
    [12345678900, '人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元整'],
    [10000000000, '人民币壹亿元整'],
    [10000000100, '人民币壹亿零壹元整'],
    [1601, '人民币壹拾陆元零壹分'],
    [1650, '人民币壹拾陆元伍角'],
    [5, '人民币伍分'],
  ])('%d fen are %s', (fen, words) => expect(amount_in_words(fen)).toBe(words))
})
