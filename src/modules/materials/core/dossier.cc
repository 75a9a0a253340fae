#include "modules/materials/core/dossier.h"

#include <algorithm>

namespace tongban {
namespace {

template <class Keep>
std::string joined_names(const Dossier& dossier, const Keep& keep)
{
    std::string names;
    for (const Participant& party : dossier.parties) {
        if (!keep(party.party)) continue;
        if (!names.empty()) names += "、";
        names += party.party.name;
    }
    return names;
}

}  // namespace

const Participant* find_party(const Dossier& dossier, std::string_view id)
{
    const auto found = std::ranges::find_if(dossier.parties, [&](const Participant& p) { return p.party.id == id; });
    return found == dossier.parties.end() ? nullptr : &*found;
}

Participant* find_party(Dossier& dossier, std::string_view id)
{
    const auto found = std::ranges::find_if(dossier.parties, [&](const Participant& p) { return p.party.id == id; });
    return found == dossier.parties.end() ? nullptr : &*found;
}

const Material* find_material(const Dossier& dossier, std::string_view code)
{
    const auto found = std::ranges::find(dossier.materials, code, &Material::code);
    return found == dossier.materials.end() ? nullptr : &*found;
}

Material& material_of(Dossier& dossier, std::string_view code)
{
    const auto found = std::ranges::find(dossier.materials, code, &Material::code);
    if (found != dossier.materials.end()) return *found;
    Material made;
    made.code = code;
    return dossier.materials.emplace_back(std::move(made));
}

PlacedPage find_page(const Dossier& dossier, std::string_view page_id)
{
    for (const Material& material : dossier.materials) {
        for (const MaterialPage& page : material.pages) {
            if (page.id == page_id) return {&material, &page};
        }
    }
    return {};
}

std::string party_names(const Dossier& dossier)
{
    return joined_names(dossier, [](const Party& p) { return p.role != PartyRole::agent; });
}

std::string names_in_role(const Dossier& dossier, PartyRole role)
{
    return joined_names(dossier, [&](const Party& p) { return p.role == role; });
}

FactNames facts_of(const Dossier& dossier)
{
    FactNames facts;
    int mortgagors = 0;
    for (const Participant& participant : dossier.parties) {
        if (participant.party.role == PartyRole::mortgagor) ++mortgagors;
        if (participant.party.role == PartyRole::agent) facts.insert("agent_present");
        if (participant.party.kind == PartyKind::organisation) facts.insert("organisation_party");
    }
    if (mortgagors > 1) facts.insert("co_owners");
    if (dossier.application && dossier.application->mortgage.way == MortgageWay::maximum) facts.insert("maximum");
    return facts;
}

}  // namespace tongban
