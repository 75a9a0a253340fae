// Hard cases of docs/hard-cases.md that people decide, from the window to the home registry over the real stores: each
// test reads like its row.
#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

class HardCasesTest : public MainPathTest {
protected:
    void accepted()
    {
        file_case(unit_);
        ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    }
    std::string state() { return std::string(sheet(acceptor_).at("state").as_string()); }
    // The party in a role, as the last answer of the sitting shows it.
    json::object shown(const char* role)
    {
        for (const json::value& party : last_.at("parties").as_array()) {
            if (party.at("role") == role) return party.as_object();
        }
        return {};
    }
    Answer change(const char* role, std::string_view name, std::string_view number, std::string_view phone,
                  const std::string& represents, json::object more)
    {
        json::object body = parse_json(party_text(role, "person", name, number, phone, represents)).value().as_object();
        for (const auto& [key, value] : more) body[key] = value;
        return sit(&CollectAtWindow::change_party, json::serialize(body),
                   {
                       {"party", std::string(shown(role).at("id").as_string())}
        });
    }
};
TONGBAN_ON_EACH_ENGINE(HardCasesTest);

TEST_P(HardCasesTest, H07APowerThatRanOutSinceTheCollectionStopsTheApproval)
{
    open_sitting();
    fill_in(unit_);
    const DemoPerson& agent = *find_demo_person("agent");
    const std::string until = china_date(clock_.now() + 24LL * 60 * 60 * 1000);
    const Answer changed =
        change("agent", agent.name, agent.number, agent.phone, std::string(shown("mortgagee").at("id").as_string()),
               {
                   {"power", json::object{{"form", "sealed"}, {"until", until}}}
    });
    ASSERT_EQ(changed.code, "") << changed.text;
    EXPECT_EQ(shown("agent").at("power").at("until"), json::value(until));
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "") << "what was done within the term stays";
    clock_.advance(3LL * 24 * 60 * 60 * 1000);
    const Answer late = decide(&DecideCase::approve, reviewer_, "{}");
    EXPECT_EQ(late.code, "cases.blocked");
    ASSERT_EQ(late.fields.size(), 1U);
    EXPECT_EQ(late.fields[0].code, "PRE-40");
    expect_everything_adds_up();
}

TEST_P(HardCasesTest, H08APrincipalWhoRevokesThePowerStopsTheCaseUntilHeSaysHowHeGoesOn)
{
    accepted();
    const Answer stopped = decide(&DecideCase::suspend, reviewer_,
                                  R"({"reason":"power","legal":"民法典第一百七十三条","document":"撤销委托声明"})");
    ASSERT_EQ(stopped.code, "") << stopped.text;
    EXPECT_EQ(stopped.body.at("state"), "suspended");
    EXPECT_EQ(decide(&DecideCase::approve, reviewer_, "{}").code, "cases.action_not_allowed");
    deliver();
    EXPECT_EQ(look().at("case_state"), "suspended") << "the window hears of it";
    const Answer silent = decide(&DecideCase::resume, reviewer_, "{}");
    EXPECT_EQ(silent.code, "base.invalid_fields");
    EXPECT_EQ(silent.fields.at(0).pointer, "/remark");
    const Answer on = decide(&DecideCase::resume, reviewer_, R"({"remark":"委托人本人到场继续申请"})");
    ASSERT_EQ(on.code, "") << on.text;
    EXPECT_EQ(on.body.at("state"), "accepted");
    expect_everything_adds_up();
}

TEST_P(HardCasesTest, H09AfterADeathTheRegistrarNamesOneOfTheFourGroundsOrTheCaseStands)
{
    accepted();
    ASSERT_EQ(
        decide(&DecideCase::suspend, reviewer_, R"({"reason":"death","legal":"民法典第一百七十三条第四项"})").code, "");
    const Answer none = decide(&DecideCase::resume, reviewer_, R"({"remark":"继续"})");
    EXPECT_EQ(none.code, "base.invalid_fields");
    EXPECT_EQ(none.fields.at(0).pointer, "/ground");
    EXPECT_EQ(decide(&DecideCase::resume, reviewer_, R"({"ground":"because"})").code, "base.invalid_fields");
    EXPECT_EQ(state(), "suspended");
    const Answer on = decide(&DecideCase::resume, reviewer_, R"({"ground":"heirs_agree","remark":"继承人书面承认"})");
    ASSERT_EQ(on.code, "") << on.text;
    EXPECT_EQ(on.body.at("state"), "accepted");
    const auto journal = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, home, {"case", number_});
    });
    EXPECT_THAT(journal->back().body, HasSubstr("第一百七十四条第一款第二项")) << "the ground stands in the journal";
    // A ground belongs to a death and to nothing else.
    ASSERT_EQ(decide(&DecideCase::suspend, reviewer_, R"({"reason":"dispute","legal":"争议"})").code, "");
    EXPECT_EQ(decide(&DecideCase::resume, reviewer_, R"({"ground":"heirs_agree"})").code, "base.invalid_fields");
    expect_everything_adds_up();
}

TEST_P(HardCasesTest, H18WhoCannotWriteGivesAFingerprintAndTheAssistantIsRecorded)
{
    open_sitting();
    fill_in(unit_);
    const DemoPerson& owner = *find_demo_person("owner");
    ASSERT_TRUE(shown("mortgagor").contains("signature"));
    const auto helped = [&](json::object help) {
        return change("mortgagor", owner.name, owner.number, owner.phone,
                      {
        },
                      {{"assistance", std::move(help)}});
    };
    const Answer nobody = helped({
        {"reason",      "cannot_write"},
        {"fingerprint", true          }
    });
    EXPECT_EQ(nobody.code, "base.invalid_fields") << "a fingerprint without somebody who read aloud proves nothing";
    EXPECT_EQ(nobody.fields.at(0).pointer, "/assistance/assistant");
    const Answer changed = helped({
        {"reason",      "cannot_write"},
        {"assistant",   "周代收"   },
        {"fingerprint", true          }
    });
    ASSERT_EQ(changed.code, "") << changed.text;
    EXPECT_FALSE(shown("mortgagor").contains("signature")) << "what was signed before was signed in another way";
    EXPECT_FALSE(shown("mortgagor").at("answers").as_array().empty()) << "he is not asked again";
    EXPECT_EQ(sit(&CollectAtWindow::push, "").code, "collections.incomplete");
    ASSERT_EQ(sit(&CollectAtWindow::record_signature, "PNG fingerprint",
                  {
                      {"party", std::string(shown("mortgagor").at("id").as_string())}
    })
                  .code,
              "");
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    const json::object at_home = sheet(acceptor_);
    const json::value& party = at_home.at("parties").at(0);
    EXPECT_EQ(party.at("assistance").at("assistant"), "周代收");
    EXPECT_EQ(party.at("assistance").at("fingerprint"), true);
    expect_everything_adds_up();
}

TEST_P(HardCasesTest, H27AForgedOldCertificateStopsTheCaseAndTheChainOfEvidenceStands)
{
    accepted();
    const Answer stopped =
        decide(&DecideCase::suspend, reviewer_,
               R"({"reason":"forgery","legal":"不动产登记暂行条例第十八条","document":"证号与登记簿不符"})");
    ASSERT_EQ(stopped.code, "") << stopped.text;
    EXPECT_EQ(stopped.body.at("state"), "suspended");
    // Who collected what, when: nothing of it is lost by the suspension.
    EXPECT_THAT(json::serialize(stopped.body.at("materials")), HasSubstr("周代收"));
    expect_everything_adds_up();
}

}  // namespace
}  // namespace tongban
