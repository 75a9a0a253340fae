// Random people at random visits: fresh sittings and joined ones, at windows and online. Whatever they try, nothing is
// pushed while something is missing, nobody elsewhere is verified or signs here, who joined stays who he is, and the
// journal alone says the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iostream>
#include <random>

#include "base/record.h"
#include "modules/collections/core/collection_flow.h"

namespace tongban {
namespace {

namespace command = collection_command;

constexpr Agency home = 370102;
constexpr Agency window = 370202;
constexpr Millis start = 1795413909000;

const Item& item()
{
    static const Item made = [] {
        Item it;
        it.code = "YG-01";
        it.channels = {ItemChannel::window, ItemChannel::online};
        RoleRule buyer;
        buyer.role = "buyer";
        it.roles = {buyer};
        ListLine contract;
        contract.code = "M09";
        contract.forms = {MaterialForm::original};
        it.lines = {contract};
        it.questions = {
            {"intent", "真实意思？", AnswerKind::yes_no, "yes", {}, {}}
        };
        return it;
    }();
    return made;
}

Party person(int which, bool here)
{
    Party made;
    made.id = "p-" + std::to_string(which);
    made.name = made.id;
    made.number_digest = made.id;
    made.phone_sealed = "sealed";
    made.birth_date = "1980-01-01";
    made.role = PartyRole::buyer;
    made.place = here ? PartyPlace::here : PartyPlace::elsewhere;
    return made;
}

struct Attempt {
    int what = 0;
    int who = 0;
    bool here = true;
    bool flag = false;
    int actor = 0;  // the right one, another account's duty, another registry, a message
};

std::vector<Attempt> random_attempts()
{
    const auto one = rc::gen::build<Attempt>(rc::gen::set(&Attempt::what, rc::gen::inRange(0, 14)),
                                             rc::gen::set(&Attempt::who, rc::gen::inRange(0, 3)),
                                             rc::gen::set(&Attempt::here, rc::gen::element(true, true, false)),
                                             rc::gen::set(&Attempt::flag, rc::gen::arbitrary<bool>()),
                                             rc::gen::set(&Attempt::actor, rc::gen::element(0, 0, 0, 0, 1, 2, 3)));
    return *rc::gen::container<std::vector<Attempt>>(60, one);
}

ToldCase told(std::int64_t version, const std::string& state, bool all_verified)
{
    ToldCase known;
    known.number = "TB37010220261123000001";
    known.version = version;
    known.state = state;
    Board board;
    board.applied_on = china_date(start);
    for (int i = 0; i < 3; ++i) {
        board.parties.push_back({"p-" + std::to_string(i), "*", "buyer", all_verified, "", "370203"});
    }
    known.board = board;
    return known;
}

CollectionCommand command_of(const Attempt& attempt, std::int64_t version)
{
    const std::string id = "p-" + std::to_string(attempt.who);
    MaterialPage page;
    page.id = "page";
    page.digest = attempt.flag ? "a" : "b";
    switch (attempt.what) {
    case 0:
        return command::SetApplication{
            Application{"370102001001GB00001F00010001", {}},
            {                              }
        };
    case 1: return command::AddParty{person(attempt.who, attempt.here)};
    case 2: return command::ChangeParty{person(attempt.who, attempt.here)};
    case 3: return command::RemoveParty{id};
    case 4: {
        IdentityCheck check;
        check.result = attempt.flag ? IdentityOutcome::matched : IdentityOutcome::mismatched;
        return command::RecordIdentity{id, check};
    }
    case 5:
    case 6: return command::RecordAnswer{id, "intent", "yes", {}};
    case 7: return command::RecordSignature{id, "digest"};
    case 8: return command::AddPage{"M09", page};
    case 9: return command::ArrangeMaterial{"M09", MaterialForm::original, 1, FormalCheck::passed, {}, {{"page", 0}}};
    case 10: return command::Push{"m", "d", {}};
    case 11: return command::TakeProgress{told(version + 1, attempt.flag ? "collecting" : "filed", attempt.here)};
    case 12: return command::TakeReceipt{"m", start, "s"};
    default: return command::End{"r"};
    }
}

void check_a_life(VisitChannel channel, bool joined)
{
    const Agency agency = channel == VisitChannel::online ? home : window;
    Collection state;
    std::vector<std::pair<std::string, std::string>> journal;
    const auto take = [&](const CollectionCommand& given, const CollectionFacts& facts) {
        const auto events = decide(state, given, facts);
        if (!events) return false;
        for (const CollectionEvent& event : *events) {
            journal.emplace_back(record_type(event), record_body(event));
            state = tongban::apply(std::move(state), event);
        }
        return true;
    };
    CollectionFacts facts;
    facts.now = start;
    facts.item = &item();
    facts.actor = {.account = "w",
                   .name = "w",
                   .agency = agency,
                   .duties = {channel == VisitChannel::online ? Duty::applicant : Duty::collector},
                   .case_number = {},
                   .party = {}};
    const Actor right = facts.actor;
    const command::Open opening{"id", "DS", agency, home, "YG-01", "v1", channel};
    if (joined) {
        JoinedCase by;
        by.party = "p-0";
        by.applied_on = china_date(start);
        by.counts.push_back(CountFact{"count.buyer", 3});
        by.lines.push_back(LineThere{"M09", 1});
        command::Join joining;
        joining.opening = opening;
        joining.joined = by;
        joining.application = Application{"370102001001GB00001F00010001", {}};
        joining.parties.push_back(person(0, true));
        joining.told = told(1, "collecting", false);
        RC_ASSERT(take(joining, facts));
    } else {
        RC_ASSERT(take(opening, facts));
    }
    for (const Attempt& attempt : random_attempts()) {
        facts.actor = right;
        facts.platform = attempt.actor == 3 || attempt.what == 11 || attempt.what == 12;
        if (attempt.actor == 1) facts.actor.duties = {Duty::acceptor};
        if (attempt.actor == 2) facts.actor.agency = 370203;
        // The ids are ours to choose only once.
        if (attempt.what == 1 && find_party(state.dossier, "p-" + std::to_string(attempt.who)) != nullptr) continue;
        const Collection before = state;
        if (!take(command_of(attempt, state.told.version), facts)) {
            RC_ASSERT(record_text(before) == record_text(state));
            continue;
        }
        if (attempt.what == 10) {
            RC_ASSERT(missing_in(before, item(), china_date(start)).empty());
            RC_ASSERT(attempt.actor == 0);
        }
        if (attempt.what >= 4 && attempt.what <= 7) {
            const Participant* asked = find_party(before.dossier, "p-" + std::to_string(attempt.who));
            RC_ASSERT(asked != nullptr && asked->party.place == PartyPlace::here);
            if (channel == VisitChannel::online && attempt.what != 4) RC_ASSERT(is_verified(asked->party));
        }
        for (const Participant& one : state.dossier.parties) {
            if (one.party.place == PartyPlace::elsewhere) RC_ASSERT(!one.party.identity && !one.signature);
        }
        if (joined) RC_ASSERT(state.dossier.parties.size() == 1U && state.dossier.parties[0].party.id == "p-0");
    }
    Collection folded;
    for (const auto& [type, body] : journal)
        folded = tongban::apply(std::move(folded), event_from<CollectionEvent>(type, body));
    RC_ASSERT(record_text(folded) == record_text(state));
    RC_CLASSIFY(state.delivery.has_value(), "pushed");
}

TEST(CollectionProperties, NothingIsPushedWhileSomethingIsMissing)
{
    const std::uint64_t fresh = std::random_device{}();
    std::cout << "fresh seed " << fresh << '\n';
    for (const std::uint64_t seed : {std::uint64_t{1}, std::uint64_t{20261128}, fresh}) {
        for (const VisitChannel channel : {VisitChannel::window, VisitChannel::online}) {
            for (const bool joined : {false, true}) {
                rc::detail::TestParams params;
                params.seed = seed;
                params.maxSuccess = 12;
                rc::detail::TestMetadata metadata;
                metadata.id = "collection";
                const auto result = rc::detail::checkTestable([&] { check_a_life(channel, joined); }, metadata, params);
                std::ostringstream said;
                rc::detail::printResultMessage(result, said);
                EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << "seed " << seed << '\n' << said.str();
            }
        }
    }
}

}  // namespace
}  // namespace tongban
