#include "modules/powers/power_store.h"

#include <gtest/gtest.h>

#include "modules/journal/journal_store.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

class PowerStoreTest : public DatabaseTest {
protected:
    static Actor person(const std::string& account, Agency agency)
    {
        Actor actor;
        actor.account = account;
        actor.name = account;
        actor.agency = agency;
        actor.duties = {Duty::acceptor, Duty::reviewer};
        return actor;
    }
    StandingPower act(Agency agency, const StandingPower& before, const PowerCommand& command,
                      const std::string& account = "clerk")
    {
        return write(agency,
                     [&](Sql& sql) -> Result<StandingPower> {
                         const PowerFacts facts{person(account, agency), clock_.now()};
                         return store_.act(sql, before, command, facts);
                     })
            .value();
    }
    StandingPower file(Agency agency = lixia)
    {
        const std::string number = write(agency, [&](Sql& sql) -> Result<std::string> {
                                       return PowerStore::next_number(sql, agency, clock_.now());
                                   }).value();
        PowerGrant grant;
        grant.principal = "演示银行";
        grant.principal_code = "91370100MA00000001";
        StandingAgent agent;
        agent.name = "周代理";
        agent.number_digest = "d";
        grant.agents.push_back(agent);
        grant.items = {"DY"};
        grant.from = "2026-11-01";
        grant.until = "2027-10-31";
        return act(agency, StandingPower{}, power_command::File{agency, number, grant});
    }
    std::string check(const StandingPower& power)
    {
        return read([&](Sql& sql) -> Result<std::string> { return store_.check(sql, power.agency, power.number); })
            .value();
    }
    std::vector<std::string> page(Agency agency, const std::string& state, const std::string& before, int limit)
    {
        return read([&](Sql& sql) -> Result<std::vector<std::string>> {
                   std::vector<std::string> all;
                   for (const StandingPower& power : PowerStore::page(sql, agency, state, before, limit)) {
                       all.push_back(power.number);
                   }
                   return all;
               })
            .value();
    }

    std::unique_ptr<Journal> journal_ = make_journal();
    PowerStore store_{*journal_};
};
TONGBAN_ON_EACH_ENGINE(PowerStoreTest);

TEST_P(PowerStoreTest, KeepsEveryStepAndTheJournalAddsUp)
{
    StandingPower power = file();
    EXPECT_EQ(power.number, "CW370102202600001");
    power = act(lixia, power, power_command::Attach{"d", "pdf", 1});
    power = act(lixia, power, power_command::Check{"一致"}, "reviewer");
    power = act(lixia, power, power_command::Revoke{"撤销"});
    EXPECT_EQ(power.version, 4);
    EXPECT_EQ(check(power), "");
    const auto loaded =
        read([&](Sql& sql) -> Result<StandingPower> { return store_.load(sql, lixia, power.number); }).value();
    EXPECT_EQ(loaded.state, StandingState::revoked);
    EXPECT_EQ(loaded.grant.agents.at(0).number_digest, "d");
    const auto elsewhere =
        read([&](Sql& sql) -> Result<StandingPower> { return store_.load(sql, shinan, power.number); });
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().code(), "powers.not_found");
}

TEST_P(PowerStoreTest, NumbersCountPerRegistryAndListsAreItsOwn)
{
    const StandingPower one = file();
    const StandingPower two = file();
    const StandingPower other = file(shinan);
    EXPECT_EQ(two.number, "CW370102202600002");
    EXPECT_EQ(other.number, "CW370202202600001");
    EXPECT_EQ(page(lixia, "", "", 10), (std::vector<std::string>{two.number, one.number}));
    EXPECT_EQ(page(lixia, "", two.number, 10), (std::vector<std::string>{one.number}));
    EXPECT_TRUE(page(lixia, "in_force", "", 10).empty());
    EXPECT_EQ(page(lixia, "filed", "", 1).size(), 1U);
}

TEST_P(PowerStoreTest, AUseIsNotedOnceAndGivenForTheRevocation)
{
    const StandingPower power = file();
    for (int twice = 0; twice < 2; ++twice) {
        ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<void> {
                        PowerStore::note_use(sql, lixia, power.number, shinan, "c-1", clock_.now());
                        return {};
                    }).has_value());
    }
    const auto uses = read([&](Sql& sql) -> Result<std::vector<PowerStore::Use>> {
                          return PowerStore::uses(sql, lixia, power.number, clock_.now());
                      }).value();
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses[0].home, shinan);
    EXPECT_EQ(uses[0].collection_id, "c-1");
}

}  // namespace
}  // namespace tongban
