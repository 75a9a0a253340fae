#include "flows/package.h"

namespace tongban {

CaseProgressMessage progress_of(const Case& subject)
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
    return {subject.origin.collection_id, std::move(told)};
}

Dossier resealed(Vault& vault, const Dossier& dossier, Agency from, Agency to)
{
    Dossier kept = dossier;
    for (Participant& participant : kept.parties) participant.party = resealed(vault, participant.party, from, to);
    return kept;
}

}  // namespace tongban
