// Every item × scenario that the tour plays: data, put together from story-steps.mjs. A row that does not play is no row.
//   item, scenario   what ./run tour ITEM SCENARIO names; title says it to people
//   unit             which kind of unit of the demo province; values: the form, from that unit
//   parties          [role, key of a demo person, key of whom he acts for]
//   fee, payer       fen that the notice must ask for, and whose phone pays
//   document         proof, title or none; effect: what the register must show afterwards
import * as s from './story-steps.mjs'
import * as v from './visit-steps.mjs'

const current = (rights, number) => rights.some((r) => r.certificate_number === number && r.state === 'current')
const issued = (sheet) => sheet.certificate.number

// ---------------------------------------------------------------- what each item is, in its plain form

const mortgage = {
  'mortgage.way': 'general', 'mortgage.secured_amount_fen': 90_000_000, 'mortgage.debt_from': '2026-11-01', 'mortgage.debt_to': '2046-10-31',
  'mortgage.transfer_ban': false, 'mortgage.contract_number': '演示抵字2026第0002号',
}
const sale = {
  'sale.contract_number': '演示售字2026第0001号', 'sale.contract_date': '2026-11-01', 'sale.price_fen': 150_000_000,
  'sale.property_kind': 'ordinary', 'sale.co_ownership': 'sole', 'sale.certificates': 1,
}

const items = {
  'YG-01': {
    unit: { state: 'unsold' }, fee: 0, holder: 'buyer',
    values: { 'sale.contract_number': '演示预售2026第0001号', 'sale.contract_date': '2026-11-01', 'sale.price_fen': 150_000_000, 'sale.area': '105.00', 'sale.agreed_notice': true, 'sale.unilateral': false },
    parties: [['seller', 'developer'], ['agent', 'sales', 'developer'], ['buyer', 'buyer']],
    effect: (r, sheet) => r.pre_notices.some((n) => n.kind === 'sale' && n.state === 'current' && n.certificate_number === issued(sheet)),
  },
  'YG-02': {
    unit: { state: 'sale_notice' }, fee: 0, holder: 'owner', values: mortgage,
    parties: [['mortgagor', 'owner'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
    effect: (r, sheet) => r.pre_notices.some((n) => n.kind === 'mortgage' && n.state === 'current' && n.certificate_number === issued(sheet)),
  },
  'DY-01': {
    unit: { state: 'free', owner: 'owner', home: true }, fee: 8000, payer: 'agent', values: mortgage,
    parties: [['mortgagor', 'owner'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
    effect: (r, sheet) => current(r.mortgages, issued(sheet)),
  },
  'DY-02': {
    unit: { state: 'mortgaged' }, fee: 8000, payer: 'agent2',
    values: (unit) => ({ target: unit.proof, 'alteration.secured_amount_fen': 50_000_000, 'alteration.debt_to': '2033-11-14', 'alteration.reason': '提前归还部分借款，展期', 'alteration.hurts_others': false }),
    parties: [['mortgagor', 'owner'], ['mortgagee', 'bank2'], ['agent', 'agent2', 'bank2']],
    effect: (r, sheet, story) => current(r.mortgages, issued(sheet)) && !current(r.mortgages, story.unit.proof)
      && r.mortgages.find((m) => m.certificate_number === issued(sheet)).secured_amount_fen === 50_000_000,
  },
  'DY-03': {
    unit: { state: 'mortgaged' }, fee: 8000, payer: 'agent',
    values: (unit) => ({ target: unit.proof, 'assignment.contract_number': '演示债转2026第0001号', 'assignment.date': '2026-11-20', 'assignment.reason': '债权转让', 'assignment.with_debt': true }),
    parties: [['mortgagee', 'bank2'], ['agent', 'agent2', 'bank2'], ['new_mortgagee', 'bank'], ['agent', 'agent', 'bank']],
    effect: (r, sheet) => r.mortgages.some((m) => m.certificate_number === issued(sheet) && m.mortgagee.includes('演示银行')),
  },
  'DY-04': {
    unit: { state: 'mortgaged' }, fee: 0, document: 'none',
    values: (unit) => ({ target: unit.proof, 'ending.reason': 'settled', 'ending.applied_by': 'mortgagee' }),
    parties: [['mortgagee', 'bank2'], ['agent', 'agent2', 'bank2']],
    effect: (r, _, story) => !current(r.mortgages, story.unit.proof),
  },
  'BG-01': {
    unit: { state: 'free', owner: 'renamed' }, fee: 4000, payer: 'renamed', document: 'title',
    values: (unit) => ({ target: unit.title, 'rename.kind': 'name', 'rename.old_name': '冯旧名', 'rename.new_name': '冯新名', 'rename.reason': '公安机关批准更名' }),
    parties: [['holder', 'renamed']],
    effect: (r, sheet) => r.owners.length === 1 && r.owners[0].name === '冯新名' && r.owners[0].certificate_number === issued(sheet),
  },
  'BG-02': {
    unit: { state: 'free', owner: 'owner', home: true }, fee: 8000, payer: 'owner', document: 'title',
    values: (unit) => ({ 'readdress.new_location': unit.location.replace('演示大街1号', '演示大街100号'), 'readdress.reason': 'place_name', 'readdress.document': '演地名〔2026〕1号' }),
    parties: [['holder', 'owner']],
    effect: (r, sheet) => r.location.includes('演示大街100号') && r.owners[0].certificate_number === issued(sheet),
  },
  'BZ-01': {
    unit: { state: 'free', owner: 'owner', home: true }, fee: 1000, payer: 'owner', document: 'title',
    values: (unit) => ({ target: unit.title, 'replacement.reason': '证书受潮破损' }),
    parties: [['holder', 'owner']],
    effect: (r, sheet, story) => r.owners[0].certificate_number === issued(sheet) && issued(sheet) !== story.unit.title,
  },
  'BZ-02': {
    unit: { state: 'free', owner: 'owner', home: true }, fee: 1000, payer: 'owner', document: 'title',
    values: (unit) => ({ target: unit.title, 'replacement.reason': '搬家时遗失', 'replacement.lost_on': '2026-10-10', 'replacement.statement_from': '2026-10-20' }),
    parties: [['holder', 'owner']],
    effect: (r, sheet, story) => r.owners[0].certificate_number === issued(sheet) && issued(sheet) !== story.unit.title,
  },
  'XF-01': {
    unit: { state: 'unsold' }, fee: 8000, payer: 'buyer', document: 'title', values: sale,
    parties: [['seller', 'developer'], ['agent', 'sales', 'developer'], ['buyer', 'buyer']],
    effect: (r, sheet) => r.owners.length === 1 && r.owners[0].name === '陈购房' && r.owners[0].certificate_number === issued(sheet),
  },
}

// ---------------------------------------------------------------- the table

const rows = []
// `changes` over the item's plain form.
const row = (item, scenario, title, steps, changes = {}) => rows.push({ ...items[item], ...changes, item, scenario, title, steps })
const withTax = [...s.collect, s.accept, s.declareTax, s.approve, s.payFee, s.enterRefused('XF-01-02'), s.payTax, s.enter, s.certificate]

// R4b 持纸质材料到就近窗口: every item.
for (const item of Object.keys(items)) row(item, 'R4b', '持材料到就近窗口，属地登记', item === 'XF-01' ? withTax : s.walkIn)

// The same with other people, rights and places.
row('DY-01', 'R4b-shop', '商铺抵押，登记费 550 元', s.walkIn, {
  unit: { state: 'free', home: false, owner: 'shopkeeper' }, fee: 55000, parties: [['mortgagor', 'shopkeeper'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'R4b-joint', '夫妻共同共有，二人共同抵押', s.walkIn, {
  unit: { state: 'joint' }, parties: [['mortgagor', 'owner'], ['mortgagor', 'spouse'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'R4b-second', '已有抵押的住宅，第二顺位', s.walkIn, {
  unit: { state: 'mortgaged' },
  effect: (r, sheet) => r.mortgages.find((m) => m.certificate_number === issued(sheet)).order === 2,
})
row('DY-01', 'R4b-agent', '抵押人委托代理人办理，本人不到场', [...s.collect, s.accept, s.approve, s.payFee, s.enter, s.certificate], {
  parties: [['mortgagor', 'owner'], ['agent', 'spouse', 'owner'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'R4b-guardian', '未成年人的住宅，监护人代为抵押', s.walkIn, {
  unit: { state: 'minor', owner: 'child' }, parties: [['mortgagor', 'child'], ['guardian', 'guardian', 'child'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'R4b-lender', '向个人借款，抵押权人为自然人', s.walkIn, { payer: 'lender', parties: [['mortgagor', 'owner'], ['mortgagee', 'lender']] })
row('DY-01', 'R4b-permit', '抵押人持港澳台居民居住证', s.walkIn, {
  unit: { state: 'free', owner: 'hongkong' }, parties: [['mortgagor', 'hongkong'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'R4b-old-county', '单元号属于已撤销的莱芜市，由济南市莱芜区登记', s.walkIn, { home: '370116', unit: { state: 'old_county' } })
row('DY-01', 'R4b-qingdao', '在济南的窗口办青岛的住宅', s.walkIn, { home: '370202', window: '370102' })
const byPower = [...s.collect.slice(0, 3), s.powerCited, ...s.collect.slice(3)]
row('DY-01', 'R4b-power', '银行代理人引用已备案的常设委托，不交委托书', [s.filePower('bank', 'agent'), ...byPower, s.accept, s.approve, s.payFee, s.enter, s.certificate])
row('DY-01', 'power-scope', '常设委托不包括抵押权登记，引用被拒绝', [s.filePower('bank', 'agent', { items: ['YG'] }), s.open, s.apply, s.powerRefused('powers.item_out_of_scope'), s.cancel('代理人没有权限')])
row('DY-01', 'power-revoked', '受理后委托单位撤销常设委托，暂停；委托单位重新委托后恢复', [s.filePower('bank', 'agent'), ...byPower, s.accept, s.revokePower, s.isSuspended, s.resume, s.approve, s.payFee, s.enter, s.certificate])
row('DY-04', 'R4b-owner', '所有权人凭抵押权人出具的材料申请注销', s.walkIn, {
  values: (unit) => ({ target: unit.proof, 'ending.reason': 'settled', 'ending.applied_by': 'owner' }), parties: [['mortgagor', 'owner']],
})
row('DY-04', 'R4b-court', '凭人民法院生效文书单方申请注销', s.walkIn, {
  values: (unit) => ({ target: unit.proof, 'ending.reason': 'judgment', 'ending.applied_by': 'court' }), parties: [['mortgagor', 'owner']],
})
row('BG-01', 'R4b-company', '公司变更名称，市场监管有变更记录', s.walkIn, {
  unit: { state: 'free', owner: 'company' }, payer: 'agent', parties: [['holder', 'company'], ['agent', 'agent', 'company']],
  values: (unit) => ({ target: unit.title, 'rename.kind': 'name', 'rename.old_name': '样例贸易有限公司', 'rename.new_name': '样例商贸有限公司', 'rename.reason': '市场监管部门核准变更' }),
  effect: (r) => r.owners[0].name === '样例商贸有限公司',
})
row('BG-01', 'R4b-passport', '外国人持护照，婚后改姓', s.walkIn, {
  unit: { state: 'free', owner: 'foreigner' }, payer: 'foreigner', parties: [['holder', 'foreigner']],
  values: (unit) => ({ target: unit.title, 'rename.kind': 'name', 'rename.old_name': 'SAMPLE MARIA', 'rename.new_name': 'DEMO MARIA', 'rename.reason': '婚后改姓' }),
  effect: (r) => r.owners[0].name === 'DEMO MARIA',
})
row('BG-02', 'R4b-free', '行政区划调整，免收登记费', s.walkIn, {
  fee: 0, holder: 'owner', values: (unit) => ({ ...items['BG-02'].values(unit), 'readdress.reason': 'administrative' }),
})
row('BZ-01', 'R4b-proof', '银行换发破损的抵押登记证明', s.walkIn, {
  unit: { state: 'mortgaged' }, payer: 'agent2', document: 'proof', parties: [['holder', 'bank2'], ['agent', 'agent2', 'bank2']],
  values: (unit) => ({ target: unit.proof, 'replacement.reason': '证明破损' }), effect: (r, sheet) => current(r.mortgages, issued(sheet)),
})
row('YG-01', 'R4b-alone', '开发企业未按约定申请，预购人单方申请', [...s.collect, s.accept, s.approve, s.payFee, s.enter, s.certificate], {
  values: { ...items['YG-01'].values, 'sale.unilateral': true }, parties: [['buyer', 'buyer']],
})
row('XF-01', 'R4b-notice', '已办预告登记的购房人，预告登记转为转移登记', withTax, {
  unit: { state: 'sale_notice' }, payer: 'owner', parties: [['seller', 'developer'], ['agent', 'sales', 'developer'], ['buyer', 'owner']],
  effect: (r) => r.owners[0].name === '王示范' && r.pre_notices.every((n) => n.state !== 'current'),
})
row('XF-01', 'R4b-shares', '二人按份共有，各领一本证书', withTax, {
  fee: 9000, copies: 2, values: { ...sale, 'sale.co_ownership': 'shares', 'sale.shares': '1/3，2/3', 'sale.certificates': 2 },
  parties: [['seller', 'developer'], ['agent', 'sales', 'developer'], ['buyer', 'buyer'], ['buyer', 'buyer2']],
  effect: (r) => r.owners.length === 2 && r.owners[0].share === '1/3' && r.owners[1].share === '2/3',
})

// R4d 全程网办: each party for himself, from his phone.
const afterFiling = [v.isFiled, s.accept, s.approve, s.payFee, s.enter, s.certificate]
for (const item of ['BZ-01', 'BZ-02', 'BG-02']) {
  row(item, 'R4d', '全程网办，本人活体检测', [v.beginOnline('owner', { here: true }), v.verifyOnline, v.handInOnline, ...afterFiling], { holder: 'owner' })
}
row('DY-01', 'R4d', '抵押双方各自在线办理，银行经办人凭核验码参加', [
  v.beginOnline('owner', { here: true }), v.verifyOnline, v.handInOnline, v.waitsForOthers, v.joinOnline('agent'), ...afterFiling,
])
row('DY-04', 'R4d', '抵押权人经办人在线申请注销', [v.beginOnline('agent2', { here: true }), v.verifyOnline, v.handInOnline, ...afterFiling])
row('BG-02', 'R4d-supplement', '全程网办，在线补正', [
  v.beginOnline('owner', { here: true }), v.verifyOnline, v.handInOnline, v.isFiled, s.requestSupplement('M03', '地名证明不清晰'), v.supplementOnline('M03'), ...afterFiling.slice(1),
], { holder: 'owner' })

// R4a 网上申请、就近现场核验, R4e 网上申请、现场确认 (items that the law wants confirmed in person).
const atHall = (first, halls) => [v.beginOnline(first, { here: false }), v.handInOnline, v.waitsForOthers, ...halls.map(([key, agency]) => v.visitHall(key, agency)), ...afterFiling]
row('BZ-01', 'R4a', '网上申请，到就近大厅核验身份后推送属地', atHall('owner', [['owner', '370202']]), { holder: 'owner' })
row('DY-01', 'R4a', '网上申请，抵押双方到不同大厅核验', atHall('owner', [['owner', '370202'], ['agent', '370102']]))
row('YG-01', 'R4e', '网上申请预告登记，购房人和开发企业到大厅确认', [
  v.beginOnline('buyer', { here: true }), v.onlineRefused('buyer', 'collections.on_site_needed'), v.cancelOnline('须到现场确认'),
  ...atHall('buyer', [['buyer', '370202'], ['sales', '370102']]),
])
row('XF-01', 'R4e', '网上申请新建商品房转移登记，到大厅确认', [
  v.beginOnline('buyer', { here: false }), v.handInOnline, v.waitsForOthers, v.visitHall('buyer', '370602'), v.visitHall('sales', '370102'), v.isFiled, ...withTax.slice(s.collect.length),
])

// R4c 各方在不同地方: remote ones first, the home side last.
const jointly = { unit: { state: 'joint' }, parties: [['mortgagor', 'owner'], ['mortgagor', 'spouse'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']] }
const threePlaces = [s.open, s.apply, v.firstVisit(['owner'], { spouse: '370602', bank: '370102', agent: '370102' }), v.verifyThoseHere, s.scanMaterials, v.handIn]
row('DY-01', 'R4c', '夫妻在两地窗口，银行在属地窗口；异地先办，属地最后', [
  ...threePlaces, v.homeSideWaits('agent'), v.visitHall('spouse', '370602'), v.homeSideLast, ...afterFiling,
], jointly)
row('DY-01', 'R4c-online', '一方在窗口，另一方在线参加', [...threePlaces, v.joinOnline('spouse'), v.visitHall('agent', '370102'), ...afterFiling], jointly)
row('DY-01', 'R4c-ended', '对方不来，已提交的一方结束申请', [...threePlaces, v.endByThoseWhoCame], jointly)

// Other endings and turns.
const accepted = [...s.collect, s.accept]
row('DY-01', 'mismatch', '身份核验不一致，不能推送，取消代收', [s.open, s.apply, s.addParties, s.checkIdentities, s.interview, s.scanMaterials, s.pushRefused('collections.incomplete', '身份核验未通过'), s.cancel('当事人核对身份后再来')], {
  parties: [['mortgagor', 'mismatch'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'seized-before', '房屋已被查封，窗口即被规则阻止', [s.open, s.apply, s.addParties, s.checkIdentities, s.interview, s.scanMaterials, s.pushRefused('collections.unit_blocked', 'PRE-03'), s.cancel('房屋已查封')], {
  unit: { state: 'seized' }, parties: [['mortgagor', 'debtor'], ['mortgagee', 'bank'], ['agent', 'agent', 'bank']],
})
row('DY-01', 'supplement', '扫描件不清晰，窗口补正后登记', [...s.collect, s.requestSupplement('M10', '合同第三页不清晰，请重新扫描'), s.supplement('M10'), s.accept, s.approve, s.payFee, s.enter, s.certificate])
row('YG-02', 'supplement', '补正后登记', [...s.collect, s.requestSupplement('M10', '缺少抵押合同附件'), s.supplement('M10'), s.accept, s.approve, s.payFee, s.enter, s.certificate])
row('BG-02', 'not-accepted', '材料不符合法定形式，不予受理', [...s.collect, s.refuseAcceptance({ ground: 'not_in_form', reason: '地名证明未加盖公章' }), s.endsAs('not_accepted')])
row('DY-01', 'elsewhere', '不属于本登记机构管辖，告知有管辖权的机构', [...s.collect, s.refuseAcceptance({ ground: 'outside_territory', reason: '该单元由市中区登记机构管辖', competent: '370103' }), s.endsAs('not_accepted')])
row('BG-01', 'refusal', '审核不予登记', [...accepted, s.refuse({ ground: 'ownership_dispute', reason: '存在尚未解决的权属争议' }), s.endsAs('refused')])
row('DY-01', 'refusal-refund', '缴费后不予登记，登记费退付', [...accepted, s.approve, s.payFee, s.refuse({ ground: 'violates_law', reason: '抵押合同被确认无效' }), s.feeRefundDue, s.endsAs('refused')])
row('DY-01', 'withdrawal', '双方在线申请撤回，准予撤回', [...accepted, s.askWithdrawal('owner', 1), s.withdrawalRefused, s.askWithdrawal('agent', 0), s.withdraw, s.endsAs('withdrawn')])
row('YG-01', 'withdrawal', '购房人和开发企业申请撤回', [...accepted, s.askWithdrawal('buyer', 1), s.withdrawalRefused, s.askWithdrawal('sales', 0), s.withdraw, s.endsAs('withdrawn')])
row('DY-01', 'late-payment', '撤回后才到账的款项列入退付清单', [...accepted, s.approve, s.openPaymentPage, s.askWithdrawal('owner', 1), s.askWithdrawal('agent', 0), s.withdraw, s.payTooLate])
row('DY-01', 'seizure', '审核中收到查封，暂停；解封后恢复并登簿', [...accepted, s.seize, s.isSuspended, s.resumeRefused, s.release, s.resume, s.approve, s.payFee, s.enter, s.certificate])
row('XF-01', 'seizure', '缴费后收到查封，不予登记，税费退还', [...accepted, s.declareTax, s.payTax, s.approve, s.payFee, s.seize, s.isSuspended, s.refuse({ ground: 'violates_law', reason: '房屋已被查封' }), s.feeRefundDue, s.taxRefundDue, s.endsAs('refused')])
row('XF-01', 'tax-refund', '缴税后合同解除，撤回，向税务机关申请退税', [...accepted, s.declareTax, s.payTax, s.askWithdrawal('buyer', 1), s.askWithdrawal('sales', 0), s.withdraw, s.taxRefundDue, s.endsAs('withdrawn')])
row('BG-02', 'suspension', '权属争议，暂停办理后恢复，计时相应停止', [...accepted, s.suspend({ reason: 'dispute', legal: '《不动产登记暂行条例》第二十二条' }), s.resume, s.approve, s.payFee, s.enter, s.certificate])
row('BZ-01', 'extension', '依法延长办理期限', [...accepted, s.extendClock(2), s.approve, s.payFee, s.enter, s.certificate])

export const scenarios = rows
export const findScenario = (item, scenario) => rows.find((r) => r.item === item && r.scenario === scenario)

// Plays one row from beginning to end; whatever does not hold is thrown.
export async function play(instance, cast, part, tell) {
  const story = new s.Story(instance, cast, part, tell)
  for (const step of part.steps) await step(story)
  return story
}
