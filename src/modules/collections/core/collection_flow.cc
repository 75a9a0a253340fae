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

constexpr CollectionStep steps[] = {
    {open,       CollectionAction::edit,                    open,       Duty::collector, CollectionNeed::nothing        },
    {open,       CollectionAction::push,                    pushed,     Duty::collector, CollectionNeed::nothing_missing},
    {open,       CollectionAction::cancel,                  cancelled,  Duty::collector, CollectionNeed::nothing        },
    {open,       CollectionAction::take_case_number,        open,       Duty::anyone,    CollectionNeed::message        },
    {open,       CollectionAction::take_progress,           open,       Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_case_number,        pushed,     Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_receipt,            received,   Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_progress,           received,   Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {pushed,     CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_case_number,        received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_receipt,            received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_progress,           received,   Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {received,   CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::edit,                    supplement, Duty::collector, CollectionNeed::nothing        },
    {supplement, CollectionAction::push,                    pushed,     Duty::collector, CollectionNeed::nothing_missing},
    {supplement, CollectionAction::take_receipt,            supplement, Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::take_supplement_request, supplement, Duty::anyone,    CollectionNeed::message        },
    {supplement, CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {closed,     CollectionAction::take_receipt,            closed,     Duty::anyone,    CollectionNeed::message        },
    {closed,     CollectionAction::take_end,                closed,     Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_case_number,        cancelled,  Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_end,                cancelled,  Duty::anyone,    CollectionNeed::message        },
    {cancelled,  CollectionAction::take_progress,           cancelled,  Duty::anyone,    CollectionNeed::message        },
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
        return questions_of(state.dossier, party, *facts.item,
                            facts_of(state.dossier, *facts.item, china_date(facts.now)));
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

    Events operator()(const command::Open&) const { throw BrokenInvariant("opening is no step"); }
    Events operator()(const command::SetApplication& c) const
    {
        return one(event::ApplicationSet{stamp, c.application, c.unit});
    }
    Events operator()(const command::AddParty& c) const
    {
        TRY(check_place(c.party));
        return one(event::PartyAdded{stamp, c.party});
    }
    Events operator()(const command::ChangeParty& c) const
    {
        TRY(participant(c.party.id));
        TRY(check_place(c.party));
        return one(event::PartyChanged{stamp, c.party});
    }
    Events operator()(const command::RemoveParty& c) const
    {
        TRY(participant(c.party));
        return one(event::PartyRemoved{stamp, c.party});
    }
    Events operator()(const command::RecordIdentity& c) const
    {
        TRY(participant(c.party));
        return one(event::IdentityChecked{stamp, c.party, c.check});
    }
    Events operator()(const command::RecordAnswer& c) const
    {
        const Participant* who = TRY(participant(c.party));
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

}  // namespace

std::span<const CollectionStep> collection_steps()
{
    return steps;
}

CollectionAction action_of(const CollectionCommand& given)
{
    struct Name {
        CollectionAction operator()(const command::Open&) const { return CollectionAction::open; }
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
        if (state.version != 0) return Error{collections_problem::action_not_allowed};
        if (facts.actor.agency != opening->agency || !facts.actor.holds(Duty::collector)) {
            return Error{collections_problem::wrong_duty};
        }
        if (opening->agency == opening->home) return Error{collections_problem::same_registry};
        return one(event::Opened{stamp, opening->agency, opening->id, opening->number, opening->home, opening->item,
                                 opening->catalog_version});
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
        if (facts.platform || facts.actor.agency != state.agency || !facts.actor.holds(step->duty)) {
            return Error{collections_problem::wrong_duty};
        }
        TONGBAN_ASSERT(facts.item != nullptr);
    }
    if (const auto* pushing = std::get_if<command::Push>(&given)) {
        const std::vector<Missing> missing = missing_of(state.dossier, *facts.item, china_date(facts.now));
        if (!missing.empty()) return incomplete_error(missing);
        TRY(check_not_blocked(pushing->checks));
    }
    return std::visit(Maker{state, facts, stamp}, given);
}

std::vector<CollectionAction> allowed_actions(const Collection& state, const Actor& actor)
{
    std::vector<CollectionAction> actions;
    for (const CollectionStep& step : steps) {
        if (step.from != state.state || step.need == CollectionNeed::message) continue;
        if (actor.agency == state.agency && actor.holds(step.duty) && actor.account == state.opened.account) {
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
