#include "modules/materials/core/dossier.h"

#include <algorithm>

namespace tongban {
namespace {

// The same day so many years earlier; who was born after it is younger. A 29th of February stays as text, which
// compares rightly: the birthday of such a person is over on the 1st of March (民法典 200–203).
std::string years_before(const std::string& day, int years)
{
    return std::to_string(std::stoi(day.substr(0, 4)) - years) + day.substr(4);
}

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
    return joined_names(dossier, [](const Party& p) { return !p.acts(); });
}

std::string names_in_role(const Dossier& dossier, PartyRole role)
{
    return joined_names(dossier, [&](const Party& p) { return p.role == role; });
}

bool is_asked(const Dossier& dossier, const Party& party)
{
    if (party.kind != PartyKind::person) return false;
    return std::ranges::none_of(dossier.parties, [&](const Participant& other) {
        return other.party.acts() && other.party.represents == party.id;
    });
}

bool is_verified(const Party& party)
{
    return party.place == PartyPlace::here && party.identity && party.identity->result == IdentityOutcome::matched;
}

const std::string& principal_of(const Party& party)
{
    return party.acts() ? party.represents : party.id;
}

std::vector<InterviewQuestion> questions_of(const Dossier& dossier, const Party& party, const Item& item,
                                            const Facts& facts)
{
    std::vector<std::string_view> roles{to_text(party.role)};
    const Party* speaker = &party;
    // The agent of a guardian speaks for the ward, too. Nobody stands twice in such a chain: party_set.
    for (std::size_t links = 0; speaker->acts() && links < dossier.parties.size(); ++links) {
        const Participant* principal = find_party(dossier, speaker->represents);
        if (principal == nullptr) break;
        speaker = &principal->party;
        roles.push_back(to_text(speaker->role));
    }
    return item.questions_for(roles, facts);
}

namespace {

void count_parties(const Dossier& dossier, std::string_view today, Facts& facts)
{
    const auto count = [&](std::string_view name) -> std::int64_t& {
        return std::get<std::int64_t>(facts.try_emplace("count." + std::string(name), std::int64_t{0}).first->second);
    };
    for (const std::string_view each : {"person", "organisation", "minor", "child", "paper_power", "single_guardian"})
        count(each);
    for (const PartyRole role : all_party_roles()) count(to_text(role));
    const std::string day(today);
    const std::string eighteen_years_ago = years_before(day, 18);
    const std::string eight_years_ago = years_before(day, 8);
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        ++count(to_text(party.role));
        // Who cites a standing power hands in no paper: the registry that keeps it has it.
        const bool cites = party.power && party.power->form == PowerForm::standing;
        if (party.role == PartyRole::agent && !cites) ++count("paper_power");
        if (party.acts()) continue;
        ++count(to_text(party.kind));
        if (party.birth_date > eighteen_years_ago) {
            ++count("minor");
            // Both parents are guardians (民法典 27): one alone is told to the registry (H03).
            const auto guardians = std::ranges::count_if(dossier.parties, [&](const Participant& other) {
                return other.party.role == PartyRole::guardian && other.party.represents == party.id;
            });
            if (guardians == 1) ++count("single_guardian");
        }
        if (party.birth_date > eight_years_ago) ++count("child");
    }
}

// A person who gives away a right by an agent signs before registry staff or a notary (实施细则 12).
bool is_witnessed(const AgentPower& power)
{
    switch (power.form) {
    case PowerForm::witnessed:
    case PowerForm::notarised:
    case PowerForm::authenticated:
    case PowerForm::standing: return true;
    case PowerForm::sealed:
    case PowerForm::e_signed: break;
    }
    return false;
}

void judge_powers(const Dossier& dossier, const Item& item, std::string_view today, Facts& facts)
{
    std::int64_t unauthenticated = 0;
    std::int64_t unwitnessed = 0;
    bool expired = false;
    for (const Participant& participant : dossier.parties) {
        const Party& agent = participant.party;
        if (!agent.power) continue;
        expired = expired || is_over(agent.power->until, today);
        if (agent.power->abroad && agent.power->form != PowerForm::authenticated) ++unauthenticated;
        const Participant* principal = find_party(dossier, agent.represents);
        if (principal == nullptr || principal->party.kind != PartyKind::person) continue;
        const RoleRule* rule = item.find_role(to_text(principal->party.role));
        const bool gives = rule != nullptr && rule->side == Side::obligor;
        if (gives && !is_witnessed(*agent.power)) ++unwitnessed;
    }
    facts["power.unauthenticated"] = unauthenticated;
    facts["power.unwitnessed"] = unwitnessed;
    facts["power.expired"] = expired;
}

}  // namespace

Facts facts_of(const Dossier& dossier, const Item& item, std::string_view today)
{
    Facts facts;
    count_parties(dossier, today, facts);
    judge_powers(dossier, item, today, facts);
    for (const ListLine& line : item.lines) {
        const Material* material = find_material(dossier, line.code);
        facts["material." + line.code] =
            material != nullptr && !material->pages.empty() && material->check != FormalCheck::failed;
    }
    if (dossier.application) {
        facts["unit_number"] = dossier.application->unit_number;
        add_field_facts(*dossier.application, item, facts);
    }
    return facts;
}

}  // namespace tongban
