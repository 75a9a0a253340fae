#include "modules/collections/core/collection_flow.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/record.h"
#include "modules/collections/core/collections_problems.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace command = collection_command;

constexpr Agency shinan = 370202;
constexpr Agency lixia = 370102;

const Item& item()
{
    static const Item made = [] {
        Item it;
        it.code = "DY-01";
        it.version = "v1";
        ListLine contract;
        contract.code = "M10";
        contract.title = "合同";
        contract.forms = {MaterialForm::original};
        ListLine form;
        form.code = "M01";
        form.generated = true;
        it.lines = {contract, form};
        it.questions = {
            {"intent", "真实意思？", AnswerKind::yes_no, "yes", {}, {}}
        };
        RoleRule mortgagor;
        mortgagor.role = "mortgagor";
        mortgagor.side = Side::obligor;
        RoleRule mortgagee;
        mortgagee.role = "mortgagee";
        it.roles = {mortgagor, mortgagee};
        FormField amount;
        amount.key = "mortgage.secured_amount_fen";
        amount.label = "数额";
        amount.kind = FieldKind::money;
        it.fields = {amount};
        return it;
    }();
    return made;
}

Actor clerk(Agency agency = shinan, std::vector<Duty> duties = {Duty::collector})
{
    return {.account = "w1",
            .name = "周代收",
            .agency = agency,
            .duties = std::move(duties),
            .case_number = {},
            .party = {}};
}

CollectionFacts by(const Actor& actor)
{
    CollectionFacts facts;
    facts.actor = actor;
    facts.now = 1795413909000;
    facts.item = &item();
    return facts;
}
CollectionFacts message()
{
    CollectionFacts facts;
    facts.platform = true;
    facts.now = 1795413909000;
    return facts;
}

Collection fold(Collection state, const CollectionCommand& given, const CollectionFacts& facts)
{
    const auto events = decide(state, given, facts);
    if (!events) throw BrokenInvariant(std::string(events.error().code()));
    for (const CollectionEvent& event : *events) {
        const auto again = event_from<CollectionEvent>(record_type(event), record_body(event));
        state = tongban::apply(std::move(state), again);
    }
    return state;
}
std::string code_of(const Collection& state, const CollectionCommand& given, const CollectionFacts& facts)
{
    const auto events = decide(state, given, facts);
    return events ? "ok" : std::string(events.error().code());
}

Party party(const std::string& id, PartyRole role, PartyKind kind = PartyKind::person)
{
    Party made;
    made.id = id;
    made.role = role;
    made.kind = kind;
    made.name = id;
    made.number_digest = "digest-" + id;
    made.document_type = kind == PartyKind::person ? DocumentType::citizen_card : DocumentType::credit_code;
    return made;
}

MaterialPage page(const std::string& id, const std::string& digest = "d1")
{
    MaterialPage made;
    made.id = id;
    made.digest = digest;
    made.name = "a.png";
    return made;
}

Collection opened()
{
    return fold({}, command::Open{"c", "DS1", shinan, lixia, "DY-01", "v1"}, by(clerk()));
}

Application application()
{
    Application made;
    made.unit_number = "370102001001GB00001F00010001";
    made.values = {
        {"mortgage.secured_amount_fen", "1"}
    };
    return made;
}

Collection complete()
{
    Collection state = fold(opened(), command::SetApplication{application(), {}}, by(clerk()));
    for (const auto& [id, role] : {
             std::pair{"a", PartyRole::mortgagor},
             std::pair{"b", PartyRole::mortgagee}
    }) {
        state = fold(state, command::AddParty{party(id, role)}, by(clerk()));
        IdentityCheck check;
        check.result = IdentityOutcome::matched;
        state = fold(state, command::RecordIdentity{id, check}, by(clerk()));
        state = fold(state, command::RecordAnswer{id, "intent", "yes", ""}, by(clerk()));
        state = fold(state, command::RecordSignature{id, "png"}, by(clerk()));
    }
    state = fold(state, command::AddPage{"M10", page("p1")}, by(clerk()));
    return fold(state,
                command::ArrangeMaterial{"M10", MaterialForm::original, 1, FormalCheck::passed, "", {{"p1", 90}}},
                by(clerk()));
}

command::TakeProgress told(std::int64_t version, const std::string& state, bool ended = false, bool supplement = false)
{
    ToldCase news;
    news.number = "TB1";
    news.version = version;
    news.state = state;
    news.ended = ended;
    if (supplement) news.supplement = RequestedSupplement{1, {{"M10", "缺页"}}};
    return {news};
}

Collection pushed()
{
    return fold(complete(), command::Push{"m1", "digest", {}}, by(clerk()));
}

Collection in_state(CollectionState state)
{
    switch (state) {
    case CollectionState::open: return complete();
    case CollectionState::pushed: return pushed();
    case CollectionState::received:
        return fold(fold(pushed(), command::TakeReceipt{"m1", 5, "s"}, message()), told(2, "collecting"), message());
    case CollectionState::supplement: return fold(pushed(), told(3, "supplement", false, true), message());
    case CollectionState::closed: return fold(pushed(), told(3, "registered", true), message());
    case CollectionState::cancelled: return fold(complete(), command::Cancel{"r"}, by(clerk()));
    }
    throw BrokenInvariant("state");
}

CollectionCommand command_of(CollectionAction action)
{
    switch (action) {
    case CollectionAction::open: return command::Open{"x", "DS2", shinan, lixia, "DY-01", "v1"};
    case CollectionAction::edit: return command::SetApplication{application(), {}};
    case CollectionAction::push: return command::Push{"m2", "digest", {}};
    case CollectionAction::cancel: return command::Cancel{"r"};
    case CollectionAction::end: return command::End{"r"};
    case CollectionAction::take_case_number: return command::TakeCaseNumber{"TB9"};
    case CollectionAction::take_receipt: return command::TakeReceipt{"m1", 5, "s"};
    case CollectionAction::take_progress: return told(9, "accepted");
    case CollectionAction::take_supplement_request: return told(9, "supplement", false, true);
    case CollectionAction::take_end: return told(9, "registered", true);
    }
    throw BrokenInvariant("action");
}

constexpr CollectionState all_states[] = {CollectionState::open,     CollectionState::pushed,
                                          CollectionState::received, CollectionState::supplement,
                                          CollectionState::closed,   CollectionState::cancelled};
constexpr CollectionAction all_actions[] = {CollectionAction::edit,
                                            CollectionAction::push,
                                            CollectionAction::cancel,
                                            CollectionAction::end,
                                            CollectionAction::take_case_number,
                                            CollectionAction::take_receipt,
                                            CollectionAction::take_progress,
                                            CollectionAction::take_supplement_request,
                                            CollectionAction::take_end};

TEST(CollectionFlow, FollowsTheTableInEveryStateAndAction)
{
    for (const CollectionState from : all_states) {
        const Collection before = in_state(from);
        ASSERT_EQ(before.state, from);
        for (const CollectionAction action : all_actions) {
            const CollectionStep* listed = nullptr;
            for (const CollectionStep& step : collection_steps()) {
                if (step.from == from && step.action == action) listed = &step;
            }
            SCOPED_TRACE(std::string(to_text(from)) + " " + std::string(to_text(action)));
            const bool of_message = action >= CollectionAction::take_case_number;
            const CollectionFacts right = of_message ? message() : by(clerk());
            if (listed == nullptr) {
                const bool again = action == CollectionAction::push &&
                                   (from == CollectionState::pushed || from == CollectionState::received);
                EXPECT_EQ(code_of(before, command_of(action), right),
                          again ? "collections.already_pushed" : "collections.action_not_allowed");
                continue;
            }
            EXPECT_EQ(fold(before, command_of(action), right).state, listed->to);
            EXPECT_EQ(code_of(before, command_of(action), of_message ? by(clerk()) : message()),
                      "collections.wrong_duty");
            if (of_message) continue;
            EXPECT_EQ(code_of(before, command_of(action), by(clerk(lixia))), "collections.wrong_duty");
            EXPECT_EQ(code_of(before, command_of(action), by(clerk(shinan, {Duty::acceptor}))),
                      "collections.wrong_duty");
        }
    }
}

// One row for every refusal of an edit.
TEST(CollectionFlow, RefusesWithAReason)
{
    const Collection open = complete();
    const CollectionFacts facts = by(clerk());
    EXPECT_EQ(code_of({}, command::Open{"c", "DS1", shinan, shinan, "DY-01", "v1"}, facts),
              "collections.same_registry");
    EXPECT_EQ(code_of({}, command::Cancel{"r"}, facts), "collections.not_found");
    EXPECT_EQ(code_of(open, command::RemoveParty{"z"}, facts), "collections.party_not_found");
    Party agent = party("g", PartyRole::agent);
    agent.represents = "z";
    EXPECT_EQ(code_of(open, command::AddParty{agent}, facts), "base.invalid_fields");
    EXPECT_EQ(code_of(open, command::RecordAnswer{"a", "other", "yes", ""}, facts), "collections.question_not_found");
    EXPECT_EQ(code_of(open, command::RecordAnswer{"a", "intent", "maybe", ""}, facts), "collections.answer_invalid");
    const Collection unasked = fold(open, command::AddParty{party("n", PartyRole::mortgagor)}, facts);
    EXPECT_EQ(code_of(unasked, command::RecordSignature{"n", "png"}, facts), "collections.not_interviewed");
    EXPECT_EQ(code_of(open, command::AddPage{"M99", page("p2")}, facts), "collections.line_not_found");
    EXPECT_EQ(code_of(open, command::AddPage{"M01", page("p2")}, facts), "collections.line_not_found");
    const auto arrange = [](MaterialForm form, std::vector<command::PlacedLeaf> pages) {
        return command::ArrangeMaterial{"M10", form, 1, FormalCheck::passed, "", std::move(pages)};
    };
    EXPECT_EQ(code_of(open,
                      arrange(MaterialForm::copy,
                              {
                                  {"p1", 0}
    }),
                      facts),
              "collections.form_not_accepted");
    EXPECT_EQ(code_of(open,
                      arrange(MaterialForm::original,
                              {
                                  {"p9", 0}
    }),
                      facts),
              "collections.page_not_found");
    EXPECT_EQ(code_of(open,
                      arrange(MaterialForm::original,
                              {
                                  {"p1", 0},
                                  {"p1", 0}
    }),
                      facts),
              "collections.page_not_found");
    EXPECT_EQ(code_of(open, command::Push{"m", "d", {{"PRE-03", "block", false, "查封", "条例"}}}, facts),
              "collections.unit_blocked");
    EXPECT_EQ(code_of(unasked, command::Push{"m", "d", {}}, facts), "collections.incomplete");
    EXPECT_EQ(code_of(open, command::Push{"m", "d", {{"PRE-08", "confirm", false, "在先抵押", ""}}}, facts), "ok");
}

TEST(CollectionFlow, TakesTheSamePageOnceAndKeepsTheReplacedOneInItsEvent)
{
    const auto again = decide(complete(), command::AddPage{"M10", page("p1")}, by(clerk()));
    EXPECT_THAT(again.value(), IsEmpty());
    const auto other = decide(complete(), command::AddPage{"M10", page("p1", "d2")}, by(clerk()));
    ASSERT_EQ(other.value().size(), 1U);
    EXPECT_EQ(std::get<collection_event::PageAdded>(other.value()[0]).replaced, "d1");
    // What was checked were other pages.
    const Collection now = fold(complete(), command::AddPage{"M10", page("p1", "d2")}, by(clerk()));
    EXPECT_EQ(find_material(now.dossier, "M10")->check, FormalCheck::unchecked);
}

TEST(CollectionFlow, VoidsSignatureAndInterviewWithWhatTheyWereAbout)
{
    const Collection asked_again = fold(complete(), command::RecordAnswer{"a", "intent", "yes", "想过"}, by(clerk()));
    EXPECT_FALSE(find_party(asked_again.dossier, "a")->signature.has_value());
    Party other = party("a", PartyRole::mortgagor);
    other.name = "别人";
    const Collection changed = fold(complete(), command::ChangeParty{other}, by(clerk()));
    EXPECT_THAT(find_party(changed.dossier, "a")->answers, IsEmpty());
    EXPECT_FALSE(find_party(changed.dossier, "a")->signature.has_value());
}

TEST(CollectionFlow, VoidsSignaturesWithTheApplicationTheyWereUnder)
{
    const auto is_signed = [](const Collection& state, const std::string& id) {
        return find_party(state.dossier, id)->signature.has_value();
    };
    const Collection same = fold(complete(), command::SetApplication{application(), {}}, by(clerk()));
    EXPECT_TRUE(is_signed(same, "a") && is_signed(same, "b")) << "saved again without a change";

    Application other_sum = application();
    other_sum.values[0].text = "2";
    Application other_unit = application();
    other_unit.unit_number.back() = '2';
    for (const Application& other : {other_sum, other_unit}) {
        const Collection now = fold(complete(), command::SetApplication{other, {}}, by(clerk()));
        EXPECT_FALSE(is_signed(now, "a") || is_signed(now, "b"));
        EXPECT_FALSE(find_party(now.dossier, "a")->answers.empty()) << "the answers are still the person's own";
        EXPECT_EQ(code_of(now, command::Push{"m", "d", {}}, by(clerk())), "collections.incomplete");
    }
}

TEST(CollectionFlow, VoidsTheSignatureOfAnAgentWhoSpeaksForSomebodyElse)
{
    Party agent = party("g", PartyRole::agent);
    agent.represents = "a";
    Collection state = fold(complete(), command::AddParty{agent}, by(clerk()));
    state = fold(state, command::RecordAnswer{"g", "intent", "yes", ""}, by(clerk()));
    state = fold(state, command::RecordSignature{"g", "png"}, by(clerk()));
    agent.phone_masked = "138****8000";
    state = fold(state, command::ChangeParty{agent}, by(clerk()));
    EXPECT_TRUE(find_party(state.dossier, "g")->signature.has_value());
    agent.represents = "b";
    state = fold(state, command::ChangeParty{agent}, by(clerk()));
    EXPECT_FALSE(find_party(state.dossier, "g")->signature.has_value());
}

TEST(CollectionFlow, IgnoresOldNewsAndReceiptsOfOtherPushes)
{
    const Collection supplement = in_state(CollectionState::supplement);
    EXPECT_THAT(decide(supplement, told(3, "registered", true), message()).value(), IsEmpty());
    EXPECT_THAT(decide(supplement, told(2, "filed"), message()).value(), IsEmpty());
    EXPECT_THAT(decide(pushed(), command::TakeReceipt{"m0", 5, "s"}, message()).value(), IsEmpty());
}

TEST(CollectionFlow, SeesNoStaleVersionInNewsOfTheHomeRegistry)
{
    const Collection edited = complete();
    const Collection now = fold(edited, command::TakeCaseNumber{"TB1"}, message());
    EXPECT_TRUE(check_version(now, edited.version, CollectionAction::edit).has_value());
    EXPECT_TRUE(check_version(now, now.version, CollectionAction::edit).has_value());
    EXPECT_EQ(check_version(now, edited.version - 1, CollectionAction::edit).error().code(),
              "collections.changed_meanwhile");
    EXPECT_EQ(check_version(now, now.version + 1, CollectionAction::edit).error().code(),
              "collections.changed_meanwhile");
    EXPECT_EQ(check_version(pushed(), edited.version, CollectionAction::push).error().code(),
              "collections.already_pushed");
}

TEST(CollectionFlow, OffersStepsToTheClerkWhoseSittingItIs)
{
    EXPECT_THAT(allowed_actions(complete(), clerk()),
                ElementsAre(CollectionAction::edit, CollectionAction::push, CollectionAction::cancel));
    Actor other = clerk();
    other.account = "w2";
    EXPECT_THAT(allowed_actions(complete(), other), IsEmpty());
    EXPECT_THAT(allowed_actions(pushed(), clerk()), IsEmpty());
}

TEST(CollectionFlow, IsPrintedInTheDocs)
{
    const std::string path = "docs/collection-states.md";
    if (std::getenv("TONGBAN_WRITE_DOCS") != nullptr) std::ofstream(path) << collection_states_document();
    std::stringstream there;
    there << std::ifstream(path).rdbuf();
    EXPECT_EQ(there.str(), collection_states_document());
}

}  // namespace
}  // namespace tongban
