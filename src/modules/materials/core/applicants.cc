#include "modules/materials/core/applicants.h"

#include <algorithm>

namespace tongban {

Applicants applicants_of(const Dossier& dossier, const Item& item)
{
    Applicants applicants;
    applicants.owners_asked = std::ranges::any_of(item.roles, &RoleRule::owner);
    applicants.target_holders_asked = std::ranges::any_of(item.roles, &RoleRule::holder_of_target);
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        if (party.power && !party.power->until.empty() &&
            (applicants.power_until.empty() || party.power->until < applicants.power_until)) {
            applicants.power_until = party.power->until;
        }
        if (party.acts()) continue;
        applicants.all.push_back(party.number_digest);
        applicants.names.push_back(party.name);
        applicants.former.push_back(party.former_digest);
        const RoleRule* rule = item.find_role(to_text(party.role));
        if (rule == nullptr) continue;
        if (rule->owner) applicants.owners.push_back(party.number_digest);
        if (rule->holder_of_target) applicants.target_holders.push_back(party.number_digest);
    }
    if (const FormField* target = item.target_field()) {
        applicants.target_asked = true;
        applicants.target_of = target->of;
        if (dossier.application) applicants.target = dossier.application->text(target->key);
    }
    return applicants;
}

}  // namespace tongban
