#include "flows/entry.h"

#include <algorithm>

namespace tongban {
namespace {

struct Effect {
    std::string_view name;
    MakeEntry make;
};

constexpr Effect effects[] = {
    {"mortgage.enter", enter_mortgage},
    {"mortgage.end",   end_mortgage  },
};

}  // namespace

MakeEntry entry_maker(std::string_view effect)
{
    const auto found = std::ranges::find(effects, effect, &Effect::name);
    return found == std::end(effects) ? nullptr : found->make;
}

const Party* first_in_role(const Dossier& dossier, PartyRole role)
{
    for (const Participant& participant : dossier.parties) {
        if (participant.party.role == role) return &participant.party;
    }
    return nullptr;
}

const RegisteredMortgage& mortgage_named(const RegisterView& unit, const std::string& certificate_number)
{
    const auto found = std::ranges::find_if(unit.mortgages, [&](const RegisteredMortgage& mortgage) {
        return mortgage.status == RightStatus::current && mortgage.certificate_number == certificate_number;
    });
    // The rule on register.target_found has been judged on the same view.
    TONGBAN_ASSERT(found != unit.mortgages.end());
    return *found;
}

}  // namespace tongban
