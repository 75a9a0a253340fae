// The people and homes of the demo province that a story is played with. Every unit is used once per instance, so that
// stories played one after the other do not meet on the same flat.
import { demoPeople } from './story.mjs'

export class Cast {
  constructor(people) {
    this.people = people
    this.taken = new Set()
  }
  static async of(instance) { return new Cast(await demoPeople(instance)) }

  // A person or organisation by its key in src/sandbox/demo_people.cc.
  who(key) {
    const found = this.people[key]
    if (!found?.number) throw new Error(`the demo province has nobody called ${key}`)
    return { key, kind: found.sex ? 'person' : 'organisation', document_type: found.document_type ?? 'credit_code', ...found }
  }

  // Leaves out what other stories on the same instance use; the last units are taken first.
  leaving(...units) {
    for (const unit of units) this.taken.add(unit)
    this.people = { ...this.people, all_units: [...this.people.all_units].reverse() }
    return this
  }

  // wanted: {state, owner, home, agency}; what is left out does not matter.
  unit(wanted) {
    const wish = { agency: '370102', ...wanted }
    const fits = (unit) => Object.entries(wish).every(([key, value]) => String(unit[key]) === String(value))
    const found = this.people.all_units.find((unit) => fits(unit) && !this.taken.has(unit.unit_number))
    if (!found) throw new Error(`the demo province has no unused unit like ${JSON.stringify(wish)}`)
    this.taken.add(found.unit_number)
    return found
  }
}
