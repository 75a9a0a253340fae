// apply(): each event into the state of the sitting.
#include <algorithm>

#include "base/record.h"
#include "modules/collections/core/collection_flow.h"

namespace tongban {
namespace {

namespace event = collection_event;

struct Applier {
    Collection& state;

    Participant& who(const std::string& id) const
    {
        Participant* found = find_party(state.dossier, id);
        TONGBAN_ASSERT(found != nullptr);
        return *found;
    }

    void operator()(const event::Opened& e) const
    {
        state.agency = e.agency;
        state.id = e.id;
        state.number = e.number;
        state.home = e.home;
        state.item = e.item;
        state.catalog_version = e.catalog_version;
        state.opened = e.stamp;
        state.channel = e.channel;
        state.state = CollectionState::open;
    }
    void operator()(const event::Joined& e) const
    {
        (*this)(e.opening);
        state.joined = e.joined;
        state.dossier.application = e.application;
        state.unit = e.unit;
        for (const Party& party : e.parties) state.dossier.parties.push_back({party, {}, {}});
        state.told = e.told;
    }
    void operator()(const event::ApplicationSet& e) const
    {
        // What was signed is about this unit and this mortgage.
        const bool other =
            state.dossier.application && record_text(*state.dossier.application) != record_text(e.application);
        if (other) {
            for (Participant& participant : state.dossier.parties) participant.signature.reset();
        }
        state.dossier.application = e.application;
        state.unit = e.unit;
    }
    void operator()(const event::PartyAdded& e) const { state.dossier.parties.push_back({e.party, {}, {}}); }
    void operator()(const event::PartyChanged& e) const
    {
        Participant& changed = who(e.party.id);
        // Somebody else was asked and signed: the interview belongs to name and number.
        const bool same = changed.party.name == e.party.name && changed.party.number_digest == e.party.number_digest &&
                          changed.party.role == e.party.role;
        const bool speaks_for_the_same = changed.party.represents == e.party.represents;
        const bool marks_in_the_same_way = changed.party.assistance == e.party.assistance;
        changed.party = e.party;
        if (!speaks_for_the_same || !marks_in_the_same_way) changed.signature.reset();
        const bool leaves = changed.party.place == PartyPlace::elsewhere;
        if (!same || leaves) {
            changed.answers.clear();
            changed.signature.reset();
        }
        if (leaves) changed.party.identity.reset();  // he will be verified where he goes
    }
    void operator()(const event::PartyRemoved& e) const
    {
        std::erase_if(state.dossier.parties, [&](const Participant& p) { return p.party.id == e.party; });
    }
    void operator()(const event::IdentityChecked& e) const { who(e.party).party.identity = e.check; }
    void operator()(const event::AnswerRecorded& e) const
    {
        Participant& asked = who(e.party);
        const auto known = std::ranges::find(asked.answers, e.answer.question, &InterviewAnswer::question);
        if (known == asked.answers.end()) {
            asked.answers.push_back(e.answer);
        } else {
            *known = e.answer;
        }
        asked.signature.reset();  // it was over other answers
    }
    void operator()(const event::Signed& e) const { who(e.party).signature = DrawnMark{e.digest, e.stamp.at}; }
    void operator()(const event::PageAdded& e) const
    {
        Material& material = material_of(state.dossier, e.line);
        const auto known = std::ranges::find(material.pages, e.page.id, &MaterialPage::id);
        if (known == material.pages.end()) {
            material.pages.push_back(e.page);
        } else {
            *known = e.page;
        }
        material.check = FormalCheck::unchecked;  // what was checked were other pages
    }
    void operator()(const event::MaterialArranged& e) const
    {
        material_of(state.dossier, e.material.code) = e.material;
    }
    void operator()(const event::Pushed& e) const
    {
        state.delivery = Delivery{e.message_id, e.package_digest, e.stamp.at, 0, {}};
        state.state = CollectionState::pushed;
    }
    void operator()(const event::Cancelled& e) const
    {
        state.cancel_reason = e.reason;
        state.state = CollectionState::cancelled;
    }
    void operator()(const event::EndAsked&) const {}
    void operator()(const event::CaseNumbered& e) const { state.told.number = e.number; }
    void operator()(const event::ReceiptTaken& e) const
    {
        state.delivery->received_at = e.received_at;
        state.delivery->receipt_signature = e.signature;
        if (state.state == CollectionState::pushed) state.state = CollectionState::received;
    }
    void operator()(const event::ProgressTaken& e) const
    {
        const std::string number = e.told.number.empty() ? state.told.number : e.told.number;
        state.told = e.told;
        state.told.number = number;
        switch (state.state) {
        case CollectionState::open:
            if (e.told.ended) state.state = CollectionState::closed;
            return;
        case CollectionState::closed:
        case CollectionState::cancelled: return;
        case CollectionState::pushed:
        case CollectionState::received:
        case CollectionState::supplement: break;
        }
        if (e.told.ended) {
            state.state = CollectionState::closed;
        } else if (e.told.supplement) {
            state.state = CollectionState::supplement;
        } else if (state.state == CollectionState::pushed || state.state == CollectionState::supplement) {
            // Of a supplement: another visit gave what was asked for.
            state.state = CollectionState::received;
        }
    }
};

}  // namespace

Collection apply(Collection state, const CollectionEvent& given)
{
    std::visit(Applier{state}, given);
    std::visit([&](const auto& e) { state.last = e.stamp; }, given);
    state.last_event = std::visit([](const auto& e) { return std::string(e.type); }, given);
    ++state.version;
    const bool told = std::holds_alternative<event::CaseNumbered>(given) ||
                      std::holds_alternative<event::ReceiptTaken>(given) ||
                      std::holds_alternative<event::ProgressTaken>(given);
    if (!told) state.edited = state.version;
    return state;
}

}  // namespace tongban
