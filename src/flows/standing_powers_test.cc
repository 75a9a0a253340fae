// A standing power of attorney from the filing at one registry to the case at another that is filed under it.
#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

class StandingPowersTest : public MainPathTest {
protected:
    Answer power(Result<Response> (StandingPowers::*action)(ApiRequest&), const Actor& actor, const std::string& body,
                 std::int64_t version = 0)
    {
        Answer answer = call(platform_->powers, action, actor,
                             {
                                 {"number", power_}
        },
                             body, version);
        if (answer.code.empty() && answer.body.contains("version"))
            power_version_ = answer.body.at("version").as_int64();
        return answer;
    }
    // Kept by the registry of 青岛市市南区, where the bank sits; the case is Jinan's.
    void file(json::object changes = {})
    {
        const DemoPerson& agent = *find_demo_person("agent");
        const DemoOrganisation& bank = demo_organisations()[0];
        json::object body{
            {"principal",      bank.name                                                                                            },
            {"principal_code", bank.number                                                                                          },
            {"agents",         json::array{json::object{
                           {"name", agent.name}, {"document_type", "citizen_card"}, {"number", agent.number}}}},
            {"items",          json::array{"DY"}                                                                                    },
            {"from",           "2026-01-01"                                                                                         },
            {"until",          "2026-12-31"                                                                                         }
        };
        for (const auto& [key, value] : changes) body[key] = value;
        const Answer filed = power(&StandingPowers::file, clerk_, json::serialize(body));
        ASSERT_EQ(filed.code, "") << filed.text;
        ASSERT_EQ(filed.status, 201);
        power_ = std::string(filed.body.at("number").as_string());
        ASSERT_EQ(power(&StandingPowers::attach, clerk_, "PDF of the power", power_version_).code, "");
    }
    void in_force(json::object changes = {})
    {
        file(std::move(changes));
        const Answer checked = power(&StandingPowers::check, checker_, "{}", power_version_);
        ASSERT_EQ(checked.code, "") << checked.text;
    }
    Answer revoke() { return power(&StandingPowers::revoke, clerk_, R"({"reason":"委托人书面撤销"})", power_version_); }
    std::string party_id(std::string_view role)
    {
        for (const json::value& party : last_.at("parties").as_array()) {
            if (party.at("role").as_string() == role) return std::string(party.at("id").as_string());
        }
        return {};
    }
    // The agent of the sitting cites the power.
    Answer cite()
    {
        const DemoPerson& agent = *find_demo_person("agent");
        json::object body =
            parse_json(party_text("agent", "person", agent.name, agent.number, agent.phone, party_id("mortgagee")))
                .value()
                .as_object();
        body["power"] = json::object{
            {"form",   "standing"},
            {"number", power_    }
        };
        return sit(&CollectAtWindow::change_party, json::serialize(body),
                   {
                       {"party", party_id("agent")}
        });
    }
    void prepared()
    {
        open_sitting();
        fill_in(unit_);
    }
    std::string state() { return std::string(sheet(acceptor_).at("state").as_string()); }

    const Actor checker_ = staff("w2", "吴核对", window, {Duty::reviewer});
    std::string power_;
    std::int64_t power_version_ = 0;
};
TONGBAN_ON_EACH_ENGINE(StandingPowersTest);

TEST_P(StandingPowersTest, AnAgentCitesItAndHandsInNoPaper)
{
    in_force();
    prepared();
    const Answer cited = cite();
    ASSERT_EQ(cited.code, "") << cited.text;
    const json::value* agent = nullptr;
    for (const json::value& party : last_.at("parties").as_array()) {
        if (party.at("role") == "agent") agent = &party;
    }
    EXPECT_EQ(agent->at("power").at("until"), "2026-12-31") << "as the registry says, whatever the window typed";
    for (const json::value& line : last_.at("materials").as_array()) {
        if (line.at("code") != "M04") continue;
        EXPECT_FALSE(line.at("required_now").as_bool());
    }
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    expect_everything_adds_up();
    const auto faults = read([&](Sql& sql) -> Result<std::string> { return power_store_.check(sql, window, power_); });
    EXPECT_EQ(*faults, "");
}

TEST_P(StandingPowersTest, WhatItDoesNotCarryIsRefusedWhenItIsCited)
{
    const std::string other_unit = "370102001001GB00002F00010001";
    const DemoPerson& owner = *find_demo_person("owner");
    const std::pair<json::object, const char*> cases[] = {
        {{{"items", json::array{"YG"}}},                                                                                 "powers.item_out_of_scope"},
        {{{"units", json::array{other_unit}}},                                                                           "powers.unit_out_of_scope"},
        {{{"from", "2026-12-01"}},                                                                                       "powers.out_of_term"      },
        {{{"principal_code", std::string(demo_organisations()[1].number)}},                                              "powers.wrong_principal"  },
        {{{"agents", json::array{json::object{
                         {"name", owner.name}, {"document_type", "citizen_card"}, {"number", owner.number}}}}},
         "powers.wrong_agent"                                                                                                                      },
    };
    prepared();
    for (const auto& [changes, code] : cases) {
        in_force(changes);
        EXPECT_EQ(cite().code, code);
    }
    file();
    EXPECT_EQ(cite().code, "powers.not_in_force") << "nobody has checked it";
    power_ = "CW370202202699999";
    EXPECT_EQ(cite().code, "powers.not_found");
    power_ = "CW999999202600001";
    EXPECT_EQ(cite().code, "powers.not_found");
    power_ = "委托书";
    EXPECT_EQ(cite().code, "powers.not_found");
}

TEST_P(StandingPowersTest, RevokedBetweenCitingAndThePushItIsRefusedThere)
{
    in_force();
    prepared();
    ASSERT_EQ(cite().code, "");
    ASSERT_EQ(revoke().code, "");
    const Answer pushed = sit(&CollectAtWindow::push, "");
    EXPECT_EQ(pushed.code, "powers.revoked");
    ASSERT_EQ(pushed.fields.size(), 1U);
    EXPECT_EQ(pushed.fields[0].pointer, "/parties/" + party_id("agent") + "/power");
}

TEST_P(StandingPowersTest, RevokedAfterThePushAcceptanceRefuses)
{
    in_force();
    prepared();
    ASSERT_EQ(cite().code, "");
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    ASSERT_EQ(revoke().code, "");
    deliver();
    EXPECT_EQ(state(), "filed");
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "powers.revoked");
    EXPECT_EQ(state(), "filed");
}

TEST_P(StandingPowersTest, H08ARevokedStandingPowerSuspendsTheAcceptedCaseAtOnce)
{
    in_force();
    prepared();
    ASSERT_EQ(cite().code, "");
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    ASSERT_EQ(revoke().code, "");
    deliver();
    EXPECT_EQ(state(), "suspended");
    EXPECT_EQ(look().at("case_state"), "suspended") << "the window hears of it";
    EXPECT_EQ(decide(&DecideCase::resume, reviewer_, "{}").code, "base.invalid_fields")
        << "the principal has not said how he goes on";
    expect_everything_adds_up();
}

TEST_P(StandingPowersTest, IsKeptByItsRegistryAndSeenByNoOther)
{
    in_force();
    const Actor stranger = staff("a9", "外人", home, {Duty::acceptor, Duty::reviewer});
    EXPECT_EQ(power(&StandingPowers::show, stranger, "").code, "powers.not_found");
    EXPECT_EQ(power(&StandingPowers::revoke, stranger, R"({"reason":"撤销"})", power_version_).code,
              "powers.not_found");
    EXPECT_EQ(power(&StandingPowers::check, clerk_, "{}", power_version_).code, "access.forbidden");
    EXPECT_EQ(power(&StandingPowers::revoke, clerk_, R"({"reason":"撤销"})", power_version_ - 1).code,
              "powers.changed_meanwhile");
    const Answer paper = power(&StandingPowers::paper, checker_, "");
    EXPECT_EQ(paper.text, "PDF of the power");
    const Answer shown = power(&StandingPowers::show, checker_, "");
    EXPECT_EQ(shown.text.find(find_demo_person("agent")->number), std::string::npos) << "numbers are masked";
}

}  // namespace
}  // namespace tongban
