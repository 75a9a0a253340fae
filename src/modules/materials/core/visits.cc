#include "modules/materials/core/visits.h"

#include <algorithm>

#include "base/text.h"
#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<VisitChannel, 2> channels{{{
    {VisitChannel::window, "window"},
    {VisitChannel::online, "online"},
}}};

FormalCheck worse(FormalCheck a, FormalCheck b)
{
    if (a == FormalCheck::failed || b == FormalCheck::failed) return FormalCheck::failed;
    if (a == FormalCheck::unchecked || b == FormalCheck::unchecked) return FormalCheck::unchecked;
    return FormalCheck::passed;
}

void merge_parties(Dossier& whole, const Dossier& brought, const std::string& part)
{
    std::erase_if(whole.parties, [&](const Participant& known) {
        return known.part == part && find_party(brought, known.party.id) == nullptr;
    });
    for (const Participant& participant : brought.parties) {
        Participant* known = find_party(whole, participant.party.id);
        const bool here = participant.party.place == PartyPlace::here;
        if (known != nullptr && !here) continue;  // who was verified elsewhere meanwhile stays so
        Participant kept = participant;
        kept.part = here ? part : std::string{};
        if (known == nullptr) {
            whole.parties.push_back(std::move(kept));
        } else {
            *known = std::move(kept);
        }
    }
}

void merge_materials(Dossier& whole, const Dossier& brought, const std::string& part)
{
    for (Material& material : whole.materials) {
        std::erase_if(material.pages, [&](const MaterialPage& page) { return page.part == part; });
    }
    for (const Material& material : brought.materials) {
        if (material.pages.empty()) continue;
        Material& known = material_of(whole, material.code);
        if (known.pages.empty()) {
            known = material;
            known.pages.clear();
        } else {
            known.check = worse(known.check, material.check);
            known.copies = std::max(known.copies, material.copies);
            if (!material.remark.empty()) known.remark += (known.remark.empty() ? "" : "；") + material.remark;
        }
        for (MaterialPage page : material.pages) {
            page.part = part;
            known.pages.push_back(std::move(page));
        }
    }
    std::erase_if(whole.materials, [](const Material& material) { return material.pages.empty(); });
}

// Without blanks and punctuation of either width.
std::string core_of(std::string_view answer)
{
    const std::string plain = half_width(answer);
    std::string kept;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t from = at;
        const char32_t c = next_character(plain, at);
        const bool sign = c == U' ' || c == U',' || c == U'.' || c == U';' || c == U':' || c == U'\u3002' ||
                          c == U'\u3001' || c == U'!';
        if (!sign) kept += plain.substr(from, at - from);
    }
    return kept;
}

}  // namespace

std::string_view to_text(VisitChannel channel)
{
    return channels.text(channel);
}

bool has_parties_elsewhere(const Dossier& dossier)
{
    return std::ranges::any_of(dossier.parties,
                               [](const Participant& p) { return p.party.place == PartyPlace::elsewhere; });
}

Dossier brought_by(Dossier dossier, const std::string& part)
{
    for (Participant& participant : dossier.parties) {
        participant.part = participant.party.place == PartyPlace::here ? part : std::string{};
    }
    for (Material& material : dossier.materials) {
        for (MaterialPage& page : material.pages) page.part = part;
    }
    return dossier;
}

Dossier merged(const Dossier& whole, const Dossier& brought, const std::string& part)
{
    Dossier made = whole;
    if (!made.application) made.application = brought.application;
    merge_parties(made, brought, part);
    merge_materials(made, brought, part);
    return made;
}

bool same_answer(std::string_view a, std::string_view b)
{
    return core_of(a) == core_of(b);
}

std::vector<AnswerDifference> answer_differences(const Dossier& dossier, const Item& item)
{
    std::vector<AnswerDifference> differences;
    for (const InterviewQuestion& question : item.questions) {
        if (!question.shared) continue;
        AnswerDifference difference{question.id, question.text, {}};
        bool differs = false;
        for (const Participant& participant : dossier.parties) {
            const auto given = std::ranges::find(participant.answers, question.id, &InterviewAnswer::question);
            if (given == participant.answers.end()) continue;
            differs = differs ||
                      (!difference.answers.empty() && !same_answer(given->answer, difference.answers.front().answer));
            difference.answers.push_back({participant.party.id, participant.party.name, given->answer});
        }
        if (differs) differences.push_back(std::move(difference));
    }
    return differences;
}

Board board_of(const Dossier& dossier, const Item& item, const std::string& applied_on, const std::string& last_day,
               const PlaceNames& places)
{
    Board board{applied_on, last_day, {}, {}, {}};
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        const bool verified = is_verified(party);
        board.parties.push_back({party.id, masked_name(party.name), std::string(to_text(party.role)), verified,
                                 verified ? places.of_visit(participant.part) : places.expected(party.expected_at),
                                 verified ? std::string{} : party.expected_at});
    }
    const Facts facts = facts_of(dossier, item, applied_on);
    for (const ListLine& line : item.lines) {
        const Material* material = find_material(dossier, line.code);
        const bool there = material != nullptr && !material->pages.empty();
        if (!there && required_now(line, facts)) board.missing_lines.push_back({line.code, line.title});
    }
    for (const AnswerDifference& difference : answer_differences(dossier, item)) {
        board.differences.push_back({difference.question, difference.text});
    }
    return board;
}

}  // namespace tongban
