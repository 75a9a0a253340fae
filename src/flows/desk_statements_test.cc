// What a screen of the desk costs does not grow with what the registry has: the same number of statements for three
// cases and for three hundred, counted at the database port on both engines.
#include "flows/main_path_fixture_test.h"
#include "testing/counting_database.h"

namespace tongban {
namespace {

namespace command = case_command;

class DeskStatementsTest : public MainPathTest {
protected:
    void SetUp() override
    {
        MainPathTest::SetUp();
        if (IsSkipped()) return;
        file_case(unit_);
        first_ = number_;
    }

    // As many more cases with the same papers, every second one on the same unit.
    void file_more(int count)
    {
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> {
            const Case one = TRY(cases_->load(sql, home, first_));
            for (int i = 0; i < count; ++i) {
                const std::string number = cases_->next_number(sql, home, clock_.now());
                CaseFacts platform;
                platform.platform = true;
                platform.now = clock_.now() + i;
                const CaseOrigin origin{window, "visit-" + number, number, "周代收", VisitChannel::window};
                const Case opened = TRY(cases_->act(
                    sql, Case{}, command::Open{"id-" + number, number, one.item, one.catalog_version, origin},
                    platform));
                command::File filed;
                filed.dossier = one.dossier;
                if (i % 2 == 0) filed.dossier.application->unit_number = other_unit_;
                filed.package_digest = number;
                filed.collection_id = origin.collection_id;
                filed.location = one.location;
                filed.use = one.use;
                TRY(cases_->act(sql, opened, filed, platform));
            }
            return {};
        });
        ASSERT_TRUE(done.has_value()) << done.error().code();
        clock_.advance(1000);
    }
    // The acceptor takes as many of the oldest free cases.
    void claim_some(int count)
    {
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> {
            const CasePage page = TRY(cases_->list(sql, home, CaseQueue::acceptance, {}, "", count + 1));
            for (const CaseRow& row : page.rows) {
                if (row.number == first_) continue;
                CaseFacts facts;
                facts.actor = acceptor_;
                facts.now = clock_.now();
                TRY(cases_->act(sql, TRY(cases_->load(sql, home, row.number)), command::Claim{}, facts));
            }
            return {};
        });
        ASSERT_TRUE(done.has_value()) << done.error().code() << done.error().detail;
    }

    std::map<std::string, int> screens()
    {
        CountingDatabase counting(database());
        ListCases inbox(counting, clock_, catalog_, calendars_, *cases_, staff_);
        CaseSheets sheets(counting, *cases_, register_, bills_, certificates_, taxes_, catalog_, calendars_, clock_,
                          questions_);
        CaseReads reads(counting, clock_);
        DecideCase decide({counting, clock_, *platform_->commands, objects_, imaging_, press_, catalog_, calendars_,
                           *cases_, platform_->steps, sheets, register_, bills_, certificates_, taxes_, staff_, reads,
                           questions_, platform_->powers});
        std::map<std::string, int> costs;
        const auto screen = [&](const std::string& name, auto& flow, auto action, const Actor& actor,
                                const std::string& query) {
            counting.statements = 0;
            const Answer answer = call(flow, action, actor,
                                       {
                                           {"number", first_}
            },
                                       "", 0, {}, query);
            EXPECT_EQ(answer.code, "") << name;
            costs[name] = counting.statements;
        };
        for (const char* queue : {"mine", "collecting", "acceptance", "review", "payment", "registration", "supplement",
                                  "suspended", "done"}) {
            screen("list " + std::string(queue), inbox, &ListCases::list, acceptor_,
                   "queue=" + std::string(queue) + "&limit=100");
        }
        screen("list filtered", inbox, &ListCases::list, acceptor_, "queue=acceptance&owner=free&due=today&item=DY-01");
        screen("search by name", inbox, &ListCases::search, acceptor_, "q=" + std::string(owner().name));
        screen("search by unit", inbox, &ListCases::search, acceptor_, "q=" + unit_);
        screen("team", inbox, &ListCases::team, supervisor_, "");
        screen("sheet, first opening", decide, &DecideCase::show, acceptor_, "");
        screen("sheet, again", decide, &DecideCase::show, acceptor_, "");
        return costs;
    }
    static const DemoPerson& owner() { return *find_demo_person("owner"); }

    std::string first_;
    const std::string other_unit_ = unit_in_state(DemoState::mortgaged);
    Actor supervisor_ = staff("s1", "赵督查", home, {Duty::supervisor});
};
TONGBAN_ON_EACH_ENGINE(DeskStatementsTest);

TEST_P(DeskStatementsTest, AScreenCostsTheSameForThreeCasesAndForThreeHundred)
{
    file_more(2);
    claim_some(1);
    const std::map<std::string, int> with_three = screens();
    file_more(297);
    claim_some(100);
    const std::map<std::string, int> with_three_hundred = screens();
    EXPECT_EQ(with_three, with_three_hundred);
    EXPECT_EQ(with_three_hundred.at("list acceptance"), 2);
    EXPECT_EQ(with_three_hundred.at("list mine"), 2);
    EXPECT_EQ(with_three_hundred.at("search by name"), 1);
    EXPECT_EQ(with_three_hundred.at("team"), 3);
    EXPECT_LE(with_three_hundred.at("sheet, first opening"), 5);
    EXPECT_EQ(with_three_hundred.at("sheet, again"), 1);
    // There was something to count: the lists were long and the register's unit shared.
    const json::object page =
        call(platform_->inbox, &ListCases::list, acceptor_, {}, "", 0, {}, "queue=acceptance&limit=100").body;
    EXPECT_EQ(page.at("cases").as_array().size(), 100U);
    EXPECT_EQ(page.at("counts").at("acceptance").as_int64(), 300);
    EXPECT_GE(page.at("counts").at("mine").as_int64(), 100);
}

}  // namespace
}  // namespace tongban
