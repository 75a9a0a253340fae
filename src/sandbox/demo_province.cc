#include "sandbox/demo_province.h"

#include <fmt/format.h>

#include "sandbox/demo_people.h"

namespace tongban {

namespace {

constexpr std::string_view actor = "demo";
constexpr Millis five_years_ago = 1'637'000'000'000;  // 2021-11-15

void add_rights(Sql& sql, RegisterBook& book, const DemoUnit& unit, int serial, Millis now)
{
    const DemoPerson* owner = find_demo_person(unit.owner);
    TONGBAN_ASSERT(owner != nullptr);
    const std::string unit_number(unit.unit_number);
    NewOwnership ownership;
    ownership.unit_number = unit_number;
    ownership.name = owner->name;
    ownership.document_type = "居民身份证";
    ownership.number = owner->number;
    ownership.share = "单独所有";
    ownership.certificate_number = fmt::format("鲁(2021)演示不动产权第{:07}号", serial);
    ownership.registered_at = five_years_ago;
    book.add_ownership(sql, unit.agency, ownership, actor, now);
    switch (unit.state) {
    case DemoState::free: return;
    case DemoState::mortgaged: {
        const DemoOrganisation& bank = demo_organisations()[1];
        NewMortgage mortgage;
        mortgage.unit_number = unit_number;
        mortgage.mortgagee = bank.name;
        mortgage.mortgagee_number_masked = bank.number;
        mortgage.mortgagor = owner->name;
        mortgage.secured_amount_fen = 60'000'000;
        mortgage.term_from = "2021-11-15";
        mortgage.term_to = "2031-11-14";
        mortgage.contract_number = "演示抵字2021第0001号";
        mortgage.certificate_number = fmt::format("鲁(2021)演示不动产证明第{:07}号", serial);
        mortgage.registrar = "演示登簿员";
        mortgage.registered_at = five_years_ago;
        const std::int64_t version = book.find_unit(sql, unit.agency, unit_number).version;
        const Result<std::int64_t> order = book.add_mortgage(sql, unit.agency, mortgage, version, actor);
        TONGBAN_ASSERT(order.has_value());
        return;
    }
    case DemoState::seized: {
        const NewSeizure seizure{unit_number, "演示市演示区人民法院", "(2026)演01执1号", now - 86'400'000,
                                 "2029-11-22"};
        const Result<SeizureKind> entered = book.add_seizure(sql, unit.agency, seizure, actor, now);
        TONGBAN_ASSERT(entered.has_value());
        return;
    }
    }
}

}  // namespace

int seed_demo_province(Database& database, RegisterBook& register_book, Clock& clock)
{
    int added_units = 0;
    int serial = 0;
    for (const DemoUnit& unit : demo_units()) {
        ++serial;
        bool added = false;
        const Result<void> done = database.write(unit.agency, [&](Sql& sql) -> Result<void> {
            const Millis now = clock.now();
            const NewUnit fresh{std::string(unit.unit_number),
                                std::string(unit.location),
                                unit.home ? UnitUse::home : UnitUse::other,
                                std::string(unit.use_name),
                                std::string(unit.area),
                                "国有建设用地使用权/房屋(构筑物)所有权",
                                "出让/市场化商品房",
                                "钢筋混凝土"};
            added = register_book.add_unit(sql, unit.agency, fresh, actor, now);
            if (added) add_rights(sql, register_book, unit, serial, now);
            return {};
        });
        TONGBAN_ASSERT(done.has_value());
        if (added) ++added_units;
    }
    return added_units;
}

}  // namespace tongban
