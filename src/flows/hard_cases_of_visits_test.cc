// The hard cases about people in several places (domain.md 12.1, 12.2), named after their rows.
#include "flows/several_visits_fixture_test.h"

namespace tongban {
namespace {

class HardCasesOfVisitsTest : public SeveralVisitsTest {};
TONGBAN_ON_EACH_ENGINE(HardCasesOfVisitsTest);

TEST_P(HardCasesOfVisitsTest, H01AMinorAndTwoOthersInThreeCitiesBuyAHome)
{
    const std::string unit = unit_in_state(DemoState::unsold);
    const Visit first = begin(clerk_at(window), "YG-01");
    const Answer form = sit(&CollectAtWindow::set_application,
                            R"({"unit_number":")" + unit +
                                R"(","values":{"sale.contract_number":"演示2号","sale.contract_date":"2026-11-01",)"
                                R"("sale.price_fen":90000000,"sale.area":"100","sale.agreed_notice":true,)"
                                R"("sale.unilateral":false}})");
    ASSERT_EQ(form.code, "") << (form.fields.empty() ? form.text : form.fields[0].pointer + form.fields[0].detail);
    ASSERT_EQ(add(demo("buyer", "owner")).code, "");
    ASSERT_EQ(add(elsewhere(demo("buyer", "spouse"), "370203")).code, "");
    ASSERT_EQ(add(elsewhere(demo("buyer", "child"), "370203")).code, "");
    ASSERT_EQ(add(elsewhere(demo("guardian", "shopkeeper", id_of("郑未成")))).code, "");
    ASSERT_EQ(add(elsewhere(bank("seller", 2), "370102")).code, "");
    ASSERT_EQ(add(elsewhere(demo("agent", "agent", id_of("演示置业有限公司")))).code, "");
    verify(id_of("王示范"));
    collect_materials();
    const json::array& materials = last_.at("materials").as_array();
    const auto guardians = std::ranges::find_if(materials, [](const json::value& m) { return m.at("code") == "M05"; });
    ASSERT_NE(guardians, materials.end());
    EXPECT_TRUE(guardians->at("required_now").as_bool()) << "also where the minor himself is not";
    ASSERT_EQ(push().code, "");
    EXPECT_EQ(state(), "collecting");

    const Visit wife = join(clerk_at(third_window), code_of("孙示例"));
    bring_own();
    EXPECT_EQ(push().code, "");
    const Visit child = join(clerk_at(370211), code_of("周假设"));
    EXPECT_EQ(last_.at("parties").as_array().size(), 2U) << "the child and the guardian";
    bring_own();
    EXPECT_EQ(push().code, "");
    EXPECT_EQ(state(), "collecting") << "the seller's side is missing";
    const Visit seller = join(clerk_at(home), code_of("李样例"));
    bring_own();
    const Answer whole = push();
    EXPECT_EQ(whole.code, "") << (whole.fields.empty() ? whole.text : whole.fields[0].detail);
    EXPECT_EQ(state(), "filed");
    EXPECT_EQ(sheet(acceptor_).at("parts").as_array().size(), 4U);
    expect_sound({first, wife, child, seller});
}

TEST_P(HardCasesOfVisitsTest, H02OneCoOwnerRefusesAndTheOthersEndIt)
{
    const Visit first = first_of_three();
    const Visit second = join(clerk_at(third_window), code_of("孙示例"));
    const std::string reason = R"({"reason":"配偶不同意抵押"})";
    EXPECT_EQ(sit(&CollectAtWindow::end, reason).code, "collections.action_not_allowed") << "her part is not in";
    go(first);
    ASSERT_EQ(sit(&CollectAtWindow::end, reason).code, "");
    deliver();
    EXPECT_EQ(state(), "cancelled");
    const json::object now = sheet(acceptor_);
    EXPECT_EQ(now.at("parts").at(0).at("state"), "unused") << "kept, and used for nothing";
    EXPECT_FALSE(now.at("parties").at(0).at("signature").is_null());
    EXPECT_EQ(notices_.sent[NoticeKind::application_ended], 4);
    go(first);
    EXPECT_EQ(last_.at("state"), "closed");
    go(second);
    EXPECT_EQ(last_.at("state"), "closed");
    EXPECT_EQ(push().code, "collections.action_not_allowed");
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "cases.action_not_allowed");
    expect_sound({first, second});
}

TEST_P(HardCasesOfVisitsTest, SomebodyNeverComesAndItExpires)
{
    const Visit first = first_of_three();
    EXPECT_EQ(platform_->deadlines.round(), 0);
    clock_.advance(30LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(platform_->deadlines.round(), 0) << "the last day itself is a day";
    clock_.advance(24LL * 60 * 60 * 1000);
    EXPECT_EQ(try_join(clerk_at(third_window), code_of("孙示例")).code, "collections.join_refused");
    EXPECT_EQ(platform_->deadlines.round(), 1);
    deliver();
    EXPECT_EQ(state(), "expired");
    EXPECT_EQ(notices_.sent[NoticeKind::application_expired], 4);
    go(first);
    EXPECT_EQ(last_.at("state"), "closed");
    EXPECT_EQ(platform_->deadlines.round(), 0);
    // What was claimed is free again.
    first_of_three();
    EXPECT_EQ(state(), "collecting");
    expect_sound({first});
}

TEST_P(HardCasesOfVisitsTest, H04WhoTurnsEighteenMeanwhileIsJudgedAsOfTheApplication)
{
    const Item& item = *catalog_.item_in_force(home, "YG-01", "2026-11-23").value();
    Dossier dossier;
    Participant buyer;
    buyer.party.id = "b";
    buyer.party.birth_date = "2008-12-01";
    buyer.party.role = PartyRole::buyer;
    dossier.parties = {buyer};
    Case subject;
    subject.applied_at = clock_.now();
    const auto minors = [&](const std::string& day) {
        return std::get<std::int64_t>(facts_of(dossier, item, day).at("count.minor"));
    };
    EXPECT_EQ(minors(application_day(subject)), 1);
    clock_.advance(20LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(minors(china_date(clock_.now())), 0);
    EXPECT_EQ(minors(application_day(subject)), 1) << "the guardian's signature of the first part stays valid";
}

TEST_P(HardCasesOfVisitsTest, H11TheSamePersonOnBothSidesIsNotPushed)
{
    begin(clerk_at(window), "DY-01");
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");
    ASSERT_EQ(add(demo("mortgagor", "owner")).code, "");
    ASSERT_EQ(add(elsewhere(demo("mortgagee", "owner"))).code, "");
    const Answer refused = push();
    EXPECT_EQ(refused.code, "collections.incomplete");
    EXPECT_TRUE(std::ranges::any_of(refused.fields, [](const FieldError& fault) {
        return fault.detail.find("同一人不得既是") != std::string::npos;
    }));
}

TEST_P(HardCasesOfVisitsTest, H12AnExpiredCardIsRefusedWhateverTheClientSays)
{
    begin(clerk_at(window), "DY-01");
    const DemoPerson& owner = *find_demo_person("owner");
    reader_.card =
        CardOnReader{std::string(owner.name), std::string(owner.number), "男", "1900-03-15", "演示路", "2026-03-31"};
    EXPECT_TRUE(sit(&CollectAtWindow::card, "").body.at("expired").as_bool());
    json::object read = demo("mortgagor", "owner");
    read["from_reader"] = true;
    read["valid_until"] = "长期";
    const Answer refused = add(read);
    EXPECT_EQ(refused.code, "collections.document_expired");
    json::object typed = demo("mortgagor", "owner");
    typed["valid_until"] = "2026-11-22";
    EXPECT_EQ(add(typed).code, "collections.document_expired");
    typed["valid_until"] = "2026-11-23";
    EXPECT_EQ(add(typed).code, "") << "valid on its last day";
    // The draft is kept; what expires before the check is noticed there.
    clock_.advance(24LL * 60 * 60 * 1000);
    EXPECT_EQ(check(id_of("王示范")), "collections.document_expired");
    reader_.card->valid_until = "2036-03-31";
    ASSERT_EQ(sit(&CollectAtWindow::card, "").code, "");
    EXPECT_EQ(sit(&CollectAtWindow::change_party, json::serialize(read),
                  {
                      {"party", id_of("王示范")}
    })
                  .code,
              "");
    EXPECT_EQ(look().at("parties").at(0).at("valid_until"), "2036-03-31");
    EXPECT_EQ(check(id_of("王示范")), "");
    EXPECT_EQ(look().at("parties").at(0).at("identity").at("method"), "card");
}

TEST_P(HardCasesOfVisitsTest, H19WithdrawnBeforeThePushNothingReachesTheHomeRegistry)
{
    const Visit first = begin(clerk_at(window), "DY-01");
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");
    ASSERT_EQ(add(demo("mortgagor", "owner")).code, "");
    ASSERT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"当事人撤回"})").code, "");
    deliver();
    EXPECT_EQ(state(), "cancelled");
    EXPECT_TRUE(sheet(acceptor_).at("parties").as_array().empty());
    go(first);
    EXPECT_EQ(last_.at("state"), "cancelled");
    expect_sound({first});
}

TEST_P(HardCasesOfVisitsTest, H22ASupplementIsGivenAtAnotherWindow)
{
    file_case(unit_);
    const Visit first{clerk_, sitting_};
    ASSERT_EQ(decide(&DecideCase::request_supplement, acceptor_,
                     R"({"lines":[{"line":"M10","text":"合同缺页","reason":"unreadable_scan"}]})")
                  .code,
              "");
    deliver();
    EXPECT_EQ(notices_.sent[NoticeKind::supplement_code], 3);
    const Visit other = join(clerk_at(third_window), notices_.codes[""]);
    EXPECT_EQ(last_.at("joined").at("purpose"), "materials");
    EXPECT_EQ(push().code, "collections.incomplete");
    ASSERT_EQ(upload("M10", page_a, "PNG all pages").code, "");
    look();
    const json::object arranged{
        {"form",   "original"                                                },
        {"copies", 1                                                         },
        {"check",  "passed"                                                  },
        {"pages",  json::array{json::object{{"id", page_a}, {"rotation", 0}}}}
    };
    ASSERT_EQ(sit(&CollectAtWindow::arrange_material, json::serialize(arranged),
                  {
                      {"line", "M10"}
    })
                  .code,
              "");
    EXPECT_EQ(push().code, "collections.incomplete") << "nobody was identified";
    ASSERT_EQ(check(std::string(last_.at("parties").at(0).at("id").as_string())), "");
    const Answer given = push();
    EXPECT_EQ(given.code, "") << (given.fields.empty() ? given.text : given.fields[0].detail);
    EXPECT_EQ(state(), "filed");
    const json::object now = sheet(acceptor_);
    EXPECT_EQ(now.at("parts").at(1).at("lines").at(0), "M10");
    EXPECT_EQ(now.at("parts").at(1).at("handed_in_by").as_array().size(), 1U);
    EXPECT_FALSE(now.at("parties").at(0).at("answers").as_array().empty()) << "the interview stays the first window's";
    go(first);
    EXPECT_EQ(last_.at("state"), "received") << "nothing is asked of it any more";
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, R"({"remark":"已核对"})").code, "");
    expect_sound({first, other});
}

TEST_P(HardCasesOfVisitsTest, H24TheSamePeopleAreNotCollectedTwiceForTheSame)
{
    const Visit first = begin(clerk_at(window), "DY-01");
    ASSERT_EQ(add(demo("mortgagor", "owner")).code, "");
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");
    const std::string first_number = number_;

    const Visit second = begin(clerk_at(third_window), "DY-01");
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "") << "nobody is named yet";
    ASSERT_EQ(add(demo("mortgagor", "owner")).code, "");
    clerk_ = second.who;
    EXPECT_EQ(check(id_of("王示范")), "collections.already_collecting") << "before anybody is asked about him";
    const Answer again = sit(&CollectAtWindow::set_application, application_text(unit_));
    EXPECT_EQ(again.code, "collections.already_collecting");
    EXPECT_THAT(again.text, AllOf(HasSubstr(first_number), HasSubstr("青岛市市南区"), Not(HasSubstr("王示范"))));

    // Other people on the same unit are free; the home registry's rules tell of the other case.
    const Visit third = begin(clerk_at(370211), "DY-01");
    ASSERT_EQ(add(demo("mortgagor", "debtor")).code, "");
    EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");

    go(first);
    ASSERT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"改在他处办理"})").code, "");
    deliver();
    go(second);
    EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "") << "free again";
    expect_sound({second, third});
}

}  // namespace
}  // namespace tongban
