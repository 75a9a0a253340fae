#include "flows/package.h"

namespace tongban {

namespace {

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::to_string(code) : registry->name;
}

PlaceNames place_names(const Case& subject, const Catalog& catalog)
{
    PlaceNames names;
    names.of_visit = [&](const std::string& id) {
        const CasePart* part = find_part(subject, id);
        if (part == nullptr) return std::string{};
        return part->channel == VisitChannel::online ? std::string("线上") : registry_name(catalog, part->collecting);
    };
    names.expected = [&](const std::string& expected_at) {
        if (expected_at.empty()) return std::string("任一窗口或线上");
        if (expected_at == "online") return std::string("线上");
        return registry_name(catalog, std::stoi(expected_at));
    };
    return names;
}

}  // namespace

ToldCase told_of(const Case& subject, const Catalog& catalog)
{
    ToldCase told;
    told.number = subject.number;
    told.version = subject.version;
    told.state = to_text(subject.state);
    told.ended = is_final(subject.state);
    if (subject.state == CaseState::supplement) {
        RequestedSupplement asked{subject.supplement->stamp.at, {}};
        for (const SupplementLine& line : subject.supplement->lines) asked.lines.push_back({line.line, line.text});
        told.supplement = std::move(asked);
    }
    for (const CaseProgress& step : subject.timeline) told.progress.push_back({step.at, step.what, step.text, step.by});
    const Result<const Item*> item = catalog.item_version(subject.item, subject.catalog_version);
    if (is_joint(subject) && subject.applied_at != 0 && item) {
        told.board = board_of(subject.dossier, **item, application_day(subject), subject.last_day,
                              place_names(subject, catalog));
    }
    return told;
}

Dossier resealed(Vault& vault, const Dossier& dossier, Agency from, Agency to)
{
    Dossier kept = dossier;
    for (Participant& participant : kept.parties) participant.party = resealed(vault, participant.party, from, to);
    return kept;
}

}  // namespace tongban
