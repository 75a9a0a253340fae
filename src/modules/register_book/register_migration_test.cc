// What registers held before they knew versions of mortgages and orders of seizures goes on.

#include <algorithm>

#include "modules/register_book/register_fixture_test.h"
#include "platform/sql/migrations.h"

namespace tongban {
namespace {

constexpr Statement old_mortgage{
    "",
    "insert into register_mortgages (agency, id, unit_number, status, priority, kind, mortgagee, "
    "mortgagee_number_masked, mortgagee_number_sealed, mortgagee_number_digest, mortgagor, secured_amount_fen, "
    "term_from, term_to, scope_text, contract_number, transfer_ban, certificate_number, case_number, registrar, "
    "registered_at, end_reason) values (370102, 'm1', $1, 1, 1, 'general', $2, '91**', 'sealed:1', 'digest', "
    "'王建国', 100, '', '', '', '', 1, '证1', '', '', 5, '')"};
constexpr Statement old_unit{
    "",
    "insert into register_units (agency, unit_number, version, status, location, use_class, use_name, area, "
    "right_type, right_nature, structure, locked, lock_reason, created_at, changed_at) values (370102, $1, 1, 1, "
    "'', 'home', '', '', '', '', '', 0, '', 1, 1)"};
constexpr Statement old_seizure{
    "",
    "insert into register_seizures (agency, id, unit_number, status, kind, organ, document_number, delivered_at, "
    "until_on, end_document) values (370102, $2, $1, 1, $3, '法院', $2, $4, '', '')"};

constexpr std::string_view first = "202611232310_register_book";
constexpr std::string_view second = "202611241140_register_rights";

class RegisterMigrationTest : public RegisterFixture {
protected:
    static void apply(Sql& sql, std::string_view name)
    {
        const auto all = embedded_migrations();
        const auto found = std::ranges::find(all, name, &Migration::name);
        TONGBAN_ASSERT(found != all.end());
        for (const std::string& statement : split_statements(found->text)) sql.query(Statement{"", statement}, {});
    }
};
TONGBAN_ON_EACH_ENGINE(RegisterMigrationTest);

TEST_P(RegisterMigrationTest, OldMortgagesAndSeizuresReadAsBefore)
{
    const std::string bank = R"(演示"银行"\济南)";
    const auto filled = write(lixia, [&](Sql& sql) -> Result<void> {
        for (const char* table : {"register_seizures", "register_encumbrances", "register_former_numbers",
                                  "register_mortgages", "register_ownerships", "register_units"}) {
            const std::string drop = "drop table " + std::string(table);
            sql.query(Statement{"", drop}, {});
        }
        apply(sql, first);
        sql.query(old_unit, {flat});
        sql.query(old_mortgage, {flat, bank});
        sql.query(old_seizure, {flat, "甲", "seizure", 60'000});
        sql.query(old_seizure, {flat, "乙", "waiting", 120'000});
        apply(sql, second);
        return {};
    });
    ASSERT_TRUE(filled.has_value());

    const RegisterView unit = view();
    ASSERT_EQ(unit.mortgages.size(), 1U);
    EXPECT_EQ(unit.mortgages[0].mortgagee, bank);
    EXPECT_EQ(unit.mortgages[0].holders.at(0).number_digest, "digest");
    EXPECT_EQ(unit.mortgages[0].priority_at, 5);
    EXPECT_TRUE(unit.mortgages[0].transfer_ban);
    ASSERT_EQ(unit.seizures.size(), 2U);
    EXPECT_EQ(unit.seizures[0].document_number, "甲");
    EXPECT_EQ(unit.seizures[1].kind, SeizureKind::waiting);
    EXPECT_EQ(unit.seizures[1].sequence, 2);
}

}  // namespace
}  // namespace tongban
