#include "modules/collections/core/collection_flow.h"

#include <algorithm>

#include "modules/collections/core/collections_problems.h"
#include "modules/materials/core/missing.h"
#include "modules/materials/core/party_set.h"

namespace tongban {
namespace {

using enum CollectionState;
using Events = Result<std::vector<CollectionEvent>>;
namespace command = collection_command;
namespace event = collection_event;

constexpr std::size_t pages_max = 500;
constexpr std::string_view waits_for_parties = "collecting";  // CaseState, as the home registry tells it

constexpr CollectionStep steps[] = {
    {open,       CollectionAction::edit,                    open,       Duty::collector, CollectionNeed::nothing        },
    {open,       CollectionAction::push,                    pushed,     Duty::collector, CollectionNeed::nothing_missing},
    {open,       CollectionAction::cancel,                  cancelled,  Duty::collector, CollectionNeed::nothing        },
    {open,       CollectionAction::take_case_number,        open,       Duty::anyone,    CollectionNeed::message        },
    {open,       CollectionAction::take_progress,           open,       Duty::anyone,    CollectionNeed::message        },
    {open,       CollectionAction::take_supplement_request, open,       Duty::anyone,    CollectionNeed::message        },
    {open,       CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_case_number,        pushed,     Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_receipt,            received,   Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_progress,           received,   Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::end,                     received,   Duty::collector, CollectionNeed::waiting        },
    {received,   CollectionAction::take_case_number,        received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_receipt,            received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_progress,           received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::edit,                    supplement, Duty::collector, CollectionNeed::nothing        },
    {supplement, CollectionAction::push,                    pushed,     Duty::collector, CollectionNeed::nothing_missing},
    {supplement, CollectionAction::take_progress,           received,   Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::take_receipt,            supplement, Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {closed,     CollectionAction::take_receipt,            closed,     Duty::anyone,    CollectionNeed::message        },
    {closed,     CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_case_number,        cancelled,  Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_end,                cancelled,  Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_progress,           cancelled,  Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_supplement_request, cancelled,  Duty::anyone,    CollectionNeed::message        },
};

const CollectionStep* find_step(CollectionState from, CollectionAction action)
{
    const auto found =
        std::ranges::find_if(steps, [&](const CollectionStep& s) { return s.from == from && s.action == action; });
    return found == std::end(steps) ? nullptr : &*found;
}

Events one(CollectionEvent made)
{
    std::vector<CollectionEvent> events;
    events.push_back(std::move(made));
    return events;
}

Error incomplete_error(const std::vector<Missing>& missing)
{
    std::vector<FieldError> fields;
    for (const Missing& line : missing) fields.push_back({line.pointer, line.step, line.text});
    return Error{collections_problem::incomplete, "还有 " + std::to_string(missing.size()) + " 项未完成",
                 std::move(fields)};
}

// Online it is the person himself who does what a clerk does at a window.
Duty duty_of(const CollectionStep& step, VisitChannel channel)
{
    return channel == VisitChannel::online && step.duty == Duty::collector ? Duty::applicant : step.duty;
}

struct Maker {
    const Collection& state;
    const CollectionFacts& facts;
    Stamp stamp;

    Result<const Participant*> participant(const std::string& id) const
    {
        const Participant* found = find_party(state.dossier, id);
        if (found == nullptr) return Error{collections_problem::party_not_found};
        return found;
    }
    Result<const ListLine*> line(const std::string& code) const
    {
        const ListLine* found = facts.item->find_line(code);
        if (found == nullptr || found->generated) return Error{collections_problem::line_not_found};
        return found;
    }
    std::vector<InterviewQuestion> asked_of(const Party& party) const
    {
        return questions_of(
            state.dossier, party, *facts.item,
            visit_facts(state.dossier, *facts.item, capacity_day(state, china_date(facts.now)), other_visits(state)));
    }
    // A role that the item has. Whom an agent speaks for must be there; whether the whole set fits together is asked at
    // the push.
    Result<void> check_place(const Party& party) const
    {
        if (!allows_role(*facts.item, party.role)) {
            return Error{base_problem::invalid_fields,
                         {},
                         {{"/role", "not_a_choice", "本事项没有" + std::string(chinese(party.role))}}};
        }
        if (!party.acts()) return {};
        const Participant* principal = find_party(state.dossier, party.represents);
        if (principal == nullptr || principal->party.role == PartyRole::agent || party.represents == party.id) {
            return Error{base_problem::invalid_fields, {}, {{"/represents", "unknown_party", "请选择所代理的当事人"}}};
        }
        return {};
    }

    // Who takes part was settled by the first visit; a later one may bring other agents of its own party.
    Result<void> check_joined(const Party& party, const Participant* before) const
    {
        if (!state.joined) return {};
        const bool elsewhere = party.place == PartyPlace::elsewhere;
        if (state.joined->purpose == JoinPurpose::materials || elsewhere) {
            return Error{collections_problem::joined_party_fixed};
        }
        if (party.acts()) return {};
        const bool same = before != nullptr && before->party.role == party.role && before->party.kind == party.kind &&
                          before->party.document_type == party.document_type &&
                          before->party.number_digest == party.number_digest;
        return same ? Result<void>{} : Error{collections_problem::joined_party_fixed};
    }
    // Online nobody is asked before he has shown who he is, and nobody but himself (RecordIdentity).
    Result<void> check_present(const Party& party) const
    {
        if (party.place == PartyPlace::elsewhere) return Error{collections_problem::party_elsewhere};
        if (state.channel == VisitChannel::online && !is_verified(party))
            return Error{collections_problem::verify_first};
        return {};
    }
    Result<void> check_document(const Party& party) const
    {
        if (!is_expired(party.valid_until, china_date(facts.now))) return {};
        return Error{
            collections_problem::document_expired,
            {},
            {{"/valid_until", "expired", std::string(chinese(party.document_type)) + "有效期至" + party.valid_until}}};
    }

    Events operator()(const command::Open&) const { throw BrokenInvariant("opening is no step"); }
    Events operator()(const command::Join&) const { throw BrokenInvariant("joining is no step"); }
    Events operator()(const command::SetApplication& c) const
    {
        const bool handed_in = state.delivery && has_parties_elsewhere(state.dossier);
        if (state.joined || handed_in) return Error{collections_problem::application_fixed};
        return one(event::ApplicationSet{stamp, c.application, c.unit});
    }
    Events operator()(const command::AddParty& c) const
    {
        TRY(check_place(c.party));
        TRY(check_joined(c.party, nullptr));
        TRY(check_document(c.party));
        return one(event::PartyAdded{stamp, c.party});
    }
    Events operator()(const command::ChangeParty& c) const
    {
        const Participant* before = TRY(participant(c.party.id));
        TRY(check_place(c.party));
        TRY(check_joined(c.party, before));
        TRY(check_document(c.party));
        return one(event::PartyChanged{stamp, c.party});
    }
    Events operator()(const command::RemoveParty& c) const
    {
        const Participant* removed = TRY(participant(c.party));
        const bool own_agent = removed->party.acts() && state.joined && state.joined->purpose == JoinPurpose::party;
        if (state.joined && !own_agent) return Error{collections_problem::joined_party_fixed};
        return one(event::PartyRemoved{stamp, c.party});
    }
    Events operator()(const command::RecordIdentity& c) const
    {
        const Participant* who = TRY(participant(c.party));
        if (who->party.place == PartyPlace::elsewhere) return Error{collections_problem::party_elsewhere};
        TRY(check_document(who->party));
        if (state.channel == VisitChannel::online && !facts.item->allows(ItemChannel::online) &&
            !(state.joined && state.joined->purpose == JoinPurpose::materials)) {
            return Error{collections_problem::on_site_needed};
        }
        return one(event::IdentityChecked{stamp, c.party, c.check});
    }
    Events operator()(const command::RecordAnswer& c) const
    {
        const Participant* who = TRY(participant(c.party));
        TRY(check_present(who->party));
        const std::vector<InterviewQuestion> questions = asked_of(who->party);
        const auto question = std::ranges::find(questions, c.question, &InterviewQuestion::id);
        if (!is_asked(state.dossier, who->party) || question == questions.end()) {
            return Error{collections_problem::question_not_found};
        }
        if (question->answer == AnswerKind::yes_no && c.answer != "yes" && c.answer != "no") {
            return Error{collections_problem::answer_invalid, {}, {{"/answer", "choice", "请回答“是”或“否”"}}};
        }
        if (c.answer.empty()) {
            return Error{collections_problem::answer_invalid, {}, {{"/answer", "required", "请填写回答"}}};
        }
        return one(event::AnswerRecorded{
            stamp, c.party, InterviewAnswer{c.question, question->text, c.answer, c.remark, facts.now}
        });
    }
    Events operator()(const command::RecordSignature& c) const
    {
        const Participant* who = TRY(participant(c.party));
        TRY(check_present(who->party));
        for (const InterviewQuestion& question : asked_of(who->party)) {
            if (std::ranges::find(who->answers, question.id, &InterviewAnswer::question) == who->answers.end()) {
                return Error{collections_problem::not_interviewed, "还没有询问：" + question.text};
            }
        }
        return one(event::Signed{stamp, c.party, c.digest});
    }
    Events operator()(const command::AddPage& c) const
    {
        TRY(line(c.line));
        const PlacedPage known = find_page(state.dossier, c.page.id);
        if (known.page != nullptr) {
            if (known.material->code != c.line) return Error{collections_problem::page_elsewhere};
            if (known.page->digest == c.page.digest) return std::vector<CollectionEvent>{};
            return one(event::PageAdded{stamp, c.line, c.page, known.page->digest});
        }
        const Material* material = find_material(state.dossier, c.line);
        if (material != nullptr && material->pages.size() >= pages_max) {
            return Error{collections_problem::too_many_pages};
        }
        return one(event::PageAdded{stamp, c.line, c.page, {}});
    }
    Events operator()(const command::ArrangeMaterial& c) const
    {
        const ListLine* listed = TRY(line(c.line));
        if (std::ranges::find(listed->forms, c.form) == listed->forms.end()) {
            return Error{collections_problem::form_not_accepted,
                         {},
                         {{"/form", "not_accepted", listed->title + "不接受" + std::string(chinese(c.form))}}};
        }
        const Material* before = find_material(state.dossier, c.line);
        Material after{c.line, c.form, c.copies, c.check, c.remark, {}};
        for (const command::PlacedLeaf& placed : c.pages) {
            const MaterialPage* page = nullptr;
            if (before != nullptr) {
                const auto found = std::ranges::find(before->pages, placed.id, &MaterialPage::id);
                if (found != before->pages.end()) page = &*found;
            }
            const bool twice = std::ranges::find(after.pages, placed.id, &MaterialPage::id) != after.pages.end();
            if (page == nullptr || twice) return Error{collections_problem::page_not_found};
            after.pages.push_back(*page);
            after.pages.back().rotation = placed.rotation;
        }
        return one(event::MaterialArranged{stamp, std::move(after)});
    }
    Events operator()(const command::Push& c) const
    {
        return one(event::Pushed{stamp, c.message_id, c.package_digest});
    }
    Events operator()(const command::Cancel& c) const { return one(event::Cancelled{stamp, c.reason}); }
    Events operator()(const command::End& c) const { return one(event::EndAsked{stamp, c.reason}); }
    Events operator()(const command::TakeCaseNumber& c) const
    {
        if (state.told.number == c.number) return std::vector<CollectionEvent>{};
        return one(event::CaseNumbered{stamp, c.number});
    }
    Events operator()(const command::TakeReceipt& c) const
    {
        // A receipt of an earlier push, or the same again: nothing new.
        if (!state.delivery || state.delivery->message_id != c.message_id || state.delivery->received_at != 0) {
            return std::vector<CollectionEvent>{};
        }
        return one(event::ReceiptTaken{stamp, c.message_id, c.received_at, c.signature});
    }
    Events operator()(const command::TakeProgress& c) const
    {
        if (c.told.version <= state.told.version) return std::vector<CollectionEvent>{};
        return one(event::ProgressTaken{stamp, c.told});
    }
};

event::Opened opened(const Stamp& stamp, const command::Open& c)
{
    return {stamp, c.agency, c.id, c.number, c.home, c.item, c.catalog_version, c.channel};
}

// At a window by its clerk; online by a person with an account, at the home registry itself.
Result<void> check_opening(const Collection& state, const command::Open& c, const CollectionFacts& facts)
{
    if (state.version != 0) return Error{collections_problem::action_not_allowed};
    const bool online = c.channel == VisitChannel::online;
    const bool by_right =
        facts.actor.agency == c.agency && facts.actor.holds(online ? Duty::applicant : Duty::collector);
    if (!by_right || (online && c.agency != c.home)) return Error{collections_problem::wrong_duty};
    return {};
}

Result<void> check_push(const Collection& state, const command::Push& pushing, const CollectionFacts& facts)
{
    const std::vector<Missing> missing = missing_in(state, *facts.item, china_date(facts.now));
    if (!missing.empty()) return incomplete_error(missing);
    // The home side comes last, when everybody else has been verified (鲁自然资字〔2021〕101号 S12).
    const bool home_side = state.joined && state.joined->purpose == JoinPurpose::party &&
                           state.channel == VisitChannel::window && state.agency == state.home;
    if (home_side) {
        const std::string remote = missing_others(state, true);
        if (!remote.empty()) return Error{collections_problem::remote_first, "尚未核验：" + remote};
    }
    return check_not_blocked(pushing.checks);
}

}  // namespace

std::span<const CollectionStep> collection_steps()
{
    return steps;
}

CollectionAction action_of(const CollectionCommand& given)
{
    struct Name {
        CollectionAction operator()(const command::Open&) const { return CollectionAction::open; }
        CollectionAction operator()(const command::Join&) const { return CollectionAction::open; }
        CollectionAction operator()(const command::SetApplication&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::AddParty&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::ChangeParty&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::RemoveParty&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::RecordIdentity&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::RecordAnswer&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::RecordSignature&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::AddPage&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::ArrangeMaterial&) const { return CollectionAction::edit; }
        CollectionAction operator()(const command::Push&) const { return CollectionAction::push; }
        CollectionAction operator()(const command::Cancel&) const { return CollectionAction::cancel; }
        CollectionAction operator()(const command::End&) const { return CollectionAction::end; }
        CollectionAction operator()(const command::TakeCaseNumber&) const { return CollectionAction::take_case_number; }
        CollectionAction operator()(const command::TakeReceipt&) const { return CollectionAction::take_receipt; }
        CollectionAction operator()(const command::TakeProgress& c) const
        {
            if (c.told.ended) return CollectionAction::take_end;
            if (c.told.supplement) return CollectionAction::take_supplement_request;
            return CollectionAction::take_progress;
        }
    };
    return std::visit(Name{}, given);
}

Result<std::vector<CollectionEvent>> decide(const Collection& state, const CollectionCommand& given,
                                            const CollectionFacts& facts)
{
    const CollectionAction action = action_of(given);
    const Stamp stamp =
        facts.platform ? Stamp{facts.now, "platform", "系统"} : Stamp{facts.now, facts.actor.account, facts.actor.name};
    if (const auto* opening = std::get_if<command::Open>(&given)) {
        TRY(check_opening(state, *opening, facts));
        if (opening->channel == VisitChannel::window && opening->agency == opening->home) {
            return Error{collections_problem::same_registry};
        }
        return one(opened(stamp, *opening));
    }
    if (const auto* joining = std::get_if<command::Join>(&given)) {
        TRY(check_opening(state, joining->opening, facts));
        return one(event::Joined{stamp, opened(stamp, joining->opening), joining->joined, joining->application,
                                 joining->unit, joining->parties, joining->told});
    }
    if (state.version == 0) return Error{collections_problem::not_found};

    // News that we have already got are harmless in any state.
    if (const auto* news = std::get_if<command::TakeProgress>(&given);
        news && news->told.version <= state.told.version) {
        return std::vector<CollectionEvent>{};
    }
    const CollectionStep* step = find_step(state.state, action);
    if (step == nullptr) {
        const bool was_pushed = state.state == pushed || state.state == received;
        if (action == CollectionAction::push && was_pushed) {
            return Error{collections_problem::already_pushed,
                         state.last.name + "已于" + china_date_time(state.delivery->pushed_at) + "推送"};
        }
        return Error{collections_problem::action_not_allowed, "当前为“" + std::string(chinese(state.state)) + "”"}.with(
            "state", std::string(to_text(state.state)));
    }
    if (step->need == CollectionNeed::message) {
        if (!facts.platform) return Error{collections_problem::wrong_duty};
    } else {
        if (facts.platform || facts.actor.agency != state.agency || !facts.actor.holds(duty_of(*step, state.channel))) {
            return Error{collections_problem::wrong_duty};
        }
        TONGBAN_ASSERT(facts.item != nullptr);
    }
    if (step->need == CollectionNeed::waiting && state.told.state != waits_for_parties) {
        return Error{collections_problem::not_waiting};
    }
    if (const auto* pushing = std::get_if<command::Push>(&given)) TRY(check_push(state, *pushing, facts));
    return std::visit(Maker{state, facts, stamp}, given);
}

std::vector<CollectionAction> allowed_actions(const Collection& state, const Actor& actor)
{
    std::vector<CollectionAction> actions;
    for (const CollectionStep& step : steps) {
        if (step.from != state.state || step.need == CollectionNeed::message) continue;
        if (step.need == CollectionNeed::waiting && state.told.state != waits_for_parties) continue;
        if (actor.agency == state.agency && actor.holds(duty_of(step, state.channel)) &&
            actor.account == state.opened.account) {
            actions.push_back(step.action);
        }
    }
    return actions;
}

Result<void> check_version(const Collection& state, std::int64_t seen, CollectionAction action)
{
    if (seen >= state.edited && seen <= state.version) return {};
    if (action == CollectionAction::push && (state.state == pushed || state.state == received)) {
        return Error{collections_problem::already_pushed, "已于" + china_date_time(state.delivery->pushed_at) + "推送"};
    }
    return Error{collections_problem::changed_meanwhile,
                 state.last.name + "于" + china_date_time(state.last.at) + "更新了内容"}
        .with("changed_by", state.last.name)
        .with("changed_at", utc_text(state.last.at))
        .with("last_event", state.last_event)
        .with("version", std::to_string(state.version));
}

Result<void> check_not_blocked(const std::vector<PreviewCheck>& checks)
{
    std::string detail;
    std::string rules;
    std::vector<FieldError> fields;
    for (const PreviewCheck& check : checks) {
        if (check.severity != "block" || check.passed) continue;
        detail += (detail.empty() ? "" : "；") + check.rule + " " + check.message;
        rules += (rules.empty() ? "" : ",") + check.rule;
        fields.push_back({"/application/unit_number", check.rule, check.message + "（" + check.source + "）"});
    }
    if (fields.empty()) return {};
    return Error{collections_problem::unit_blocked, std::move(detail), std::move(fields)}.with("rules",
                                                                                               std::move(rules));
}

}  // namespace tongban
