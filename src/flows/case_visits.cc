#include "flows/case_visits.h"

#include <algorithm>

#include "base/text.h"
#include "modules/collections/core/collections_problems.h"

namespace tongban {
namespace {

bool takes_visits(const Case& subject)
{
    return subject.state == CaseState::collecting || subject.state == CaseState::supplement;
}

// The party and whoever acts for it.
std::vector<const Participant*> group_of(const Dossier& dossier, const std::string& principal)
{
    std::vector<const Participant*> group;
    for (const Participant& participant : dossier.parties) {
        if (principal_of(participant.party) == principal) group.push_back(&participant);
    }
    return group;
}

JoinPurpose purpose_of(const Case& subject, const std::vector<const Participant*>& group)
{
    const bool all_in = std::ranges::all_of(group, [](const Participant* p) { return is_verified(p->party); });
    return subject.state == CaseState::supplement || all_in ? JoinPurpose::materials : JoinPurpose::party;
}

// As the visit is to see him: to be verified here. Whoever only hands in is identified, and an organisation speaks
// through its agents.
std::vector<Party> parties_for(Vault& vault, const std::vector<const Participant*>& group, JoinPurpose purpose,
                               Agency home, Agency visitor)
{
    const bool has_agents = std::ranges::any_of(group, [](const Participant* p) { return p->party.acts(); });
    std::vector<Party> parties;
    for (const Participant* participant : group) {
        const bool speaks = participant->party.kind == PartyKind::person || !has_agents;
        if (purpose == JoinPurpose::materials && !speaks) continue;
        if (purpose == JoinPurpose::party && is_verified(participant->party)) continue;
        Party party = resealed(vault, participant->party, home, visitor);
        party.place = PartyPlace::here;
        party.expected_at.clear();
        party.identity.reset();
        party.from_reader = false;
        party.valid_until.clear();
        parties.push_back(std::move(party));
    }
    return parties;
}

std::vector<std::string> lines_to_bring(const Case& subject, const ToldCase& told)
{
    std::vector<std::string> lines;
    if (subject.state == CaseState::supplement && subject.supplement) {
        for (const SupplementLine& line : subject.supplement->lines) {
            if (!line.line.empty()) lines.push_back(line.line);
        }
    } else if (told.board) {
        for (const BoardLine& line : told.board->missing_lines) lines.push_back(line.code);
    }
    return lines;
}

std::vector<EarlierAnswer> earlier_answers(const Dossier& dossier, const Item& item)
{
    std::vector<EarlierAnswer> answers;
    for (const Participant& participant : dossier.parties) {
        for (const InterviewAnswer& given : participant.answers) {
            const auto question = std::ranges::find(item.questions, given.question, &InterviewQuestion::id);
            if (question == item.questions.end() || !question->shared) continue;
            answers.push_back({given.question, given.text, given.answer, masked_name(participant.party.name)});
        }
    }
    return answers;
}

}  // namespace

JoinAnswer CaseVisits::answer_for(const Case& subject, const Item& item, const std::string& party,
                                  const JoinQuestion& asked, Agency visitor)
{
    const std::vector<const Participant*> group = group_of(subject.dossier, party);
    JoinAnswer answer;
    answer.item = subject.item;
    answer.catalog_version = subject.catalog_version;
    answer.ticket = parts_.codes.ticket(subject.agency, subject.number, party, visitor);
    answer.application = subject.dossier.application;
    answer.told = told_of(subject, parts_.catalog);
    JoinedCase& joined = answer.joined;
    joined.purpose = purpose_of(subject, group);
    joined.party = party;
    joined.applied_on = application_day(subject);
    for (const auto& [name, value] : facts_of(subject.dossier, item, joined.applied_on)) {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number != nullptr && name.starts_with("count.")) joined.counts.push_back({name, *number});
    }
    for (const Material& material : subject.dossier.materials) {
        const auto pages = static_cast<int>(material.pages.size());
        if (pages > 0) joined.lines.push_back({material.code, pages});
    }
    if (joined.purpose == JoinPurpose::materials) joined.requested = lines_to_bring(subject, answer.told);
    const bool compares = asked.channel == VisitChannel::window && joined.purpose == JoinPurpose::party;
    if (compares) joined.earlier = earlier_answers(subject.dossier, item);
    answer.parties = parties_for(parts_.vault, group, joined.purpose, subject.agency, visitor);
    return answer;
}

Result<std::string> CaseVisits::join(const Message& question)
{
    const JoinQuestion asked = TRY(read_message<JoinQuestion>(question));
    const std::string today = china_date(parts_.clock.now());
    std::optional<std::string> party;
    TRY(parts_.database.write(question.to, [&](Sql& sql) -> Result<void> {
        party = parts_.codes.check(sql, question.to, asked.case_number, asked.code, today);
        return {};
    }));
    if (!party) return Error{collections_problem::join_refused};
    std::string text;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Case subject = TRY(parts_.cases.load(sql, question.to, asked.case_number));
        if (!takes_visits(subject)) return Error{collections_problem::join_refused};
        const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
        text = record_text(answer_for(subject, *item, *party, asked, question.from));
        return {};
    }));
    return text;
}

Result<std::string> CaseVisits::renew_code(const Message& question)
{
    const CodeQuestion asked = TRY(read_message<CodeQuestion>(question));
    const Millis now = parts_.clock.now();
    CodeAnswer answer;
    TRY(parts_.database.write(question.to, [&](Sql& sql) -> Result<void> {
        const std::optional<Case> subject = parts_.cases.find_by_collection(sql, question.to, asked.collection_id);
        if (!subject || !takes_visits(*subject)) return Error{collections_problem::not_waiting};
        const CasePart& part = *find_part(*subject, asked.collection_id);
        if (part.collecting != question.from || part.state != PartState::pushed) {
            return Error{collections_problem::not_waiting};
        }
        const Participant* named = find_party(subject->dossier, asked.party);
        if (named == nullptr) return Error{collections_problem::party_not_found};
        const std::string principal = principal_of(named->party);
        const auto made = CaseCodes::made_at(sql, question.to, subject->number, principal);
        if (made && now - *made < CaseCodes::again_after) return Error{collections_problem::code_too_soon};
        const CalledParty called = parts_.steps.call_party(sql, *subject, principal, now);
        const bool own = named->part == asked.collection_id || named->part.empty();
        answer = {subject->number, asked.party,  own ? named->party.name : masked_name(named->party.name),
                  called.code,     called.until, called.sent_to};
        return {};
    }));
    return record_text(answer);
}

Result<void> CaseVisits::open_part(Sql& sql, const Message& message)
{
    const PartOpenMessage asked = TRY(read_message<PartOpenMessage>(message));
    const std::string ticket = parts_.codes.ticket(message.to, asked.case_number, asked.party, message.from);
    if (!equal_in_constant_time(ticket, asked.ticket)) return Error{exchange_problem::body_wrong, "没有核验码"};
    const Case subject = TRY(parts_.cases.load(sql, message.to, asked.case_number));
    // It ended in this very moment: the visit learns of it by the progress it was opened with.
    if (is_final(subject.state)) return {};
    const Millis now = parts_.clock.now();
    const CaseOrigin visit{message.from, asked.collection_id, asked.collection_number, asked.clerk, asked.channel};
    TRY(parts_.steps.take(sql, subject, case_command::OpenPart{part_of(visit, now)}, platform_facts(now)));
    return {};
}

Result<void> CaseVisits::end_case(Sql& sql, const Message& message)
{
    const CaseEndMessage asked = TRY(read_message<CaseEndMessage>(message));
    const std::optional<Case> subject = parts_.cases.find_by_collection(sql, message.to, asked.collection_id);
    if (!subject || find_part(*subject, asked.collection_id)->collecting != message.from) {
        return Error{exchange_problem::body_wrong, "办件尚未建立"};
    }
    // The last part was faster: the application is whole and goes its way.
    if (subject->state != CaseState::collecting) return {};
    TRY(parts_.steps.take(sql, *subject, case_command::EndCollecting{asked.collection_id, asked.reason},
                          platform_facts(parts_.clock.now())));
    return {};
}

void add_visit_handlers(Exchange& exchange, CaseVisits& flow)
{
    exchange.handle(std::string(message_kind::part_open),
                    [&flow](Sql& sql, const Message& message) { return flow.open_part(sql, message); });
    exchange.handle(std::string(message_kind::case_end),
                    [&flow](Sql& sql, const Message& message) { return flow.end_case(sql, message); });
    exchange.answer(std::string(message_kind::case_join),
                    [&flow](const Message& question) { return flow.join(question); });
    exchange.answer(std::string(message_kind::case_code),
                    [&flow](const Message& question) { return flow.renew_code(question); });
}

}  // namespace tongban
