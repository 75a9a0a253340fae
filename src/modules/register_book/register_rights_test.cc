// Rights and their changes: what stands in the register before and after each of them.

#include "modules/register_book/core/register_questions.h"
#include "modules/register_book/register_fixture_test.h"
#include "modules/register_book/register_problems.h"
#include "testing/counting_database.h"

namespace tongban {
namespace {

const std::string seller = "370102190003071237";  // owns the flat of the fixture
const std::string title = "鲁(2021)历下区不动产权第0000001号";
const std::string buyer = "370202190006060029";
const std::string other_buyer = "370102190009090017";
const std::string bank = "91370100MA3C000465";
constexpr Millis day = 86'400'000;

class RegisterRightsTest : public RegisterFixture {
protected:
    NewPreNotice notice(PreNoticeKind kind, const std::string& serial, std::vector<RightHolder> holders)
    {
        NewPreNotice fresh;
        fresh.unit_number = flat;
        fresh.kind = kind;
        fresh.holders = std::move(holders);
        fresh.obligor = "王建国";
        fresh.contract_number = "预售" + serial;
        fresh.amount_fen = 80'000'000;
        fresh.term_from = "2026-01-01";
        fresh.term_to = "2046-01-01";
        fresh.scope = "本金和利息";
        fresh.certificate_number = proof(serial);
        fresh.by = by("YG" + serial);
        return fresh;
    }
    std::string enter(const NewPreNotice& fresh)
    {
        const std::int64_t seen = view().version;
        return change([&](Sql& sql) { return book_.add_pre_notice(sql, lixia, fresh, seen, "test"); })->ids.at(0);
    }
    std::int64_t mortgage(const std::string& serial)
    {
        NewMortgage fresh;
        fresh.unit_number = flat;
        fresh.holders = {person("演示银行", bank)};
        fresh.mortgagor = "王建国";
        fresh.secured_amount_fen = 100'000'000;
        fresh.term_to = "2036-01-01";
        fresh.certificate_number = proof(serial);
        fresh.case_number = "DY" + serial;
        fresh.registered_at = clock_.now();
        const std::int64_t seen = view().version;
        return change([&](Sql& sql) { return book_.add_mortgage(sql, lixia, fresh, seen, "test"); }).value();
    }
    Result<Entered> transfer(std::vector<NewOwner> owners, std::optional<NoticeConversion> conversion = {},
                             std::vector<std::string> ending = {})
    {
        const OwnershipTransfer sale{flat, std::move(ending), std::move(owners), std::move(conversion), by("XF1")};
        const std::int64_t seen = view().version;
        return change([&](Sql& sql) { return book_.transfer_ownership(sql, lixia, sale, seen, "test"); });
    }
    static std::string proof(const std::string& serial) { return "鲁(2026)历下区不动产证明第" + serial + "号"; }
    static std::string new_title(int serial) { return "鲁(2026)历下区不动产权第" + std::to_string(serial) + "号"; }
};
TONGBAN_ON_EACH_ENGINE(RegisterRightsTest);

TEST_P(RegisterRightsTest, OwnershipPassesOverAndFulfilsThePreNoticeOfTheBuyers)
{
    add_flat();
    enter(notice(PreNoticeKind::sale, "1", {person("孙示例", buyer), person("周假设", other_buyer)}));
    const std::vector<std::string> buyers{digest(buyer), digest(other_buyer)};
    EXPECT_TRUE(has_sale_notice_of(view(), buyers));
    EXPECT_EQ(sale_notices_of_others(view(), std::vector<std::string>{digest(buyer)}), 1U);

    const auto entered = transfer({
        {person("孙示例", buyer),       "1/3", new_title(1)},
        {person("周假设", other_buyer), "2/3", new_title(2)}
    });
    ASSERT_TRUE(entered.has_value());
    EXPECT_EQ(entered->ended_certificates, (std::vector<std::string>{title, proof("1")}));
    const RegisterView after = view();
    ASSERT_EQ(after.owners.size(), 2U);
    EXPECT_TRUE(are_all_owners(after, buyers));
    EXPECT_FALSE(is_owner(after, digest(seller)));
    EXPECT_TRUE(hold_two_thirds(after, std::vector<std::string>{digest(other_buyer)}));
    EXPECT_FALSE(hold_two_thirds(after, std::vector<std::string>{digest(buyer)}));
    EXPECT_TRUE(certificate_in_force(after, new_title(2)));
    EXPECT_EQ(current_notices(after, PreNoticeKind::sale), 0U);
    ASSERT_EQ(after.pre_notices.size(), 1U) << "ended, not deleted";
    EXPECT_EQ(after.pre_notices[0].status, RightStatus::terminated);
    EXPECT_EQ(after.pre_notices[0].end_reason, "已办理转移登记");
}

TEST_P(RegisterRightsTest, APreNoticeOfSomebodyElseStays)
{
    add_flat();
    enter(notice(PreNoticeKind::sale, "1", {person("孙示例", buyer), person("周假设", other_buyer)}));
    ASSERT_TRUE(transfer({
                             {person("孙示例", buyer), "单独所有", new_title(1)}
    })
                    .has_value());
    EXPECT_EQ(current_notices(view(), PreNoticeKind::sale), 1U);
}

TEST_P(RegisterRightsTest, OwnersNeverHoldMoreOrLessThanTheWhole)
{
    add_flat();
    const auto refused = [&](std::vector<NewOwner> owners, std::vector<std::string> ending = {}) {
        const auto entered = transfer(std::move(owners), {}, std::move(ending));
        return entered.has_value() ? nullptr : entered.error().problem;
    };
    const RightHolder a = person("孙示例", buyer);
    const RightHolder b = person("周假设", other_buyer);
    EXPECT_EQ(refused({}), &register_problem::holder_missing);
    EXPECT_EQ(refused({
                  {a, "1/3", "1"},
                  {b, "1/3", "2"}
    }),
              &register_problem::shares_not_whole);
    EXPECT_EQ(refused({
                  {a, "1/2", "1"},
                  {b, "2/3", "2"}
    }),
              &register_problem::shares_not_whole);
    EXPECT_EQ(refused({
                  {a, "单独所有", "1"},
                  {b, "单独所有", "2"}
    }),
              &register_problem::shares_not_whole);
    EXPECT_EQ(refused({
                  {a, "大部分", "1"}
    }),
              &register_problem::shares_not_whole);
    EXPECT_EQ(refused(
                  {
                      {a, "单独所有", "1"}
    },
                  {"nobody"}),
              &register_problem::ownership_unknown);
    ASSERT_EQ(view().owners.size(), 1U);
    EXPECT_EQ(view().owners[0].name, "王建国");

    // One of two owners sells his half: the other one stays.
    EXPECT_EQ(refused({
                  {a, "1/2", "1"},
                  {b, "1/2", "2"}
    }),
              nullptr);
    const std::string half =
        view().owners.at(0).number_digest == digest(buyer) ? view().owners[0].id : view().owners.at(1).id;
    const RightHolder c = person("吴虚构", "370202190010100046");
    EXPECT_EQ(refused(
                  {
                      {c, "2/3", "3"}
    },
                  {half}),
              &register_problem::shares_not_whole);
    EXPECT_EQ(refused(
                  {
                      {c, "1/2", "3"}
    },
                  {half}),
              nullptr);
    EXPECT_EQ(whole_of_owners(view()), Whole::exact);
    EXPECT_FALSE(is_owner(view(), digest(buyer)));
    EXPECT_TRUE(is_owner(view(), digest(other_buyer)));
}

TEST_P(RegisterRightsTest, AnAddedOwnerBeyondTheWholeIsAMistake)
{
    add_flat();
    const auto again = [&](Sql& sql) -> Result<void> {
        book_.add_ownership(sql, lixia, {flat, "孙示例", "身份证", buyer, "1/2", new_title(9), "", clock_.now()},
                            "test", clock_.now());
        return {};
    };
    EXPECT_THROW((void)write(lixia, again), BrokenInvariant);
}

TEST_P(RegisterRightsTest, AMortgageNoticeBecomesTheMortgageWithItsDate)
{
    add_flat();
    const std::string id = enter(notice(PreNoticeKind::mortgage, "1", {person("演示银行", bank)}));
    const Millis noticed = clock_.now();
    clock_.advance(day);
    EXPECT_EQ(mortgage("2"), 1);  // somebody else's, entered after the pre-notice
    clock_.advance(day);

    EXPECT_EQ(transfer(
                  {
                      {person("孙示例", buyer), "单独所有", new_title(1)}
    },
                  NoticeConversion{"none", proof("3"), "孙示例"})
                  .error()
                  .problem,
              &register_problem::encumbrance_unknown);
    const auto entered = transfer(
        {
            {person("孙示例", buyer), "单独所有", new_title(1)}
    },
        NoticeConversion{id, proof("3"), "孙示例", true});
    ASSERT_TRUE(entered.has_value());
    EXPECT_EQ(entered->mortgage_order, 1) << "counts since the pre-notice (担保解释 52)";
    const RegisterView after = view();
    ASSERT_EQ(current_mortgages(after), 2U);
    EXPECT_EQ(after.mortgages[0].certificate_number, proof("3"));
    EXPECT_EQ(after.mortgages[0].priority_at, noticed);
    EXPECT_EQ(after.mortgages[0].secured_amount_fen, 80'000'000);
    EXPECT_EQ(after.mortgages[0].mortgagor, "孙示例");
    EXPECT_EQ(after.mortgages[0].holders.at(0).number_digest, digest(bank));
    EXPECT_EQ(after.mortgages[1].order, 2) << "the later one moved back";
    EXPECT_EQ(transfer_bans(after), 1U);
    EXPECT_EQ(current_notices(after, PreNoticeKind::mortgage), 0U);
    EXPECT_FALSE(certificate_in_force(after, proof("1")));
}

TEST_P(RegisterRightsTest, AnAlteredOrAssignedMortgageKeepsItsOrder)
{
    add_flat();
    mortgage("1");
    clock_.advance(day);
    mortgage("2");
    const std::string first = view().mortgages.at(0).id;
    clock_.advance(day);
    MortgageAlteration more{.unit_number = flat, .id = first, .by = by("DY3")};
    more.secured_amount_fen = 150'000'000;
    more.certificate_number = proof("3");
    const auto alter = [&](std::int64_t seen) {
        return change([&](Sql& sql) { return book_.alter_mortgage(sql, lixia, more, seen, "test"); });
    };
    EXPECT_EQ(alter(view().version - 1).error().problem, &register_problem::changed_meanwhile);
    const auto altered = alter(view().version);
    ASSERT_TRUE(altered.has_value());
    EXPECT_EQ(altered->mortgage_order, 1);
    EXPECT_EQ(altered->ended_certificates, std::vector<std::string>{proof("1")});
    ASSERT_EQ(view().mortgages.size(), 2U);
    EXPECT_EQ(view().mortgages[0].secured_amount_fen, 150'000'000);
    EXPECT_EQ(view().mortgages[0].term_to, "2036-01-01") << "what was not altered stays";
    EXPECT_EQ(alter(view().version).error().problem, &register_problem::mortgage_unknown) << "that version is history";
    more.id = view().mortgages[0].id;
    more.secured_amount_fen = 0;
    EXPECT_EQ(alter(view().version).error().problem, &register_problem::amount_invalid);

    MortgageAssignment assignment{.unit_number = flat,
                                  .id = view().mortgages[0].id,
                                  .mortgagees = {person("样例银行", "91370200MA3C000620")},
                                  .by = by("DY4")};
    const std::int64_t seen = view().version;
    const auto assigned = change([&](Sql& sql) { return book_.assign_mortgage(sql, lixia, assignment, seen, "test"); });
    ASSERT_TRUE(assigned.has_value());
    EXPECT_TRUE(assigned->ended_certificates.empty());
    EXPECT_EQ(view().mortgages[0].order, 1);
    EXPECT_EQ(view().mortgages[0].mortgagee, "样例银行");
    EXPECT_EQ(view().mortgages[0].certificate_number, proof("3"));
    EXPECT_EQ(view().mortgages[0].secured_amount_fen, 150'000'000);
    EXPECT_EQ(current_mortgages(view()), 2U);
    const auto target = find_entry(view(), EntryKind::mortgage, proof("3"));
    ASSERT_TRUE(target.has_value());
    EXPECT_TRUE(holds(*target, std::vector<std::string>{digest("91370200MA3C000620")}));
    EXPECT_FALSE(holds(*target, std::vector<std::string>{digest(bank)}));
}

TEST_P(RegisterRightsTest, H13ARenamedHolderIsFoundByOldAndNewNumber)
{
    add_flat();
    mortgage("1");
    const auto rename = [&](const std::string& from, const std::string& old_name, const std::string& name,
                            const std::string& number, ReplacedCertificates replaced) {
        const HolderRename what{flat, digest(from), old_name, person(name, number), std::move(replaced), by("BG1")};
        const std::int64_t seen = view().version;
        return change([&](Sql& sql) { return book_.rename_holder(sql, lixia, what, seen, "test"); });
    };
    const auto owned_by = [&](const std::string& number) {
        return read([&](Sql& sql) -> Result<std::vector<std::string>> {
                   return book_.units_of_number(sql, lixia, number, 100);
               })
            .value();
    };
    const auto renamed = rename(seller, "王建国", "王建新", "E12345678",
                                {
                                    {title, new_title(5)}
    });
    ASSERT_TRUE(renamed.has_value());
    EXPECT_EQ(renamed->ended_certificates, std::vector<std::string>{title});
    RegisterView after = view();
    ASSERT_EQ(after.owners.size(), 1U);
    EXPECT_EQ(after.owners[0].name, "王建新");
    EXPECT_EQ(after.owners[0].certificate_number, new_title(5));
    EXPECT_EQ(after.owners[0].share, "单独所有");
    EXPECT_EQ(after.mortgages.at(0).mortgagor, "王建新");
    EXPECT_EQ(after.mortgages.at(0).order, 1);
    EXPECT_TRUE(is_owner(after, digest(seller)));
    EXPECT_TRUE(is_owner(after, digest("E12345678")));
    EXPECT_EQ(owned_by(seller), std::vector<std::string>{flat});

    ASSERT_TRUE(rename("E12345678", "王建新", "王建新", "E87654321", {}).has_value());
    for (const std::string& number : {seller, std::string("E12345678"), std::string("E87654321")}) {
        EXPECT_TRUE(is_owner(view(), digest(number))) << number;
        EXPECT_EQ(owned_by(number), std::vector<std::string>{flat}) << number;
    }
    ASSERT_TRUE(rename(bank, "演示银行", "新演示银行", bank, {}).has_value());
    EXPECT_EQ(view().mortgages.at(0).mortgagee, "新演示银行");
    EXPECT_EQ(rename(buyer, "孙示例", "孙例示", buyer, {}).error().problem, &register_problem::holder_unknown);
    EXPECT_EQ(rename(bank, "新演示银行", "银行", bank,
                     {
                         {proof("99"), proof("98")}
    })
                  .error()
                  .problem,
              &register_problem::certificate_unknown);

    // Sold: nobody is found by the numbers of the one who owned it.
    ASSERT_TRUE(transfer({
                             {person("孙示例", buyer), "单独所有", new_title(6)}
    })
                    .has_value());
    EXPECT_FALSE(is_owner(view(), digest(seller)));
    EXPECT_TRUE(owned_by(seller).empty());
    EXPECT_TRUE(owned_by("E87654321").empty());
}

TEST_P(RegisterRightsTest, AnAddressOrACertificateChangesAndNothingElse)
{
    add_flat();
    mortgage("1");
    std::int64_t seen = view().version;
    const UnitReaddress moved{flat, "历下区新演示路2号", {{title, new_title(1)}}, by("BG2")};
    const auto readdressed = change([&](Sql& sql) { return book_.readdress_unit(sql, lixia, moved, seen, "test"); });
    ASSERT_TRUE(readdressed.has_value());
    EXPECT_EQ(readdressed->ended_certificates, std::vector<std::string>{title});
    EXPECT_EQ(view().location, "历下区新演示路2号");
    EXPECT_EQ(view().owners.at(0).certificate_number, new_title(1));
    EXPECT_EQ(view().mortgages.at(0).certificate_number, proof("1"));

    seen = view().version;
    const CertificateReplacement lost{flat, {{proof("1"), proof("2")}}, by("BZ1")};
    const auto replaced = change([&](Sql& sql) { return book_.replace_certificates(sql, lixia, lost, seen, "test"); });
    ASSERT_TRUE(replaced.has_value());
    EXPECT_EQ(replaced->ended_certificates, std::vector<std::string>{proof("1")});
    EXPECT_EQ(view().mortgages.at(0).certificate_number, proof("2"));
    EXPECT_EQ(view().mortgages.at(0).case_number, "DY1") << "the mortgage itself was not entered again";
    EXPECT_EQ(view().owners.at(0).certificate_number, new_title(1));
    seen = view().version;
    EXPECT_EQ(
        change([&](Sql& sql) { return book_.replace_certificates(sql, lixia, lost, seen, "test"); }).error().problem,
        &register_problem::certificate_unknown);
}

TEST_P(RegisterRightsTest, ObjectionsAndRightsToUseStandUntilTheyAreEnded)
{
    add_flat();
    std::int64_t seen = view().version;
    const NewObjection doubt{flat, {person("吴虚构", "370202190010100046")}, "房屋为其出资购买", proof("1"), by("YY1")};
    ASSERT_TRUE(change([&](Sql& sql) { return book_.add_objection(sql, lixia, doubt, seen, "test"); }).has_value());
    const std::string entered_on = china_date(clock_.now());
    EXPECT_EQ(entered_on, "2026-11-23");
    EXPECT_EQ(view().objections.at(0).until, "2026-12-08");
    clock_.advance(20 * day);
    EXPECT_EQ(current_objections(view()), 1U) << "the home registry ends it, not the clock (H34)";

    for (const UseRightKind kind : {UseRightKind::residence_right, UseRightKind::easement}) {
        seen = view().version;
        const NewUseRight use{
            flat, kind, {person("孙示例", buyer)}, "次卧", "2026-11-23", "2036-11-22", "居1", proof("2"), by("JZ1")};
        ASSERT_TRUE(change([&](Sql& sql) { return book_.add_use_right(sql, lixia, use, seen, "test"); }).has_value());
    }
    EXPECT_EQ(current_residence_rights(view()), 1U);
    EXPECT_EQ(current_easements(view()), 1U);
    EXPECT_EQ(view().residence_rights.at(0).range, "次卧");
    const std::string id = view().objections.at(0).id;
    const auto end = [&] {
        return change(
            [&](Sql& sql) { return book_.end_encumbrance(sql, lixia, id, "十五日内未起诉", "test", clock_.now()); });
    };
    EXPECT_TRUE(end().has_value());
    EXPECT_EQ(end().error().problem, &register_problem::encumbrance_unknown);
    EXPECT_EQ(current_objections(view()), 0U);
    EXPECT_EQ(view().objections.at(0).end_reason, "十五日内未起诉");
    seen = view().version;
    EXPECT_EQ(change([&](Sql& sql) {
                  return book_.add_objection(sql, lixia, {flat, {}, "", "", by("YY2")}, seen, "test");
              })
                  .error()
                  .problem,
              &register_problem::holder_missing);
}

TEST_P(RegisterRightsTest, WhateverStandsOnTheUnitComesInOneViewAndNoEventNamesAPerson)
{
    add_flat();
    enter(notice(PreNoticeKind::sale, "1", {person("孙示例", buyer)}));
    mortgage("2");
    const HolderRename what{flat, digest(seller), "王建国", person("王建新", seller), {}, by("BG1")};
    const std::int64_t seen = view().version;
    ASSERT_TRUE(change([&](Sql& sql) { return book_.rename_holder(sql, lixia, what, seen, "test"); }).has_value());
    ASSERT_TRUE(transfer({
                             {person("孙示例", buyer), "单独所有", new_title(1)}
    })
                    .has_value());
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, lixia, {"unit", flat});
    });
    EXPECT_EQ(static_cast<std::int64_t>(events->size()), view().version) << "every change is an event";
    for (const JournalEvent& event : *events) {
        for (const char* name : {"王建国", "王建新", "孙示例", "演示银行"}) {
            EXPECT_EQ(event.body.find(name), std::string::npos) << event.body;
        }
    }
}

TEST_P(RegisterRightsTest, AUnitIsReadWithTwoStatementsWhateverStandsOnIt)
{
    const auto statements = [&] {
        return read([&](Sql& sql) -> Result<int> {
                   int count = 0;
                   CountingSql counting(sql, count);
                   (void)book_.find_unit(counting, lixia, flat);
                   return count;
               })
            .value();
    };
    add_flat();
    EXPECT_EQ(statements(), 2);
    for (int i = 0; i < 5; ++i) {
        mortgage("M" + std::to_string(i));
        enter(notice(PreNoticeKind::sale, "S" + std::to_string(i), {person("孙示例", buyer)}));
    }
    EXPECT_EQ(view().mortgages.size() + view().pre_notices.size(), 10U);
    EXPECT_EQ(statements(), 2);
}

}  // namespace
}  // namespace tongban
