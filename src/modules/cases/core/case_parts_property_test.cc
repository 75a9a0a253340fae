// A case of several visits under random visits: who brings what, in which order, who ends it. Whatever they try, nobody
// is filed before everybody was verified, each in one place, and the journal alone says the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iostream>
#include <random>
#include <set>

#include "base/record.h"
#include "modules/cases/core/case_flow.h"

namespace tongban {
namespace {

constexpr Agency home = 370102;
constexpr int people = 3;
constexpr int visits = 4;
constexpr Millis start = 1795413909000;
constexpr Millis day = 24LL * 60 * 60 * 1000;

const Item& item()
{
    static const Item made = [] {
        Item it;
        it.code = "YG-01";
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

std::string visit_id(int visit)
{
    return "c-" + std::to_string(visit);
}

// What the visit brings: of each person a bit whether he was here, and whether the contract was.
Dossier dossier_of(int visit, int here, bool contract)
{
    Dossier dossier;
    if (visit == 0) dossier.application = Application{"370102001001GB00001F00010001", {}};
    for (int i = 0; i < people; ++i) {
        const bool present = (here >> i & 1) != 0;
        if (visit != 0 && !present) continue;
        Participant one;
        one.party.id = "p-" + std::to_string(i);
        one.party.name = one.party.id;
        one.party.number_digest = one.party.id;
        one.party.role = PartyRole::buyer;
        one.party.birth_date = "1980-01-01";
        one.party.place = present ? PartyPlace::here : PartyPlace::elsewhere;
        if (present) {
            one.party.identity = IdentityCheck{IdentityOutcome::matched, "police", "r", {}, start, "w"};
            one.answers = {
                {"intent", "真实意思？", "yes", {}, start}
            };
            one.signature = DrawnMark{"s", start};
        }
        dossier.parties.push_back(one);
    }
    if (contract) {
        Material& material = material_of(dossier, "M09");
        material.check = FormalCheck::passed;
        MaterialPage page;
        page.id = "page-" + std::to_string(visit);
        page.digest = page.id;
        material.pages = {page};
    }
    return dossier;
}

struct Attempt {
    int what = 0;  // open, take, file, cancel, end, expire, accept, supplement
    int visit = 0;
    int here = 0;
    bool contract = false;
    bool platform = true;
    int days = 0;
};

std::vector<Attempt> random_attempts()
{
    const auto one =
        rc::gen::build<Attempt>(rc::gen::set(&Attempt::what, rc::gen::element(0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 7)),
                                rc::gen::set(&Attempt::visit, rc::gen::inRange(0, visits)),
                                rc::gen::set(&Attempt::here, rc::gen::inRange(0, 1 << people)),
                                rc::gen::set(&Attempt::contract, rc::gen::arbitrary<bool>()),
                                rc::gen::set(&Attempt::platform, rc::gen::element(true, true, true, false)),
                                rc::gen::set(&Attempt::days, rc::gen::element(0, 0, 0, 1, 7)));
    return *rc::gen::container<std::vector<Attempt>>(40, one);
}

CaseCommand command_of(const Attempt& attempt, const std::string& digest, Millis now)
{
    const std::string id = visit_id(attempt.visit);
    const case_command::Part part{dossier_of(attempt.visit, attempt.here, attempt.contract), digest, id, "坐落",
                                  "home"};
    switch (attempt.what) {
    case 0: return case_command::OpenPart{part_of({home + attempt.visit, id, "DS", "w"}, now)};
    case 1: return case_command::TakePart{part, china_date(now + 30 * day)};
    case 2: return case_command::File{part};
    case 3: return case_command::CancelPart{id, "r"};
    case 4: return case_command::EndCollecting{id, "r"};
    case 5: return case_command::ExpireCollecting{};
    case 6: return case_command::Accept{"r"};
    default: return case_command::RequestSupplement{{{"M09", "x", {}}}, china_date(now + 30 * day)};
    }
}

void check_a_life()
{
    Case state;
    std::vector<std::pair<std::string, std::string>> journal;
    std::multiset<std::string> taken;  // digests of packages that were taken
    Millis now = start;
    const auto take = [&](const CaseCommand& command, const CaseFacts& facts) {
        const auto events = decide(state, command, facts);
        if (!events) return false;
        for (const CaseEvent& event : *events) {
            journal.emplace_back(record_type(event), record_body(event));
            state = tongban::apply(std::move(state), event);
        }
        return true;
    };
    CaseFacts facts;
    facts.platform = true;
    facts.now = now;
    facts.item = &item();
    const case_command::Open opening{
        "id", "TB37010220261123000001", "YG-01", "v1", {370202, visit_id(0), "DS", "x"}
    };
    RC_ASSERT(take(opening, facts));
    int serial = 0;
    bool ended = false;
    for (const Attempt& attempt : random_attempts()) {
        now += attempt.days * day;
        facts.now = now;
        facts.platform = attempt.platform && attempt.what < 6;
        facts.actor = {
            .account = "a", .name = "a", .agency = home, .duties = {Duty::acceptor}, .case_number = {}, .party = {}};
        facts.due_on = china_date(now + 5 * day);
        facts.calendar = "v1";
        const std::string digest = "digest-" + std::to_string(serial++);
        const Case before = state;
        if (!take(command_of(attempt, digest, now), facts)) {
            RC_ASSERT(record_text(before) == record_text(state));
            continue;
        }
        RC_ASSERT(!ended);
        if (attempt.what == 1 || attempt.what == 2) taken.insert(digest);
        // Only the home registry's acceptor accepts, and only what was filed.
        if (attempt.what == 6) RC_ASSERT(before.state == CaseState::filed);
        // Judged by the step that files it: a single visit was judged where it was made, and another may open later,
        // for a supplement.
        if (attempt.what == 2 && state.state == CaseState::filed && is_joint(state)) {
            RC_ASSERT(missing_for_filing(state.dossier, item(), application_day(state)).empty());
        }
        const bool past_draft = state.state != CaseState::draft && state.state != CaseState::cancelled;
        if (past_draft && state.state != CaseState::collecting && state.state != CaseState::expired &&
            is_joint(state)) {
            for (const Participant& one : state.dossier.parties) RC_ASSERT(is_verified(one.party));
        }
        // Each party in one place: in the dossier once, from one visit of this case.
        std::set<std::string> ids;
        for (const Participant& one : state.dossier.parties) {
            RC_ASSERT(ids.insert(one.party.id).second);
            if (is_verified(one.party)) RC_ASSERT(find_part(state, one.part) != nullptr);
            if (one.party.place == PartyPlace::elsewhere) RC_ASSERT(!one.signature && one.part.empty());
        }
        RC_ASSERT((state.state == CaseState::collecting) == !state.last_day.empty());
        if (state.state == CaseState::expired) RC_ASSERT(china_date(now) > before.last_day);
        ended = is_final(state.state);
        for (const CasePart& part : state.parts) {
            if (ended) RC_ASSERT(part.state == PartState::unused || part.state == PartState::cancelled);
            // What was acknowledged was taken once.
            if (!part.package_digest.empty()) RC_ASSERT(taken.count(part.package_digest) == 1U);
        }
    }
    Case folded;
    for (const auto& [type, body] : journal)
        folded = tongban::apply(std::move(folded), event_from<CaseEvent>(type, body));
    RC_ASSERT(record_text(folded) == record_text(state));
    RC_ASSERT(record_text(case_from_text(record_text(state))) == record_text(state));
    RC_CLASSIFY(state.filed_at != 0 && is_joint(state), "filed by several visits");
    RC_CLASSIFY(state.state == CaseState::expired, "expired");
}

TEST(CasePartsProperties, NobodyIsFiledBeforeEverybodyWasVerified)
{
    const std::uint64_t fresh = std::random_device{}();
    std::cout << "fresh seed " << fresh << '\n';
    for (const std::uint64_t seed : {std::uint64_t{1}, std::uint64_t{20261128}, fresh}) {
        rc::detail::TestParams params;
        params.seed = seed;
        params.maxSuccess = 60;
        rc::detail::TestMetadata metadata;
        metadata.id = "case parts";
        const auto result = rc::detail::checkTestable(check_a_life, metadata, params);
        std::ostringstream said;
        rc::detail::printResultMessage(result, said);
        EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << "seed " << seed << '\n' << said.str();
    }
}

// Journals and rows from before a case had parts.
TEST(CaseParts, ACaseStoredWithOneOriginReadsAsOneOfOneVisit)
{
    const case_event::Opened opened{
        Stamp{start,  "platform", "系统"   },
        home, "id", "TB37010220261123000001", "YG-01", "v1",
        { 370202, "c-0",      "DS1", "周代收"}
    };
    const case_event::Filed filed{
        Stamp{start + 1, "platform", "系统"},
        dossier_of(0, 7, true), "digest", "坐落", "home"
    };
    Case folded = tongban::apply(tongban::apply(Case{}, opened), filed);
    EXPECT_EQ(folded.parts.front().state, PartState::pushed);
    boost::json::object old = boost::json::parse(record_text(folded)).as_object();
    old.erase("parts");
    old.erase("applied_at");
    old.erase("last_day");
    old["origin"] = {
        {"collecting",        370202     },
        {"collection_id",     "c-0"      },
        {"collection_number", "DS1"      },
        {"clerk",             "周代收"}
    };
    EXPECT_EQ(record_text(case_from_text(boost::json::serialize(old))), record_text(folded));
}

}  // namespace
}  // namespace tongban
