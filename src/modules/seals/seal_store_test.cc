#include "modules/seals/seal_store.h"

#include <gtest/gtest.h>

#include "modules/journal/journal_store.h"
#include "modules/seals/core/seals_problems.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;

class SealStoreTest : public DatabaseTest {
protected:
    std::string requested(SealKind kind, const std::string& who = "a1")
    {
        return write(lixia,
                     [&](Sql& sql) -> Result<std::string> {
                         return store_.request(sql, lixia, kind, "历下区登记中心" + std::string(chinese(kind)),
                                               "新设机构", who, clock_.now());
                     })
            .value();
    }
    Result<RegistrySeal> change(const std::string& id, const std::string& event, const SealStore::Act& act)
    {
        return write(lixia, [&](Sql& sql) -> Result<RegistrySeal> {
            return store_.change(sql, lixia, id, event, "a2", clock_.now(), act);
        });
    }
    Result<RegistrySeal> issue(const std::string& id)
    {
        const auto approved = change(id, "seal.approved",
                                     [&](RegistrySeal seal) { return approve(std::move(seal), "a2", clock_.now()); });
        if (!approved) return approved;
        return change(id, "seal.issued", [&](RegistrySeal seal) {
            return make_issued(std::move(seal), "es-" + id, clock_.now(), clock_.now() + 1'000'000);
        });
    }
    Result<RegistrySeal> use(SealKind kind, const SealUse& use)
    {
        return write(lixia,
                     [&](Sql& sql) -> Result<RegistrySeal> { return store_.use(sql, lixia, kind, use, clock_.now()); });
    }

    std::unique_ptr<Journal> journal_ = make_journal();
    SealStore store_{ids_, *journal_};
    const SealUse certificate_{"platform", "platform", "certificate", "鲁(2026)历下区不动产证明第0000001号"};
};

TEST_P(SealStoreTest, OneOfAKindIsInForceAndEveryUseIsNoted)
{
    EXPECT_EQ(use(SealKind::registration, certificate_).error().problem, &seals_problem::not_in_force);
    const std::string first = requested(SealKind::registration);
    const auto issued = issue(first);
    ASSERT_TRUE(issued) << issued.error().code();
    EXPECT_EQ(use(SealKind::registration, certificate_)->id, first);
    EXPECT_EQ(use(SealKind::collection, certificate_).error().problem, &seals_problem::not_in_force);
    EXPECT_EQ(use(SealKind::registration, {"c1", "collector", "pages", "DS1"}).error().problem,
              &seals_problem::not_for_this);
    EXPECT_TRUE(use(SealKind::registration, certificate_));
    const auto uses =
        read([&](Sql& sql) -> Result<std::vector<NotedUse>> { return store_.uses(sql, lixia, first, 1'000'000, 10); });
    ASSERT_EQ(uses->size(), 2U) << "a refused use is no use";
    EXPECT_EQ(uses->front().serial_number, 2);
    EXPECT_EQ(uses->front().use.subject, certificate_.subject);

    const std::string second = requested(SealKind::registration);
    EXPECT_EQ(issue(second).error().problem, &seals_problem::one_in_force);
    ASSERT_TRUE(change(first, "seal.retired",
                       [&](RegistrySeal seal) { return retire(std::move(seal), "a2", "机构更名", clock_.now()); }));
    ASSERT_TRUE(change(second, "seal.issued", [&](RegistrySeal seal) {
        return make_issued(std::move(seal), "es-2", clock_.now(), clock_.now() + 1'000'000);
    }));
    EXPECT_EQ(use(SealKind::registration, certificate_)->id, second);
    const auto all = read([&](Sql& sql) -> Result<std::vector<RegistrySeal>> { return store_.all(sql, lixia, 10); });
    EXPECT_EQ(all->size(), 2U);
}

TEST_P(SealStoreTest, RefusesWhatTheLifeOfASealDoesNotHave)
{
    const std::string id = requested(SealKind::collection, "a2");
    EXPECT_EQ(issue(id).error().problem, &seals_problem::same_person);
    EXPECT_EQ(issue("none").error().problem, &seals_problem::not_found);
    EXPECT_EQ(write(lixia,
                    [&](Sql& sql) -> Result<std::string> {
                        return store_.request(sql, lixia, SealKind::collection, "x", "", "a1", clock_.now());
                    })
                  .error()
                  .problem,
              &seals_problem::reason_missing);
}

TONGBAN_ON_EACH_ENGINE(SealStoreTest);

}  // namespace
}  // namespace tongban
