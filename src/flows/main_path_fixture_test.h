#pragma once
// A window in 370202 and a home registry in 370102 over the real stores, the real exchange and the real object store;
// only people, police and paper are stand-ins. For main_path_test.cc and
// collect_at_window_test.cc.

#include <gmock/gmock.h>
#include <filesystem>

#include <map>

#include "base/json.h"
#include "flows/case_deadlines.h"
#include "flows/case_visits.h"
#include "flows/collect_at_window.h"
#include "flows/decide_case.h"
#include "flows/desk_work.h"
#include "flows/list_cases.h"
#include "flows/main_path_fakes_test.h"
#include "flows/own_cases.h"
#include "flows/receive_package.h"
#include "modules/access/core/access_problems.h"
#include "modules/access/staff_list.h"
#include "modules/calendar/calendar_files.h"
#include "modules/cases/case_store_sql.h"
#include "modules/cases/review_question_files.h"
#include "modules/catalog/catalog_files.h"
#include "modules/certificates/certificate_store.h"
#include "modules/collections/collection_store_sql.h"
#include "modules/exchange/exchange_worker.h"
#include "modules/fees/bill_store.h"
#include "modules/fees/tax_store.h"
#include "modules/journal/journal_store.h"
#include "platform/crypto/vault.h"
#include "platform/objects/local_objects.h"
#include "sandbox/demo_people.h"
#include "sandbox/demo_province.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency home = 370102;
constexpr Agency window = 370202;
constexpr const char* page_a = "0193a5f0-0000-7000-8000-00000000000a";

class MainPathTest : public DatabaseTest {
protected:
    // Everything that refers to the database.
    struct Platform {
        explicit Platform(MainPathTest& t)
            : commands(make_commands(t.database(), t.clock_, *t.vault_)),
              exchange(t.database(), t.clock_, t.ids_, t.signer_),
              codes(*t.vault_, t.ids_),
              claims(t.database()),
              steps(*t.cases_, exchange, t.notices_, codes, t.catalog_),
              sittings(*t.collections_, exchange, t.catalog_),
              powers({t.database(), t.clock_, *t.vault_, *commands, t.objects_, t.imaging_, t.catalog_, t.power_store_,
                      *t.cases_, steps, exchange}),
              collect({t.database(), t.clock_, t.ids_, *t.vault_, *commands, t.objects_, t.imaging_, t.press_,
                       t.catalog_, *t.collections_, sittings, exchange, t.police_, t.reader_, t.persons_, powers,
                       1 << 20, true}),
              receive({t.database(), t.clock_, t.ids_, *t.vault_, t.catalog_, *t.cases_, steps, *t.collections_,
                       sittings, t.register_, exchange, claims}),
              visits({t.database(), t.clock_, *t.vault_, t.catalog_, *t.cases_, steps, codes, t.notices_}),
              deadlines({t.database(), t.clock_, t.catalog_, t.calendars_, *t.cases_, steps}),
              sheets(t.database(), *t.cases_, t.register_, t.bills_, t.certificates_, t.taxes_, t.catalog_,
                     t.calendars_, t.clock_, t.questions_),
              reads(t.database(), t.clock_),
              decide({t.database(), t.clock_, *commands, t.objects_, t.imaging_, t.press_, t.catalog_, t.calendars_,
                      *t.cases_, steps, sheets, t.register_, t.bills_, t.certificates_, t.taxes_, t.staff_, reads,
                      t.questions_, powers}),
              inbox(t.database(), t.clock_, t.catalog_, t.calendars_, *t.cases_, t.staff_),
              desk({t.clock_, *commands, *t.cases_, sheets, t.staff_, t.catalog_, t.questions_}),
              own_cases({t.database(), *t.vault_, t.own_person_, t.sessions_, t.catalog_})
        {
            add_exchange_handlers(exchange, receive);
            add_visit_handlers(exchange, visits);
            add_power_handlers(exchange, powers);
            exchange.handle(std::string(case_people_kind),
                            [this](Sql& sql, const Message& message) { return own_cases.take(sql, message); });
            exchange.handle(std::string(application_told_kind), [this](Sql& sql, const Message& message) {
                return own_cases.take_application(sql, message);
            });
        }
        std::unique_ptr<Commands> commands;
        ExchangeWorker exchange;
        CaseCodes codes;
        CaseClaims claims;
        CaseSteps steps;
        SittingSteps sittings;
        StandingPowers powers;
        CollectAtWindow collect;
        ReceivePackage receive;
        CaseVisits visits;
        CaseDeadlines deadlines;
        CaseSheets sheets;
        CaseReads reads;
        DecideCase decide;
        ListCases inbox;
        DeskWork desk;
        OwnCases own_cases;
    };

    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        seed_demo_province(database(), register_, clock_);
        platform_ = std::make_unique<Platform>(*this);
    }
    void TearDown() override { platform_.reset(); }

    struct Answer {
        int status = 0;
        std::string code;  // of the problem, empty when it went well
        json::object body;
        std::vector<FieldError> fields;
        std::string text;
    };
    template <class Flow>
    Answer call(Flow& flow, Result<Response> (Flow::*action)(ApiRequest&), const Actor& actor,
                std::map<std::string, std::string> path, const std::string& body, std::int64_t version,
                const std::string& key = {}, const std::string& query = {})
    {
        Request http;
        http.path_values = std::move(path);
        http.body = body;
        http.query = query;
        ApiRequest request{http, actor, key, sm3_hex(body), version};
        Result<Response> response = (flow.*action)(request);
        Answer answer;
        if (!response) {
            answer.status = http_status(response.error().problem->kind);
            answer.code = response.error().code();
            answer.fields = response.error().fields;
            answer.text = response.error().detail;
            return answer;
        }
        answer.status = response->status;
        answer.text = response->body;
        if (const Result<json::value> parsed = parse_json(response->body); parsed && parsed->is_object()) {
            answer.body = parsed->as_object();
        }
        return answer;
    }
    // Of the sitting, with the version last seen.
    Answer sit(Result<Response> (CollectAtWindow::*action)(ApiRequest&), const std::string& body,
               std::map<std::string, std::string> path = {}, const std::string& key = {})
    {
        path["id"] = sitting_;
        Answer answer = call(platform_->collect, action, clerk_, std::move(path), body, version_, key);
        if (answer.code.empty() && answer.body.contains("version")) {
            version_ = answer.body.at("version").as_int64();
            last_ = answer.body;
        }
        return answer;
    }
    Answer decide(Result<Response> (DecideCase::*action)(ApiRequest&), const Actor& actor, const std::string& body,
                  const std::string& key = {})
    {
        if (action == &DecideCase::approve) answer_checklist(actor);
        return call(platform_->decide, action, actor,
                    {
                        {"number", number_}
        },
                    body, sheet(actor).at("version").as_int64(), key);
    }
    // "Yes" to whatever is asked of the reviewer, resting on the register. Refused where the approval will be.
    void answer_checklist(const Actor& actor)
    {
        const json::object now = sheet(actor);
        json::array answers;
        if (const json::value* asked = now.if_contains("checklist")) {
            for (const json::value& question : asked->as_array()) {
                const auto& duties = question.at("duties").as_array();
                if (std::ranges::find(duties, json::value("reviewer")) == duties.end()) continue;
                answers.push_back(json::object{
                    {"question", question.at("id")                              },
                    {"answer",   "yes"                                          },
                    {"evidence", json::array{json::object{{"kind", "register"}}}}
                });
            }
        }
        call(platform_->desk, &DeskWork::answer, actor,
             {
                 {"number", number_}
        },
             json::serialize(json::object{{"answers", std::move(answers)}}), now.at("version").as_int64());
    }
    json::object sheet(const Actor& actor)
    {
        const Answer answer = call(platform_->decide, &DecideCase::show, actor,
                                   {
                                       {"number", number_}
        },
                                   "", 0, {}, "reason=check");
        EXPECT_EQ(answer.code, "");
        return answer.body;
    }
    json::object look() { return sit(&CollectAtWindow::show, "").body; }
    std::string document(const std::string& name)
    {
        const Answer answer = call(platform_->decide, &DecideCase::document, acceptor_,
                                   {
                                       {"number",   number_},
                                       {"document", name   }
        },
                                   "", 0);
        return answer.code.empty() ? answer.text : answer.code;
    }

    void deliver()
    {
        while (platform_->exchange.deliver_due() > 0) {
        }
    }
    void open_sitting()
    {
        const Answer opened = sit(&CollectAtWindow::open, R"({"home":"370102","item":"DY-01"})");
        ASSERT_EQ(opened.code, "") << opened.text;
        sitting_ = std::string(opened.body.at("id").as_string());
        deliver();
        number_ = std::string(look().at("case_number").as_string());
    }
    static std::string application_text(std::string_view unit)
    {
        return R"({"unit_number":")" + std::string(unit) +
               R"(","values":{"mortgage.way":"general","mortgage.secured_amount_fen":120000000,)"
               R"("mortgage.debt_from":"2026-11-01","mortgage.debt_to":"2036-10-31","mortgage.scope":"主债权",)"
               R"("mortgage.transfer_ban":false,"mortgage.contract_number":"演示1号"}})";
    }
    // Objects and what is on its way to be one.
    std::size_t stored_files() const
    {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
            count += entry.is_regular_file();
        return count;
    }
    Answer upload(const std::string& line, const std::string& page, const std::string& bytes)
    {
        Request http;
        http.path_values = {
            {"id",   sitting_},
            {"line", line    },
            {"page", page    }
        };
        http.query = upload_query_;
        http.headers.set("X-File-Name", upload_name_);
        ApiRequest request{http, clerk_, "key-upload", "", {}};
        auto taken = platform_->collect.take_page(request);
        Answer answer;
        if (!taken) {
            answer.code = taken.error().code();
            answer.fields = taken.error().fields;
            return answer;
        }
        auto& sink = std::get<std::unique_ptr<BodySink>>(*taken);
        if (const Result<void> written = sink->write(bytes); !written) {
            answer.code = written.error().code();
            return answer;
        }
        const Response response = sink->finish();
        answer.status = response.status;
        answer.body = parse_json(response.body).value().as_object();
        if (answer.body.contains("code")) answer.code = std::string(answer.body.at("code").as_string());
        if (answer.code.empty()) version_ = answer.body.at("version").as_int64();
        return answer;
    }
    std::string party_text(std::string_view role, std::string_view kind, std::string_view name, std::string_view number,
                           std::string_view phone, const std::string& represents = {})
    {
        json::object party{
            {"role",          role                                             },
            {"kind",          kind                                             },
            {"name",          name                                             },
            {"document_type", kind == "person" ? "citizen_card" : "credit_code"},
            {"number",        number                                           },
            {"phone",         phone                                            }
        };
        if (!represents.empty()) party["represents"] = represents;
        return json::serialize(party);
    }
    void fill_in(std::string_view unit)
    {
        ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit)).code, "");
        const DemoPerson& owner = *find_demo_person("owner");
        const DemoPerson& agent = *find_demo_person("agent");
        const DemoOrganisation& bank = demo_organisations()[0];
        ASSERT_EQ(
            sit(&CollectAtWindow::add_party, party_text("mortgagor", "person", owner.name, owner.number, owner.phone))
                .code,
            "");
        const Answer with_bank = sit(&CollectAtWindow::add_party,
                                     party_text("mortgagee", "organisation", bank.name, bank.number, bank.phone));
        ASSERT_EQ(with_bank.code, "");
        const std::string bank_id{with_bank.body.at("parties").as_array().back().at("id").as_string()};
        ASSERT_EQ(sit(&CollectAtWindow::add_party,
                      party_text("agent", "person", agent.name, agent.number, agent.phone, bank_id))
                      .code,
                  "");
        for (const json::value& party : json::array(last_.at("parties").as_array())) {
            const std::string id{party.at("id").as_string()};
            ASSERT_EQ(sit(&CollectAtWindow::check_identity, "",
                          {
                              {"party", id}
            })
                          .code,
                      "");
            if (party.at("needs_interview").as_bool()) interview(id, std::string(party.at("role").as_string()));
        }
        collect_materials();
    }
    void interview(const std::string& id, const std::string& role)
    {
        for (const json::value& question : json::array(last_.at("questions").as_array())) {
            if (const json::value* roles = question.as_object().if_contains("roles")) {
                const auto& asked = roles->as_array();
                if (std::ranges::find(asked, json::value(role)) == asked.end()) continue;
            }
            std::string answer = "二十年";
            if (question.at("answer") == "yes_no") {
                const json::value* expected = question.as_object().if_contains("expected");
                answer = expected == nullptr ? "no" : std::string(expected->as_string());
            }
            const json::object given{
                {"question", question.at("id")},
                {"answer",   answer           }
            };
            ASSERT_EQ(sit(&CollectAtWindow::record_answer, json::serialize(given),
                          {
                              {"party", id}
            })
                          .code,
                      "");
        }
        ASSERT_EQ(sit(&CollectAtWindow::record_signature, "PNG signature of " + id,
                      {
                          {"party", id}
        })
                      .code,
                  "");
    }
    void collect_materials()
    {
        int serial = 0;
        for (const json::value& line : json::array(look().at("materials").as_array())) {
            if (!line.at("required_now").as_bool()) continue;
            const std::string code{line.at("code").as_string()};
            const std::string page = "0193a5f0-0000-7000-8000-0000000001" + std::to_string(10 + serial++);
            ASSERT_EQ(upload(code, page, "PNG scan of " + code).code, "");
            const std::string form{line.at("forms").at(0).as_string()};
            const json::object arranged{
                {"form",   form                                                     },
                {"copies", 1                                                        },
                {"check",  "passed"                                                 },
                {"pages",  json::array{json::object{{"id", page}, {"rotation", 90}}}}
            };
            ASSERT_EQ(sit(&CollectAtWindow::arrange_material, json::serialize(arranged),
                          {
                              {"line", code}
            })
                          .code,
                      "");
        }
    }
    void file_case(std::string_view unit)
    {
        open_sitting();
        fill_in(unit);
        ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
        deliver();
    }
    void expect_everything_adds_up()
    {
        const auto done = read([&](Sql& sql) -> Result<void> {
            EXPECT_EQ(cases_->check(sql, home, number_), "");
            EXPECT_EQ(collections_->check(sql, window, sitting_), "");
            return {};
        });
        EXPECT_TRUE(done.has_value());
    }
    static std::string unit_in_state(DemoState state)
    {
        for (const DemoUnit& unit : demo_units()) {
            if (unit.agency == home && unit.state == state) return std::string(unit.unit_number);
        }
        return {};
    }
    static Actor staff(const std::string& account, const std::string& name, Agency agency, std::vector<Duty> duties)
    {
        return {.account = account,
                .name = name,
                .agency = agency,
                .duties = std::move(duties),
                .case_number = {},
                .party = {}};
    }

    const std::string unit_ = unit_in_state(DemoState::free);
    Actor clerk_ = staff("w1", "周代收", window, {Duty::collector});
    Actor acceptor_ = staff("a1", "张受理", home, {Duty::acceptor});
    Actor reviewer_ = staff("a2", "李审核", home, {Duty::reviewer});
    std::string sitting_;
    std::string number_;
    std::string upload_name_ = "scan.png";  // header X-File-Name
    std::string upload_query_;
    std::int64_t version_ = 0;
    json::object last_;

    TemporaryFolder folder_;
    LocalObjects objects_{
        {.folder = folder_.path(), .master_key = std::string(32, 'k')}
    };
    std::unique_ptr<Vault> vault_ = make_vault(std::string(32, 'v'));
    std::unique_ptr<Journal> journal_ = make_journal();
    Catalog catalog_ = load_catalog("data");
    WorkCalendar calendar_ = load_calendar("data/calendar");
    Calendars calendars_{calendar_};
    std::unique_ptr<CaseStore> cases_ = make_case_store(*journal_, catalog_);
    std::unique_ptr<CollectionStore> collections_ = make_collection_store(*journal_);
    RememberedNotices notices_;
    OnePerson own_person_{*vault_};
    VisitedCases sessions_;
    StringSigner signer_;
    KnownFiles imaging_;
    NamingPress press_;
    Police police_;
    Reader reader_;
    Persons persons_;
    RegisterBook register_{*vault_, ids_, *journal_};
    BillStore bills_{ids_, *journal_};
    TaxStore taxes_{*journal_};
    PowerStore power_store_{*journal_};
    CertificateStore certificates_{ids_};
    StaffList staff_;
    ReviewQuestions questions_ = load_review_questions("data");
    std::unique_ptr<Platform> platform_;
};

}  // namespace
}  // namespace tongban
