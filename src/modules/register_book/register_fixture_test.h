#pragma once
// A register book over an empty database, for the tests of this module.

#include <gtest/gtest.h>

#include "modules/journal/journal_store.h"
#include "modules/register_book/register_book.h"
#include "testing/test_database.h"

namespace tongban {

inline constexpr Agency lixia = 370102;
inline constexpr Agency shinan = 370202;
inline const std::string flat = "370102001001GB00001F00010001";

class PlainVault : public Vault {  // enough to see that sealed values go in and masked ones come out
public:
    std::string seal(Agency, std::string_view plain) override { return "sealed:" + std::string(plain); }
    std::string open(Agency, std::string_view sealed) override { return std::string(sealed.substr(7)); }
    std::string digest(Agency agency, std::string_view plain) override
    {
        return std::to_string(agency) + ":" + std::string(plain);
    }
};

class RegisterFixture : public DatabaseTest {
protected:
    void add_flat(Agency agency = lixia) { add_flat(flat, agency); }

    void add_flat(const std::string& unit_number, Agency agency, bool owned = true)
    {
        const auto done = write(agency, [&](Sql& sql) -> Result<void> {
            const NewUnit unit{unit_number,         "历下区演示路1号", UnitUse::home,
                               "成套住宅",          "89.50",           "国有建设用地使用权/房屋所有权",
                               "出让/市场化商品房", "钢筋混凝土"};
            EXPECT_TRUE(book_.add_unit(sql, agency, unit, "test", clock_.now()));
            if (!owned) return {};
            book_.add_ownership(sql, agency,
                                {unit_number, "王建国", "身份证", "370102190003071237", "单独所有",
                                 "鲁(2021)历下区不动产权第0000001号", "", clock_.now()},
                                "test", clock_.now());
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }

    RegisterView view(Agency agency = lixia) { return view_of(flat, agency); }
    RegisterView view_of(const std::string& unit_number, Agency agency = lixia)
    {
        return read([&](Sql& sql) -> Result<RegisterView> { return book_.find_unit(sql, agency, unit_number); })
            .value();
    }

    // Runs one change of the book in a transaction of its own.
    template <class Change>
    auto change(Change&& what)
    {
        return write(lixia, [&](Sql& sql) { return what(sql); });
    }
    RightHolder person(const std::string& name, const std::string& number)
    {
        return book_.holder(lixia, name, "居民身份证", number);
    }
    std::string digest(const std::string& number) { return vault_.digest(lixia, number); }
    EntryBy by(const std::string& case_number) { return {case_number, "登簿员", clock_.now()}; }

    PlainVault vault_;
    std::unique_ptr<Journal> journal_ = make_journal();
    RegisterBook book_{vault_, ids_, *journal_};
};

}  // namespace tongban
