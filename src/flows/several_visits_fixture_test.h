#pragma once
// People at several windows and online over the platform of main_path_fixture_test.h. For several_visits_test.cc and
// hard_cases_of_visits_test.cc.

#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Agency third_window = 370203;

struct Visit {
    Actor who;
    std::string id;
};

class SeveralVisitsTest : public MainPathTest {
protected:
    static Actor clerk_at(Agency agency)
    {
        return staff("w" + std::to_string(agency), "窗口", agency, {Duty::collector});
    }
    // As the routes of the portal hand him on: the home registry is the tenant.
    Actor online(const std::string& key)
    {
        const DemoPerson& person = *find_demo_person(key);
        const std::string account = "person:" + key;
        persons_.people[account] = {std::string(person.name), DocumentType::citizen_card, std::string(person.number),
                                    "police", "LIVE-" + key};
        return staff(account, std::string(person.name), home, {Duty::applicant});
    }
    Visit begin(const Actor& who, const std::string& item)
    {
        clerk_ = who;
        const Answer opened = sit(&CollectAtWindow::open, R"({"home":"370102","item":")" + item + R"("})");
        EXPECT_EQ(opened.code, "") << opened.text;
        if (!opened.code.empty()) return {who, {}};
        sitting_ = std::string(opened.body.at("id").as_string());
        deliver();
        number_ = std::string(look().at("case_number").as_string());
        return {who, sitting_};
    }
    Answer try_join(const Actor& who, const std::string& code, const std::string& number = {})
    {
        clerk_ = who;
        const json::object body{
            {"case_number", number.empty() ? number_ : number},
            {"code",        code                             }
        };
        return sit(&CollectAtWindow::join, json::serialize(body));
    }
    Visit join(const Actor& who, const std::string& code)
    {
        const Answer joined = try_join(who, code);
        EXPECT_EQ(joined.code, "") << joined.text;
        if (!joined.code.empty()) return {who, {}};
        sitting_ = std::string(joined.body.at("id").as_string());
        deliver();
        look();
        return {who, sitting_};
    }
    void go(const Visit& visit)
    {
        clerk_ = visit.who;
        sitting_ = visit.id;
        look();
    }
    Answer add(const json::object& party) { return sit(&CollectAtWindow::add_party, json::serialize(party)); }
    json::object demo(std::string_view role, const std::string& key, const std::string& represents = {})
    {
        const DemoPerson& person = *find_demo_person(key);
        return parse_json(party_text(role, "person", person.name, person.number, person.phone, represents))
            .value()
            .as_object();
    }
    json::object bank(std::string_view role, std::size_t which = 0)
    {
        const DemoOrganisation& one = demo_organisations()[which];
        return parse_json(party_text(role, "organisation", one.name, one.number, one.phone)).value().as_object();
    }
    static json::object elsewhere(json::object party, std::string_view expected_at = {})
    {
        party["place"] = "elsewhere";
        if (!expected_at.empty()) party["expected_at"] = expected_at;
        return party;
    }
    static json::object here(json::object party)
    {
        party["place"] = "here";
        return party;
    }
    std::string id_of(std::string_view name)
    {
        for (const json::value& party : json::array(look().at("parties").as_array())) {
            if (party.at("name").as_string() == name) return std::string(party.at("id").as_string());
        }
        return {};
    }
    std::string check(const std::string& id)
    {
        return sit(&CollectAtWindow::check_identity, "",
                   {
                       {"party", id}
        })
            .code;
    }
    // Every question of the party, answered as expected, or with `said` for the one named.
    void ask(const std::string& id, const std::string& question = {}, const std::string& said = {})
    {
        json::object own;
        for (const json::value& party : json::array(last_.at("parties").as_array())) {
            if (party.at("id").as_string() == id) own = party.as_object();
        }
        if (!own.at("needs_interview").as_bool()) return;
        for (const json::value& asked : json::array(own.at("questions").as_array())) {
            std::string answer = "二十年";
            for (const json::value& known : json::array(last_.at("questions").as_array())) {
                if (known.at("id") != asked || known.at("answer") != "yes_no") continue;
                const json::value* expected = known.as_object().if_contains("expected");
                answer = expected == nullptr ? "no" : std::string(expected->as_string());
            }
            const json::object given{
                {"question", asked                                         },
                {"answer",   asked == json::value(question) ? said : answer}
            };
            const Answer taken = sit(&CollectAtWindow::record_answer, json::serialize(given),
                                     {
                                         {"party", id}
            });
            EXPECT_EQ(taken.code, "") << json::serialize(given);
        }
        EXPECT_EQ(sit(&CollectAtWindow::record_signature, "PNG signature of " + id,
                      {
                          {"party", id}
        })
                      .code,
                  "");
    }
    void verify(const std::string& id)
    {
        ASSERT_EQ(check(id), "");
        ask(id);
    }
    Answer push()
    {
        const Answer pushed = sit(&CollectAtWindow::push, "");
        deliver();
        return pushed;
    }
    std::string state() { return std::string(sheet(acceptor_).at("state").as_string()); }
    json::object board() { return look().at("board").as_object(); }
    std::string on_board(std::string_view role)
    {
        for (const json::value& party : json::array(board().at("parties").as_array())) {
            if (party.at("role").as_string() == role) return std::string(party.at("state").as_string());
        }
        return {};
    }
    void expect_sound(const std::vector<Visit>& visits)
    {
        const auto done = read([&](Sql& sql) -> Result<void> {
            EXPECT_EQ(cases_->check(sql, home, number_), "");
            for (const Visit& visit : visits) EXPECT_EQ(collections_->check(sql, visit.who.agency, visit.id), "");
            return {};
        });
        EXPECT_TRUE(done.has_value());
    }
    // The owner is here, his wife and the bank with its agent come elsewhere; every paper is there.
    Visit first_of_three(std::string_view wife_at = "370203", std::string_view bank_at = "370102")
    {
        const Visit first = begin(clerk_at(window), "DY-01");
        EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(theirs_)).code, "");
        EXPECT_EQ(add(demo("mortgagor", "owner")).code, "");
        EXPECT_EQ(add(elsewhere(demo("mortgagor", "spouse"), wife_at)).code, "");
        EXPECT_EQ(add(elsewhere(bank("mortgagee"), bank_at)).code, "");
        const std::string bank_id = id_of(demo_organisations()[0].name);
        EXPECT_EQ(add(elsewhere(demo("agent", "agent", bank_id), bank_at)).code, "");
        verify(id_of("王示范"));
        collect_materials();
        const Answer pushed = push();
        EXPECT_EQ(pushed.code, "") << (pushed.fields.empty() ? pushed.text : pushed.fields[0].detail);
        return first;
    }
    const std::string theirs_ = unit_in_state(DemoState::joint);
    std::string code_of(std::string_view name) { return notices_.codes[std::string(name)]; }
    void bring_own()
    {
        for (const json::value& party : json::array(last_.at("parties").as_array())) {
            verify(std::string(party.at("id").as_string()));
        }
    }
};

}  // namespace
}  // namespace tongban
