#include "flows/register_facts.h"

#include <algorithm>

namespace tongban {

RegisterFacts register_facts(const RegisterView& unit, std::span<const std::string> mortgagor_digests)
{
    RegisterFacts facts;
    facts.found = unit.found;
    if (!unit.found) return facts;
    facts.current = unit.status == RightStatus::current;
    facts.locked = unit.locked;
    for (const RegisteredSeizure& seizure : unit.seizures) {
        if (is_waiting(seizure.kind))
            ++facts.waiting_seizures;
        else
            ++facts.seizures;
    }
    for (const RegisteredMortgage& mortgage : unit.mortgages) {
        if (mortgage.status != RightStatus::current) continue;
        ++facts.mortgages;
        if (mortgage.transfer_ban) ++facts.transfer_bans;
    }
    facts.owners_known = !mortgagor_digests.empty();
    facts.mortgagors_are_owners = std::ranges::all_of(mortgagor_digests, [&](const std::string& digest) {
        return std::ranges::find(unit.owners, digest, &RegisteredOwner::number_digest) != unit.owners.end();
    });
    facts.all_owners_apply = std::ranges::all_of(unit.owners, [&](const RegisteredOwner& owner) {
        return std::ranges::find(mortgagor_digests, owner.number_digest) != mortgagor_digests.end();
    });
    return facts;
}

std::vector<std::string> mortgagor_digests(const Dossier& dossier)
{
    std::vector<std::string> digests;
    for (const Participant& participant : dossier.parties) {
        if (participant.party.role == PartyRole::mortgagor) digests.push_back(participant.party.number_digest);
    }
    return digests;
}

std::vector<RuleResult> judge_case(const Case& subject, const RegisterView& unit)
{
    return judge(register_facts(unit, mortgagor_digests(subject.dossier)));
}

}  // namespace tongban
