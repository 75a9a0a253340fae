// Hard cases of docs/hard-cases.md that the rules of data/ decide, over the register and the dossier alone: each test
// reads like its row. Nothing here needs a database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "flows/entry.h"
#include "flows/register_facts.h"
#include "modules/catalog/catalog_files.h"
#include "modules/materials/core/missing.h"
#include "modules/materials/core/party_set.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

constexpr Millis day = 24LL * 60 * 60 * 1000;
constexpr Millis november_24 = 1'795'449'600'000;  // 2026-11-24T00:00 in China
constexpr const char* today = "2026-11-24";
constexpr const char* unit_number = "370102001001GB00001F00010101";

const Catalog& shandong()
{
    static const Catalog catalog = load_catalog("data");
    return catalog;
}

const Item& item(std::string_view code)
{
    // Switched on or not: the rules are the same.
    for (const Item* each : shandong().items()) {
        if (each->code == code) return *each;
    }
    throw BrokenInvariant("there is no such item");
}

RegisteredOwner owner(std::string number, std::string share, std::string name = "王示范")
{
    RegisteredOwner one;
    one.number_digest = std::move(number);
    one.share = std::move(share);
    one.name = std::move(name);
    one.certificate_number = "鲁(2026)历下区不动产权第0000001号";
    one.registered_at = november_24 - 400 * day;
    return one;
}

RegisterView unit_of(std::vector<RegisteredOwner> owners)
{
    RegisterView unit;
    unit.unit_number = unit_number;
    unit.found = true;
    unit.owners = std::move(owners);
    return unit;
}

// Somebody in a role; `number` stands for the digest of his number.
Party party(PartyRole role, std::string number, std::string name = "王示范")
{
    Party one;
    one.id = std::string(to_text(role)) + "-" + number;
    one.role = role;
    one.name = std::move(name);
    one.number_digest = std::move(number);
    one.birth_date = "1980-01-01";
    return one;
}

Party organisation(PartyRole role, std::string code, std::string name)
{
    Party one = party(role, std::move(code), std::move(name));
    one.kind = PartyKind::organisation;
    one.document_type = DocumentType::credit_code;
    one.birth_date.clear();
    return one;
}

Party agent_of(const Party& principal, std::string number, AgentPower power)
{
    Party one = party(PartyRole::agent, std::move(number), "赵代理");
    one.represents = principal.id;
    one.power = std::move(power);
    return one;
}

Dossier dossier_of(const std::vector<Party>& parties, std::vector<FieldValue> values = {})
{
    Dossier dossier;
    dossier.application = Application{unit_number, std::move(values)};
    for (const Party& one : parties) dossier.parties.push_back({one, {}, {}});
    return dossier;
}

std::vector<RuleResult> judged(const Item& of, const RegisterView& unit, const Dossier& dossier,
                               std::string_view on = today)
{
    Facts facts = facts_of(dossier, of, today);
    add_register_facts(unit, 0, on, facts);
    add_applicant_facts(unit, applicants_of(dossier, of), on, facts);
    return judge(of.rules, of.matter, facts, Moment::advice);
}

// "block", "confirm", "inform" of a rule that did not pass, "passed", or "" when it was not judged.
std::string verdict(const std::vector<RuleResult>& results, std::string_view rule)
{
    for (const RuleResult& result : results) {
        if (result.rule == rule) return result.passed ? "passed" : std::string(to_text(result.severity));
    }
    return {};
}

std::string message(const std::vector<RuleResult>& results, std::string_view rule)
{
    for (const RuleResult& result : results) {
        if (result.rule == rule) return result.message;
    }
    return {};
}

std::string codes(const std::vector<Party>& parties, const Item& of)
{
    std::string all;
    for (const FieldError& fault : party_set_faults(parties, of)) all += fault.code + " ";
    return all;
}

TEST(HardCases, H03OneOfTwoParentsMayActAndTheRegistryIsToldToLookForTheOther)
{
    const Item& sale = item("YG-01");
    const RegisterView unit = unit_of({owner("s", "单独所有", "演示置业")});
    Party child = party(PartyRole::buyer, "child");
    child.birth_date = "2015-06-01";
    const auto guardian = [&](const char* number) {
        Party one = party(PartyRole::guardian, number);
        one.represents = child.id;
        return one;
    };
    const Dossier one = dossier_of({child, guardian("mother")});
    EXPECT_EQ(verdict(judged(sale, unit, one), "PRE-43"), "inform");
    EXPECT_TRUE(required_now(*sale.find_line("M05"), facts_of(one, sale, today))) << "the proof of guardianship";
    const Dossier both = dossier_of({child, guardian("mother"), guardian("father")});
    EXPECT_EQ(verdict(judged(sale, unit, both), "PRE-43"), "passed");
    EXPECT_EQ(verdict(judged(sale, unit, dossier_of({child})), "PRE-30"), "block") << "nobody acts for the child";
}

TEST(HardCases, YG0106ABuyerAloneIsNotComparedWithTheOwners)
{
    const RegisterView unit = unit_of({owner("s", "单独所有", "演示置业")});
    const Item& sale = item("YG-01");
    const Party buyer = party(PartyRole::buyer, "b");
    EXPECT_EQ(verdict(judged(sale, unit, dossier_of({buyer})), "YG-01-06"), "passed") << "细则 86: the buyer alone";
    const Party stranger = organisation(PartyRole::seller, "x", "别的公司");
    EXPECT_EQ(verdict(judged(sale, unit, dossier_of({buyer, stranger})), "YG-01-06"), "block");
    const Party developer = organisation(PartyRole::seller, "s", "演示置业");
    EXPECT_EQ(verdict(judged(sale, unit, dossier_of({buyer, developer})), "YG-01-06"), "passed");
}

TEST(HardCases, H05AShareHolderOfSixtyPerCentCannotDisposeOfTheWholeUnit)
{
    const Item& mortgage = item("DY-01");
    const RegisterView unit = unit_of({owner("a", "3/5"), owner("b", "2/5")});
    const auto by = [&](const RegisterView& of, std::initializer_list<const char*> who) {
        std::vector<Party> parties;
        for (const char* number : who) parties.push_back(party(PartyRole::mortgagor, number));
        return judged(mortgage, of, dossier_of(parties));
    };
    EXPECT_EQ(verdict(by(unit, {"a"}), "PRE-35"), "block");
    EXPECT_THAT(message(by(unit, {"a"}), "PRE-35"), HasSubstr("3/5")) << "the exact arithmetic is told";
    EXPECT_EQ(verdict(by(unit, {"a", "b"}), "PRE-35"), "passed");
    // Two thirds are 2/3: neither 66.67 % nor 6666/10000, and 1/3 + 1/3 are enough.
    const RegisterView thirds = unit_of({owner("a", "1/3"), owner("b", "1/3"), owner("c", "1/3")});
    EXPECT_EQ(verdict(by(thirds, {"a", "b"}), "PRE-35"), "passed");
    EXPECT_EQ(verdict(by(thirds, {"a", "b"}), "PRE-07"), "confirm") << "the third is asked about";
    const RegisterView rounded = unit_of({owner("a", "6666/10000"), owner("b", "3334/10000")});
    EXPECT_EQ(verdict(by(rounded, {"a"}), "PRE-35"), "block");
}

TEST(HardCases, H06AJointOwnerWhoIsAbroadAndNotRepresentedStopsTheDisposal)
{
    const Item& mortgage = item("DY-01");
    const RegisterView unit = unit_of({owner("a", "共同共有"), owner("b", "共同共有")});
    const Party husband = party(PartyRole::mortgagor, "a");
    const Party wife = party(PartyRole::mortgagor, "b");
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier_of({husband})), "PRE-36"), "block");
    // By an agent: only with a power of attorney that was authenticated where she is.
    const auto with = [&](PowerForm form) {
        const Party agent = agent_of(wife, "c", {form, "1号", {}, true, false});
        return judged(mortgage, unit, dossier_of({husband, wife, agent}));
    };
    EXPECT_EQ(verdict(with(PowerForm::sealed), "PRE-36"), "passed");
    EXPECT_EQ(verdict(with(PowerForm::sealed), "PRE-41"), "block");
    EXPECT_EQ(verdict(with(PowerForm::notarised), "PRE-41"), "block") << "a foreign notary alone proves nothing here";
    EXPECT_EQ(verdict(with(PowerForm::authenticated), "PRE-41"), "passed");
    // And the paper itself is asked for.
    const ListLine* paper = mortgage.find_line("M04");
    ASSERT_NE(paper, nullptr);
    const Dossier represented = dossier_of({husband, wife, agent_of(wife, "c", {})});
    EXPECT_TRUE(required_now(*paper, facts_of(represented, mortgage, today)));
}

TEST(HardCases, H07APowerOfAttorneyThatExpiresBeforeTheEntryStopsIt)
{
    const Item& mortgage = item("DY-01");
    const RegisterView unit = unit_of({owner("a", "单独所有")});
    const Party principal = party(PartyRole::mortgagor, "a");
    const Dossier dossier =
        dossier_of({principal, agent_of(principal, "c", {PowerForm::notarised, "1号", "2026-11-30", false, false})});
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier, "2026-11-24"), "PRE-40"), "passed") << "at the collection";
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier, "2026-11-30"), "PRE-40"), "passed") << "its last day counts";
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier, "2026-12-01"), "PRE-40"), "block") << "at the entry";
    const Dossier renewed =
        dossier_of({principal, agent_of(principal, "c", {PowerForm::notarised, "2号", "2027-11-30", false, false})});
    EXPECT_EQ(verdict(judged(mortgage, unit, renewed, "2026-12-01"), "PRE-40"), "passed");
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier_of({principal}), "2026-12-01"), "PRE-40"), "passed")
        << "in person";
}

TEST(HardCases, H10NobodyActsForBothSidesUnlessBothAgreed)
{
    const Item& sale = item("XF-01");
    const Party buyer = party(PartyRole::buyer, "b");
    const Party seller = organisation(PartyRole::seller, "s", "演示置业");
    const auto both = [&](bool by_buyer, bool by_seller) {
        Party for_buyer = agent_of(buyer, "x", {PowerForm::notarised, "1号", {}, false, by_buyer});
        Party for_seller = agent_of(seller, "x", {PowerForm::sealed, {}, {}, false, by_seller});
        for_seller.id = "second";
        return codes({buyer, seller, for_buyer, for_seller}, sale);
    };
    EXPECT_THAT(both(false, false), HasSubstr("both_sides"));
    EXPECT_THAT(both(true, false), HasSubstr("both_sides")) << "one principal's consent is not enough";
    EXPECT_EQ(both(true, true), "");
    // The buyer as agent of the seller: with the seller's consent only.
    Party himself = agent_of(seller, "b", {PowerForm::sealed, {}, {}, false, false});
    EXPECT_THAT(codes({buyer, seller, himself}, sale), HasSubstr("both_sides"));
    himself.power->both_sides_agreed = true;
    EXPECT_EQ(codes({buyer, seller, himself}, sale), "");
}

TEST(HardCases, H13ANumberCorrectedByThePoliceIsFoundByTheOldOneAndIsAChangeOfNumber)
{
    const RegisterView unit = unit_of({owner("old", "单独所有")});
    Party holder = party(PartyRole::holder, "new");
    const auto rename = [&] {
        return judged(item("BG-01"), unit,
                      dossier_of(
                          {
                              holder
        },
                          {{"target", "鲁(2026)历下区不动产权第0000001号"}, {"rename.kind", "number"}}));
    };
    EXPECT_EQ(verdict(rename(), "BG-01-03"), "confirm") << "without the old number people have to find him";
    holder.former_digest = "old";
    EXPECT_EQ(verdict(rename(), "BG-01-03"), "passed");
    EXPECT_EQ(verdict(rename(), "PRE-38"), "confirm") << "the proof that both are one person is looked at";
    const ListLine* proof = item("BG-01").find_line("M12");
    ASSERT_NE(proof, nullptr);
    EXPECT_TRUE(required_now(*proof, {})) << "the police's proof of the change";
    // Disposing: known as the owner, but the number is put right before or together.
    Party mortgagor = party(PartyRole::mortgagor, "new");
    mortgagor.former_digest = "old";
    const auto disposing = judged(item("DY-01"), unit, dossier_of({mortgagor}));
    EXPECT_EQ(verdict(disposing, "PRE-06"), "passed");
    EXPECT_EQ(verdict(disposing, "PRE-38"), "confirm");
    mortgagor.former_digest = "somebody else's";
    EXPECT_EQ(verdict(judged(item("DY-01"), unit, dossier_of({mortgagor})), "PRE-06"), "block");
}

TEST(HardCases, H14ARenewedPassportNeedsTheSameNameToTheLetter)
{
    const RegisterView unit = unit_of({owner("E1", "单独所有", "JOHN SMITH")});
    Party holder = party(PartyRole::holder, "E2", "JOHN SMITH");
    holder.document_type = DocumentType::passport;
    holder.former_digest = "E1";
    const auto change = [&](const char* kind) {
        return judged(item("BG-01"), unit,
                      dossier_of(
                          {
                              holder
        },
                          {{"rename.kind", kind}}));
    };
    EXPECT_EQ(verdict(change("number"), "BG-01-07"), "passed");
    EXPECT_EQ(verdict(change("number"), "PRE-38"), "confirm");
    holder.name = "JON SMITH";
    EXPECT_EQ(verdict(change("number"), "BG-01-07"), "block");
    // Name and number together: only with the authority's word that it is one person.
    EXPECT_EQ(verdict(change("both"), "BG-01-04"), "block");
}

TEST(HardCases, H15APermitHolderIsTheSamePersonByThePreviousPermitAndASimplifiedNameIsNoChange)
{
    const RegisterView unit = unit_of({owner("H1", "单独所有", "陳示範")});
    Party holder = party(PartyRole::mortgagor, "810", "陳示範");
    holder.document_type = DocumentType::residence_permit;
    holder.former_digest = "H1";  // the pass number that stands on the residence permit
    EXPECT_EQ(verdict(judged(item("DY-01"), unit, dossier_of({holder})), "PRE-06"), "passed");
    holder.name = "陈示范";
    const auto simplified = judged(item("DY-01"), unit, dossier_of({holder}));
    EXPECT_EQ(verdict(simplified, "PRE-06"), "passed");
    EXPECT_EQ(verdict(simplified, "PRE-37"), "confirm") << "a person looks at the evidence, nothing is converted";
    // With the travel permit he registered with, nothing has changed at all.
    Party as_before = party(PartyRole::mortgagor, "H1", "陳示範");
    as_before.document_type = DocumentType::travel_permit;
    EXPECT_EQ(verdict(judged(item("DY-01"), unit, dossier_of({as_before})), "PRE-38"), "passed");
}

RegisterView mortgaged_to(std::string code, std::string name)
{
    RegisterView unit = unit_of({owner("a", "单独所有")});
    RegisteredMortgage mortgage;
    mortgage.id = "m";
    mortgage.mortgagee = name;
    mortgage.certificate_number = "鲁(2026)历下区不动产证明第0000001号";
    RightHolder holder;
    holder.name = std::move(name);
    holder.number_digest = std::move(code);
    mortgage.holders.push_back(std::move(holder));
    unit.mortgages.push_back(std::move(mortgage));
    return unit;
}

TEST(HardCases, H16ARenamedBankIsTheSameByItsCreditCodeAndNotByItsName)
{
    const RegisterView unit = mortgaged_to("9137", "演示城市商业银行");
    const auto ends = [&](const char* code, const char* name) {
        return judged(item("DY-04"), unit,
                      dossier_of(
                          {
                              organisation(PartyRole::mortgagee, code, name)
        },
                          {{"target", "鲁(2026)历下区不动产证明第0000001号"}, {"ending.applied_by", "mortgagee"}}));
    };
    const auto renamed = ends("9137", "演示银行");
    EXPECT_EQ(verdict(renamed, "PRE-28"), "passed");
    EXPECT_EQ(verdict(renamed, "DY-04-01"), "passed") << "it holds the mortgage";
    EXPECT_EQ(verdict(renamed, "PRE-37"), "confirm") << "the change of name comes first or together, with its record";
    EXPECT_EQ(verdict(ends("9137", "演示城市商业银行"), "PRE-37"), "passed");
    // The same name with another code is somebody else.
    EXPECT_EQ(verdict(ends("9999", "演示城市商业银行"), "DY-04-01"), "block");
}

TEST(HardCases, H17AMergerOrDissolutionIsNeverAChangeOfName)
{
    const RegisterView unit = unit_of({owner("9137", "单独所有", "演示甲公司")});
    const auto renames = [&](const char* code, const char* name) {
        return judged(item("BG-01"), unit,
                      dossier_of(
                          {
                              organisation(PartyRole::holder, code, name)
        },
                          {{"rename.kind", "name"}}));
    };
    // The company that took it over has a code of its own: it is not the owner, whatever it was called.
    EXPECT_EQ(verdict(renames("9138", "演示乙公司"), "BG-01-02"), "block");
    // Under the same code a person makes sure that it was no merger.
    EXPECT_EQ(verdict(renames("9137", "演示乙公司"), "BG-01-02"), "passed");
    EXPECT_EQ(verdict(renames("9137", "演示乙公司"), "BG-01-05"), "confirm");
}

TEST(HardCases, H27AForgedCertificateDoesNotMatchTheRegister)
{
    const RegisterView unit = unit_of({owner("a", "单独所有")});
    const auto exchange = [&](const char* number) {
        return judged(item("BZ-01"), unit,
                      dossier_of(
                          {
                              party(PartyRole::holder, "a")
        },
                          {{"target", number}}));
    };
    EXPECT_EQ(verdict(exchange("鲁(2026)历下区不动产权第0000001号"), "PRE-28"), "passed");
    EXPECT_EQ(verdict(exchange("鲁(2026)历下区不动产权第0000007号"), "PRE-28"), "block");
}

RegisterView with_objection(const char* until)
{
    RegisterView unit = unit_of({owner("a", "单独所有")});
    RegisteredObjection objection;
    objection.until = until;
    unit.objections.push_back(std::move(objection));
    return unit;
}

TEST(HardCases, H34AnObjectionNeedsTheRiskStatementAndOnlyTheRegistryEndsIt)
{
    const Item& mortgage = item("DY-01");
    Dossier dossier = dossier_of({party(PartyRole::mortgagor, "a")});
    const RegisterView unit = with_objection("2026-12-05");
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier), "PRE-17"), "block");
    EXPECT_THAT(message(judged(mortgage, unit, dossier), "PRE-17"), HasSubstr("2026-12-05")) << "the countdown";
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier, "2026-12-20"), "PRE-17"), "block")
        << "the clock does not end it: the home registry does";
    Material& statement = material_of(dossier, "M18-3");
    statement.check = FormalCheck::passed;
    statement.pages.push_back({});
    EXPECT_EQ(verdict(judged(mortgage, unit, dossier), "PRE-17"), "passed");
}

TEST(HardCases, H35APreNoticeOfAHundredDaysIsAQuestionForTheRegistryAndStillCounts)
{
    RegisterView unit = unit_of({owner("developer", "单独所有")});  // registrable for 400 days
    RegisteredPreNotice notice;
    notice.kind = PreNoticeKind::sale;
    notice.registered_at = november_24 - 100 * day;
    RightHolder buyer;
    buyer.number_digest = "b";
    notice.holders.push_back(buyer);
    unit.pre_notices.push_back(notice);
    const auto sold_to = [&](const char* who, const RegisterView& of) {
        return judged(
            item("XF-01"), of,
            dossier_of({party(PartyRole::buyer, who), organisation(PartyRole::seller, "developer", "演示置业")}));
    };
    EXPECT_EQ(verdict(sold_to("b", unit), "PRE-39"), "confirm");
    EXPECT_EQ(verdict(sold_to("b", unit), "PRE-14"), "inform") << "it is converted like any other";
    EXPECT_EQ(verdict(sold_to("somebody", unit), "PRE-12"), "block") << "nothing lapses by computing";
    RegisterView young = unit;
    young.pre_notices[0].registered_at = november_24 - 80 * day;
    EXPECT_EQ(verdict(sold_to("b", young), "PRE-39"), "passed");
    RegisterView unbuilt = unit;
    unbuilt.owners[0].registered_at = november_24 - 10 * day;
    EXPECT_EQ(verdict(sold_to("b", unbuilt), "PRE-39"), "passed") << "not registrable for 90 days yet";
}

TEST(HardCases, H36AMortgageWithoutABanIsToldToTheMortgageeAndDoesNotStopTheSale)
{
    const RegisterView unit = mortgaged_to("9137", "演示银行");
    const auto sale =
        judged(item("XF-01"), unit,
               dossier_of({party(PartyRole::buyer, "b"), organisation(PartyRole::seller, "a", "演示置业")}));
    EXPECT_EQ(verdict(sale, "PRE-10"), "confirm");
    EXPECT_THAT(message(sale, "PRE-10"), HasSubstr("通知抵押权人"));
    EXPECT_EQ(verdict(sale, "PRE-11"), "passed");
}

TEST(HardCases, H37ARegisteredTransferBanStopsTheSaleUnlessTheMortgageeConsents)
{
    RegisterView unit = mortgaged_to("9137", "演示银行");
    unit.mortgages[0].transfer_ban = true;
    Dossier dossier = dossier_of({party(PartyRole::buyer, "b"), organisation(PartyRole::seller, "a", "演示置业")});
    EXPECT_EQ(verdict(judged(item("XF-01"), unit, dossier), "PRE-11"), "block");
    Material& consent = material_of(dossier, "M18-1");
    consent.check = FormalCheck::passed;
    consent.pages.push_back({});
    EXPECT_EQ(verdict(judged(item("XF-01"), unit, dossier), "PRE-11"), "passed");
}

TEST(HardCases, H38TheWinnerOfAJudgmentAppliesAloneAgainstTheRegisteredHolder)
{
    const TemporaryFolder folder;
    const std::filesystem::path copy = std::filesystem::path(folder.path()) / "data";
    std::filesystem::copy("data", copy, std::filesystem::copy_options::recursive);
    std::filesystem::copy("tests/data/PJ-01", copy / "catalog" / "PJ-01", std::filesystem::copy_options::recursive);
    std::ofstream(copy / "catalog" / "items.toml", std::ios::app)
        << "\n[[items]]\ncode = \"PJ-01\"\nname = \"依生效法律文书转移登记\"\non = true\n";
    const Catalog catalog = load_catalog(copy.string());
    const Item& judgment = *catalog.item_in_force(370102, "PJ-01", today).value();
    EXPECT_NE(entry_maker(judgment.effect), nullptr);

    const RegisterView unit = unit_of({owner("loser", "单独所有")});
    const Party winner = party(PartyRole::buyer, "winner");
    EXPECT_EQ(codes({winner}, judgment), "") << "nobody else need appear";
    Dossier dossier = dossier_of({winner});
    EXPECT_EQ(verdict(judged(judgment, unit, dossier), "PJ-01-01"), "block") << "not without the effective document";
    Material& document = material_of(dossier, "M14");
    document.check = FormalCheck::passed;
    document.pages.push_back({});
    for (const RuleResult& result : judged(judgment, unit, dossier)) {
        EXPECT_FALSE(!result.passed && result.severity == RuleSeverity::block) << result.rule << result.message;
    }
    RegisterView seized = unit;
    seized.seizures.push_back({});
    EXPECT_EQ(verdict(judged(judgment, seized, dossier), "PRE-03"), "block") << "a seizure stops it all the same";
}

TEST(HardCases, H39AUnitNumberThatDiffersByOneDigitIsNeverCorrectedAtTheWindow)
{
    const RegisterView unit = unit_of({owner("a", "单独所有")});
    for (const char* code : {"XF-01", "YG-01"}) {
        const auto contract = [&](std::string number) {
            return verdict(judged(item(code), unit,
                                  dossier_of(
                                      {
            },
                                      {{"sale.contract_unit", std::move(number)}})),
                           std::string(code) + "-10");
        };
        EXPECT_EQ(contract(unit_number), "passed") << code;
        EXPECT_EQ(contract("370102001001GB00001F00010102"), "block") << code;
        EXPECT_EQ(contract(""), "passed") << "a contract that names no unit";
        // The window is stopped by the same rule before anything is pushed.
        const Dossier typed = dossier_of(
            {
        },
            {{"sale.contract_unit", "370102001001GB00001F00010102"}});
        const std::vector<Missing> open = missing_of(typed, item(code), today);
        EXPECT_TRUE(std::ranges::any_of(
            open, [&](const Missing& line) { return line.text.starts_with(std::string(code) + "-10"); }));
    }
}

TEST(HardCases, H40AUnitOfAnAbolishedCountyBelongsToTodaysRegistryUnderItsOldNumber)
{
    const std::string unit = "371202001001GB00001F00010101";
    EXPECT_EQ(shandong().home_of_unit(unit).value(), 370116);
    EXPECT_TRUE(shandong().check_unit_home(unit, 370116).has_value()) << "the number itself is not rewritten";
    const Registry* today_there = shandong().find_registry(370116);
    ASSERT_NE(today_there, nullptr);
    EXPECT_THAT(today_there->name, HasSubstr("莱芜区"));
    EXPECT_EQ(today_there->short_name, "莱芜区") << "the prefix of certificates is today's name";
    EXPECT_EQ(shandong().find_registry(371202), nullptr);
}

}  // namespace
}  // namespace tongban
