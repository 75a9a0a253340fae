#include "modules/collections/core/collection.h"

#include <algorithm>

#include "base/text_table.h"

namespace tongban {
namespace {

using enum CollectionState;

constexpr TextTable<CollectionState, 6> states{{{
    {open, "open"},
    {pushed, "pushed"},
    {received, "received"},
    {supplement, "supplement"},
    {closed, "closed"},
    {cancelled, "cancelled"},
}}};

constexpr TextTable<CollectionState, 6> state_names{{{
    {open, "代收中"},
    {pushed, "已推送"},
    {received, "属地已接收"},
    {supplement, "待补正"},
    {closed, "已办结"},
    {cancelled, "已取消"},
}}};

constexpr TextTable<JoinPurpose, 2> purposes{{{
    {JoinPurpose::party, "party"},
    {JoinPurpose::materials, "materials"},
}}};

constexpr TextTable<CollectionAction, 10> actions{{{
    {CollectionAction::open, "open"},
    {CollectionAction::edit, "edit"},
    {CollectionAction::push, "push"},
    {CollectionAction::cancel, "cancel"},
    {CollectionAction::end, "end"},
    {CollectionAction::take_case_number, "take_case_number"},
    {CollectionAction::take_receipt, "take_receipt"},
    {CollectionAction::take_progress, "take_progress"},
    {CollectionAction::take_supplement_request, "take_supplement_request"},
    {CollectionAction::take_end, "take_end"},
}}};

}  // namespace

std::string_view to_text(CollectionState state)
{
    return states.text(state);
}
std::string_view to_text(CollectionAction action)
{
    return actions.text(action);
}
std::string_view chinese(CollectionState state)
{
    return state_names.text(state);
}
std::string_view to_text(JoinPurpose purpose)
{
    return purposes.text(purpose);
}

namespace {

template <class Keep>
std::string names_of_missing(const Collection& sitting, const Keep& keep)
{
    std::string names;
    if (!sitting.told.board) return names;
    for (const BoardParty& party : sitting.told.board->parties) {
        if (party.verified || find_party(sitting.dossier, party.id) != nullptr || !keep(party)) continue;
        const PartyRole* role = find_party_role(party.role);
        names += (names.empty() ? "" : "、") + party.name;
        if (role != nullptr) names += "（" + std::string(chinese(*role)) + "）";
    }
    return names;
}

}  // namespace

std::string missing_others(const Collection& sitting, bool only_remote)
{
    const std::string home = std::to_string(sitting.home);
    return names_of_missing(sitting,
                            [&](const BoardParty& party) { return !only_remote || party.expected_at != home; });
}

OtherVisits other_visits(const Collection& sitting)
{
    OtherVisits others;
    if (!sitting.joined) {
        others.last = !has_parties_elsewhere(sitting.dossier);
        return others;
    }
    others.joined = true;
    others.last = missing_others(sitting, false).empty();
    for (const LineThere& line : sitting.joined->lines) others.lines_there.push_back(line.line);
    others.materials_only = sitting.joined->purpose == JoinPurpose::materials;
    others.only_lines = sitting.joined->requested;
    for (const CountFact& count : sitting.joined->counts) others.counts[count.name] = count.value;
    return others;
}

std::string capacity_day(const Collection& sitting, std::string_view today)
{
    return sitting.joined ? sitting.joined->applied_on : std::string(today);
}

std::vector<Missing> missing_in(const Collection& sitting, const Item& item, std::string_view today)
{
    const OtherVisits others = other_visits(sitting);
    if (!others.joined && others.last) return missing_of(sitting.dossier, item, today);
    return missing_here(sitting.dossier, item, capacity_day(sitting, today), others);
}

const CollectionState* find_collection_state(std::string_view text)
{
    return states.find(text);
}

}  // namespace tongban
