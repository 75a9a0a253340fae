// One application, several visits: the scenarios R4a, R4c, R4d and R4e (domain.md 5.4), and who may join.
#include "flows/several_visits_fixture_test.h"

namespace tongban {
namespace {

TONGBAN_ON_EACH_ENGINE(SeveralVisitsTest);

TEST_P(SeveralVisitsTest, R4cThreePartiesAtThreeWindowsRemoteFirstHomeLast)
{
    const Visit first = first_of_three();
    EXPECT_EQ(state(), "collecting");
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "cases.action_not_allowed");
    EXPECT_EQ(notices_.sent[NoticeKind::party_called], 3) << "the wife, the bank and its agent";
    go(first);
    EXPECT_EQ(last_.at("case_state"), "collecting");
    EXPECT_EQ(on_board("mortgagee"), "missing");
    EXPECT_EQ(json::serialize(sheet(acceptor_).at("last_day")), "\"2026-12-23\"");

    // The home side may come and be asked, but hands in last.
    const Visit last = join(clerk_at(home), code_of("李样例"));
    EXPECT_EQ(last_.at("parties").as_array().size(), 2U) << "the bank and who acts for it";
    bring_own();
    const Answer early = push();
    EXPECT_EQ(early.code, "collections.remote_first");
    EXPECT_THAT(early.text, HasSubstr("孙**"));

    const Visit second = join(clerk_at(third_window), code_of("孙示例"));
    EXPECT_EQ(last_.at("parties").as_array().size(), 1U);
    EXPECT_EQ(last_.at("joined").at("earlier_answers").as_array().size(), 6U) << "shared questions to the husband";
    const std::string seen = json::serialize(last_);
    EXPECT_THAT(seen, AllOf(HasSubstr("王**"), Not(HasSubstr("王示范")), Not(HasSubstr("李样例")),
                            Not(HasSubstr("139****0001"))));
    const std::string wife = id_of("孙示例");
    ASSERT_EQ(check(wife), "");
    ask(wife, "ownership", "单独所有");
    EXPECT_EQ(push().code, "");
    EXPECT_EQ(state(), "collecting");

    go(last);
    EXPECT_EQ(on_board("mortgagor"), "verified");
    const Answer whole = push();
    EXPECT_EQ(whole.code, "") << (whole.fields.empty() ? whole.text : whole.fields[0].detail);
    EXPECT_EQ(state(), "filed");
    EXPECT_EQ(notices_.sent[NoticeKind::case_received], 4) << "everybody who has a phone, once";

    const json::object now = sheet(acceptor_);
    const json::array& parts = now.at("parts").as_array();
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].at("place"), "青岛市市南区不动产登记中心");
    EXPECT_EQ(parts[0].at("parties").at(0).at("name"), "王示范");
    EXPECT_EQ(parts[0].at("parties").at(0).at("method"), "typed");
    EXPECT_EQ(parts[1].at("parties").as_array().size(), 2U);
    EXPECT_EQ(parts[2].at("parties").at(0).at("name"), "孙示例");
    const json::array& differences = now.at("differences").as_array();
    ASSERT_EQ(differences.size(), 1U) << "never silently (domain.md 8.4)";
    EXPECT_EQ(differences[0].at("question"), "ownership");
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, R"({"remark":"已向双方核实"})").code, "");
    deliver();
    for (const Visit& visit : {first, second, last}) {
        go(visit);
        EXPECT_EQ(last_.at("case_state"), "accepted") << "every window hears of it";
        EXPECT_EQ(last_.at("delivery").at("state"), "received");
    }
    expect_sound({first, second, last});
}

TEST_P(SeveralVisitsTest, CodesAreGuessedInVain)
{
    first_of_three();
    const std::string good = code_of("孙示例");
    const std::string bad = good == "00000000" ? "00000001" : "00000000";
    const Answer unknown = try_join(clerk_at(third_window), good, "TB37010220261123999999");
    const Answer wrong = try_join(clerk_at(third_window), bad);
    EXPECT_EQ(wrong.code, "collections.join_refused");
    EXPECT_EQ(unknown.code, wrong.code) << "a wrong code says no more than a case that is not there";
    EXPECT_EQ(unknown.text, wrong.text);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(try_join(clerk_at(third_window), bad).code, "collections.join_refused");
    EXPECT_EQ(try_join(clerk_at(third_window), bad).code, "access.too_many_attempts");
    EXPECT_EQ(try_join(clerk_at(370211), bad).code, "collections.join_refused") << "the tenth at this case";
    EXPECT_EQ(try_join(clerk_at(370211), good).code, "collections.join_refused") << "burnt";
}

TEST_P(SeveralVisitsTest, WhoHandedInAPartMaySendANewCode)
{
    const Visit first = first_of_three();
    go(first);
    std::string wife;
    for (const json::value& party : json::array(board().at("parties").as_array())) {
        if (party.at("name") == "孙**") wife = std::string(party.at("id").as_string());
    }
    const auto renew = [&] {
        return sit(&CollectAtWindow::renew_code, json::serialize(json::object{
                                                     {"party", wife}
        }));
    };
    EXPECT_EQ(renew().code, "collections.code_too_soon");
    clock_.advance(CaseCodes::again_after);
    const std::string old = code_of("孙示例");
    const Answer renewed = renew();
    ASSERT_EQ(renewed.code, "");
    const std::string code{renewed.body.at("code").as_string()};
    EXPECT_EQ(code, code_of("孙示例"));
    EXPECT_NE(code, old);
    EXPECT_EQ(renewed.body.at("until"), "2026-12-23");
    EXPECT_EQ(try_join(clerk_at(third_window), old).code, "collections.join_refused");
    const Visit second = join(clerk_at(third_window), code.substr(0, 4) + " " + code.substr(4));
    // A visit that has handed in nothing yet has no say over others.
    EXPECT_EQ(renew().code, "collections.not_waiting");
    expect_sound({first, second});
}

TEST_P(SeveralVisitsTest, OnlyWhatTheFirstVisitSettledIsJoined)
{
    first_of_three();
    const Visit second = join(clerk_at(third_window), code_of("孙示例"));
    EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "collections.application_fixed");
    EXPECT_EQ(add(demo("mortgagor", "debtor")).code, "collections.joined_party_fixed");
    const std::string wife = id_of("孙示例");
    const std::map<std::string, std::string> path{
        {"party", wife}
    };
    EXPECT_EQ(sit(&CollectAtWindow::remove_party, "", path).code, "collections.joined_party_fixed");
    EXPECT_EQ(sit(&CollectAtWindow::change_party, json::serialize(demo("mortgagor", "debtor")), path).code,
              "collections.joined_party_fixed");
    json::object other_phone = demo("mortgagor", "spouse");
    other_phone["phone"] = "13900139000";
    EXPECT_EQ(sit(&CollectAtWindow::change_party, json::serialize(other_phone), path).code, "");
    EXPECT_EQ(add(demo("agent", "debtor", wife)).code, "") << "she may bring an agent";
    EXPECT_EQ(push().code, "collections.incomplete");
    expect_sound({second});
}

TEST_P(SeveralVisitsTest, AVisitThatIsCancelledLeavesTheOthersWaiting)
{
    const Visit first = first_of_three();
    const Visit second = join(clerk_at(third_window), code_of("孙示例"));
    ASSERT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"忘带证件"})").code, "");
    deliver();
    EXPECT_EQ(state(), "collecting");
    const Visit again = join(clerk_at(third_window), code_of("孙示例"));
    bring_own();
    EXPECT_EQ(push().code, "");
    go(first);
    EXPECT_EQ(on_board("mortgagor"), "verified");
    expect_sound({first, second, again});
}

TEST_P(SeveralVisitsTest, R4aAppliedOnlineAndConfirmedAtAnyHall)
{
    const Actor owner = online("owner");
    const Visit form = begin(owner, "BZ-01");
    EXPECT_EQ(last_.at("channel"), "online");
    std::string number;
    const json::array fields = last_.at("fields").as_array();
    json::object values;
    for (const json::value& field : fields) {
        const std::string kind{field.at("kind").as_string()};
        if (!field.at("required").as_bool()) continue;
        const std::string key{field.at("key").as_string()};
        if (kind == "yes_no") values[key] = false;
        if (kind == "choice") values[key] = field.at("options").at(0).at("value");
        if (kind == "text" || kind == "long_text") values[key] = "演示";
        if (kind == "entry") values[key] = "鲁(2026)历下区不动产权第0000001号";
        if (kind == "date") values[key] = "2026-11-01";
        if (kind == "integer" || kind == "money") values[key] = 1;
    }
    const json::object application{
        {"unit_number", unit_            },
        {"values",      std::move(values)}
    };
    const Answer filled = sit(&CollectAtWindow::set_application, json::serialize(application));
    ASSERT_EQ(filled.code, "") << (filled.fields.empty() ? filled.text
                                                         : filled.fields[0].pointer + filled.fields[0].detail);
    ASSERT_EQ(add(demo("holder", "owner")).code, "");
    EXPECT_EQ(last_.at("parties").at(0).at("place"), "elsewhere");
    EXPECT_EQ(check(id_of("王示范")), "collections.party_elsewhere");
    collect_materials();
    const Answer pushed = push();
    ASSERT_EQ(pushed.code, "") << (pushed.fields.empty() ? pushed.text : pushed.fields[0].detail);
    EXPECT_EQ(state(), "collecting");
    // Any window: also the home registry's own, which may not collect for itself from the start.
    const Visit hall = join(clerk_at(home), code_of("王示范"));
    EXPECT_TRUE(last_.at("joined").at("earlier_answers").as_array().empty());
    bring_own();
    const Answer whole = push();
    EXPECT_EQ(whole.code, "") << (whole.fields.empty() ? whole.text : whole.fields[0].detail);
    EXPECT_EQ(state(), "filed");
    EXPECT_EQ(sheet(acceptor_).at("parts").at(0).at("channel"), "online");
    expect_sound({form, hall});
}

TEST_P(SeveralVisitsTest, R4dWhollyOnlineEachForHimself)
{
    const Actor owner = online("owner");
    const Visit own = begin(owner, "DY-01");
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");
    ASSERT_EQ(add(here(demo("mortgagor", "owner"))).code, "");
    ASSERT_EQ(add(here(demo("mortgagor", "spouse"))).code, "");
    ASSERT_EQ(add(bank("mortgagee")).code, "");
    ASSERT_EQ(add(demo("agent", "agent", id_of(demo_organisations()[0].name))).code, "");
    const std::string wife = id_of("孙示例");
    EXPECT_EQ(check(wife), "collections.not_yourself") << "nobody vouches for anybody online";
    const std::map<std::string, std::string> path{
        {"party", id_of("王示范")}
    };
    EXPECT_EQ(sit(&CollectAtWindow::record_answer, R"({"question":"intent","answer":"yes"})", path).code,
              "collections.verify_first");
    ASSERT_EQ(sit(&CollectAtWindow::change_party, json::serialize(elsewhere(demo("mortgagor", "spouse"))),
                  {
                      {"party", wife}
    })
                  .code,
              "");
    verify(id_of("王示范"));
    EXPECT_EQ(police_.asked.size(), 0U) << "the account is proven already";
    collect_materials();
    const Answer pushed = push();
    ASSERT_EQ(pushed.code, "") << (pushed.fields.empty() ? pushed.text : pushed.fields[0].detail);
    EXPECT_EQ(state(), "collecting");

    // A stranger's account has the code and still is not the wife.
    const Visit stranger = join(online("debtor"), code_of("孙示例"));
    EXPECT_EQ(check(id_of("孙示例")), "collections.not_yourself");
    ASSERT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"不是本人"})").code, "");
    deliver();
    const Visit wifes = join(online("spouse"), code_of("孙示例"));
    EXPECT_TRUE(last_.at("joined").at("earlier_answers").as_array().empty()) << "each party sees only its part";
    bring_own();
    EXPECT_EQ(push().code, "");
    const Visit agents = join(online("agent"), code_of("李样例"));
    bring_own();
    const Answer whole = push();
    EXPECT_EQ(whole.code, "") << (whole.fields.empty() ? whole.text : whole.fields[0].detail);
    EXPECT_EQ(state(), "filed");
    const json::object now = sheet(acceptor_);
    EXPECT_EQ(now.at("parties").at(0).at("identity").at("method"), "online");
    EXPECT_EQ(now.at("parties").at(0).at("identity").at("reference"), "LIVE-owner");
    expect_sound({own, stranger, wifes, agents});

    // Another account reads nothing of it.
    clerk_ = online("debtor");
    sitting_ = own.id;
    EXPECT_EQ(sit(&CollectAtWindow::show, "").code, "access.out_of_scope");
}

TEST_P(SeveralVisitsTest, R4eDisposingIsConfirmedOnSite)
{
    const Visit form = begin(online("owner"), "YG-01");
    ASSERT_EQ(add(here(demo("buyer", "owner"))).code, "");
    EXPECT_EQ(check(id_of("王示范")), "collections.on_site_needed");
    expect_sound({form});
    // Somebody who only follows a case by a code has no account and opens nothing.
    clerk_ = staff("applicant:TB1:p", "某人", home, {Duty::applicant});
    EXPECT_NE(sit(&CollectAtWindow::open, R"({"home":"370102","item":"YG-01"})").code, "");
}

TEST_P(SeveralVisitsTest, ALatePartIsSetAsideAndStillAnswered)
{
    file_case(unit_);
    const Visit first{clerk_, sitting_};
    ASSERT_EQ(decide(&DecideCase::request_supplement, acceptor_,
                     R"({"lines":[{"line":"M10","text":"合同缺页","reason":"unreadable_scan"}]})")
                  .code,
              "");
    deliver();
    const Visit other = join(clerk_at(third_window), notices_.codes[""]);
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
    ASSERT_EQ(check(std::string(last_.at("parties").at(0).at("id").as_string())), "");
    // The first window was faster, and the home registry has accepted.
    go(first);
    ASSERT_EQ(push().code, "");
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, R"({"remark":"已核对"})").code, "");
    deliver();
    go(other);
    ASSERT_EQ(push().code, "");
    go(other);
    EXPECT_EQ(last_.at("delivery").at("state"), "received") << "every acknowledged package is answered";
    EXPECT_EQ(sheet(acceptor_).at("parts").at(1).at("state"), "unused");
    expect_sound({first, other});
}

}  // namespace
}  // namespace tongban
