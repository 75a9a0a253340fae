#include "sandbox/demo_province.h"

#include <fmt/format.h>

#include <set>

#include "modules/parties/core/party.h"
#include "sandbox/demo_people.h"

namespace tongban {

namespace {

constexpr std::string_view actor = "demo";
constexpr std::string_view demo_registrar = "演示登簿员";
constexpr Millis five_years_ago = 1'637'000'000'000;  // 2021-11-15
constexpr Millis two_years_ago = 1'731'628'800'000;   // 2024-11-15

std::string title_number(int serial, std::string_view suffix)
{
    return fmt::format("鲁(2021)演示不动产权第{:07}{}号", serial, suffix);
}
std::string proof_number(int serial, int proof)
{
    return fmt::format("鲁(2021)演示不动产证明第{:07}号", serial * 10 + proof);
}

struct Owner {
    std::string name;
    std::string document_type;
    std::string number;
};

std::string_view document_name(std::string_view document)
{
    for (const DocumentType type :
         {DocumentType::citizen_card, DocumentType::residence_permit, DocumentType::travel_permit,
          DocumentType::passport, DocumentType::permanent_residence}) {
        if (to_text(type) == document) return chinese(type);
    }
    throw BrokenInvariant("a demo person with a document of another kind");
}

Owner owner_of(std::string_view key)
{
    const auto in_register = [](std::string_view name, std::string_view former) {
        return std::string(former.empty() ? name : former);
    };
    if (const DemoPerson* person = find_demo_person(key)) {
        return {in_register(person->name, person->former_name), std::string(document_name(person->document)),
                std::string(person->number)};
    }
    const DemoOrganisation* organisation = find_demo_organisation(key);
    TONGBAN_ASSERT(organisation != nullptr);
    return {in_register(organisation->name, organisation->former_name), std::string(chinese(DocumentType::credit_code)),
            std::string(organisation->number)};
}

// Enters what stands on one unit, inside the unit of work that adds it.
class Entries {
public:
    Entries(Sql& sql, RegisterBook& book, const DemoUnit& unit, Millis now)
        : sql_(sql), book_(book), unit_(unit), unit_number_(unit.unit_number), serial_(unit.serial), now_(now)
    {
    }

    void enter()
    {
        switch (unit_.state) {
        case DemoState::shared:
            owner(unit_.owner, "1/3", "");
            owner("spouse", "2/3", "-2");
            return;
        case DemoState::joint:
            owner(unit_.owner, "共同共有", "");
            owner("spouse", "共同共有", "-2");
            return;
        case DemoState::free:
        case DemoState::mortgaged:
        case DemoState::seized:
        case DemoState::objection:
        case DemoState::residence_right:
        case DemoState::transfer_ban:
        case DemoState::waiting_seizure:
        case DemoState::locked:
        case DemoState::certificate_lost:
        case DemoState::term_expired:
        case DemoState::minor:
        case DemoState::unsold:
        case DemoState::sale_notice:
        case DemoState::both_notices:
        case DemoState::construction_mortgage:
        case DemoState::placeholder:
        case DemoState::seized_parcel:
        case DemoState::on_seized_parcel:
        case DemoState::old_county: owner(unit_.owner, "单独所有", ""); break;
        }
        others();
    }

private:
    void others()
    {
        switch (unit_.state) {
        case DemoState::free:
        case DemoState::shared:
        case DemoState::joint:
        case DemoState::certificate_lost:
        case DemoState::term_expired:
        case DemoState::minor:
        case DemoState::unsold:
        case DemoState::placeholder:
        case DemoState::on_seized_parcel:
        case DemoState::old_county: return;
        case DemoState::mortgaged: mortgage({}); return;
        case DemoState::transfer_ban: mortgage({.transfer_ban = true}); return;
        case DemoState::construction_mortgage: mortgage({.construction = true}); return;
        case DemoState::seized: seize("演示市演示区人民法院", "(2026)演01执1号", now_ - 86'400'000); return;
        case DemoState::seized_parcel: seize("演示市演示区人民法院", "(2026)演01执4号", now_ - 86'400'000); return;
        case DemoState::waiting_seizure:
            seize("演示市演示区人民法院", "(2026)演01执2号", now_ - 86'400'000);
            seize("样例市样例区人民法院", "(2026)样01执3号", now_ - 86'400'000 + 5 * 60'000);
            return;
        case DemoState::objection: objection(); return;
        case DemoState::residence_right: residence_right(); return;
        case DemoState::locked: {
            const auto locked = book_.set_lock(sql_, unit_.agency,
                                               {unit_number_, "权属调查期间锁定", "演示协查〔2026〕1号"}, actor, now_);
            TONGBAN_ASSERT(locked.has_value());
            return;
        }
        case DemoState::sale_notice: notice(PreNoticeKind::sale); return;
        case DemoState::both_notices:
            notice(PreNoticeKind::sale);
            notice(PreNoticeKind::mortgage);
            return;
        }
    }

    void owner(std::string_view key, std::string_view share, std::string_view suffix)
    {
        const Owner person = owner_of(key);
        NewOwnership ownership;
        ownership.unit_number = unit_number_;
        ownership.name = person.name;
        ownership.document_type = person.document_type;
        ownership.number = person.number;
        ownership.share = share;
        ownership.certificate_number = title_number(serial_, suffix);
        ownership.registered_at = five_years_ago;
        book_.add_ownership(sql_, unit_.agency, ownership, actor, now_);
    }

    struct MortgageTraits {
        bool transfer_ban = false;
        bool construction = false;
    };
    void mortgage(MortgageTraits traits)
    {
        NewMortgage mortgage;
        mortgage.unit_number = unit_number_;
        mortgage.holders = {holder("bank2")};
        mortgage.mortgagor = owner_of(unit_.owner).name;
        mortgage.secured_amount_fen = 60'000'000;
        mortgage.term_from = "2021-11-15";
        mortgage.term_to = "2031-11-14";
        mortgage.contract_number = "演示抵字2021第0001号";
        mortgage.transfer_ban = traits.transfer_ban;
        mortgage.construction = traits.construction;
        mortgage.certificate_number = proof_number();
        mortgage.registrar = demo_registrar;
        mortgage.registered_at = five_years_ago;
        const Result<std::int64_t> order = book_.add_mortgage(sql_, unit_.agency, mortgage, version(), actor);
        TONGBAN_ASSERT(order.has_value());
    }

    void seize(std::string_view organ, std::string_view document, Millis delivered_at)
    {
        const NewSeizure seizure{unit_number_, std::string(organ), std::string(document), delivered_at, "2029-11-22"};
        const Result<SeizureKind> entered = book_.add_seizure(sql_, unit_.agency, seizure, actor, now_);
        TONGBAN_ASSERT(entered.has_value());
    }

    void objection()
    {
        NewObjection objection;
        objection.unit_number = unit_number_;
        objection.applicants = {holder("debtor")};
        objection.matter = "认为该住宅由其出资购买";
        objection.certificate_number = proof_number();
        objection.by = {{}, std::string(demo_registrar), now_};
        const auto entered = book_.add_objection(sql_, unit_.agency, objection, version(), actor);
        TONGBAN_ASSERT(entered.has_value());
    }

    void residence_right()
    {
        NewUseRight right;
        right.unit_number = unit_number_;
        right.holders = {holder("debtor")};
        right.range = "整套住宅，无偿居住";
        right.from = "2021-11-15";
        right.until = "2041-11-14";
        right.contract_number = "演示居字2021第0001号";
        right.certificate_number = proof_number();
        right.by = {{}, std::string(demo_registrar), five_years_ago};
        const auto entered = book_.add_use_right(sql_, unit_.agency, right, version(), actor);
        TONGBAN_ASSERT(entered.has_value());
    }

    void notice(PreNoticeKind kind)
    {
        const bool sale = kind == PreNoticeKind::sale;
        NewPreNotice notice;
        notice.unit_number = unit_number_;
        notice.kind = kind;
        notice.holders = {holder(sale ? "owner" : "bank")};
        notice.obligor = owner_of(sale ? unit_.owner : "owner").name;
        notice.contract_number = sale ? "演示预售2024第0001号" : "演示预抵2024第0001号";
        notice.amount_fen = sale ? 150'000'000 : 90'000'000;
        notice.term_from = sale ? "" : "2024-11-15";
        notice.term_to = sale ? "" : "2044-11-14";
        notice.certificate_number = proof_number();
        notice.by = {{}, std::string(demo_registrar), two_years_ago};
        const auto entered = book_.add_pre_notice(sql_, unit_.agency, notice, version(), actor);
        TONGBAN_ASSERT(entered.has_value());
    }

    RightHolder holder(std::string_view key)
    {
        const Owner person = owner_of(key);
        return book_.holder(unit_.agency, person.name, person.document_type, person.number);
    }
    std::int64_t version() { return book_.find_unit(sql_, unit_.agency, unit_number_).version; }
    std::string proof_number() { return tongban::proof_number(serial_, ++proofs_); }

    Sql& sql_;
    RegisterBook& book_;
    const DemoUnit& unit_;
    const std::string unit_number_;
    const int serial_;
    const Millis now_;
    int proofs_ = 0;
};

// False when it is there already.
bool add_unit(Sql& sql, RegisterBook& book, const DemoUnit& unit, Millis now)
{
    const NewUnit fresh{std::string(unit.unit_number),
                        std::string(unit.location),
                        unit.home ? UnitUse::home : UnitUse::other,
                        std::string(unit.use_name),
                        std::string(unit.area),
                        "国有建设用地使用权/房屋(构筑物)所有权",
                        "出让/市场化商品房",
                        "钢筋混凝土",
                        unit.state == DemoState::placeholder,
                        unit.state == DemoState::term_expired ? "2026-06-30" : "2088-06-30"};
    return book.add_unit(sql, unit.agency, fresh, actor, now);
}

}  // namespace

std::string demo_title_number(const DemoUnit& unit)
{
    return title_number(unit.serial, {});
}

std::string demo_proof_number(const DemoUnit& unit)
{
    return proof_number(unit.serial, 1);
}

int seed_demo_province(Database& database, RegisterBook& register_book, Clock& clock)
{
    std::set<Agency> agencies;
    for (const DemoUnit& unit : demo_units()) agencies.insert(unit.agency);
    int added_units = 0;
    for (const Agency agency : agencies) {
        int added = 0;
        const Result<void> done = database.write(agency, [&](Sql& sql) -> Result<void> {
            added = 0;
            const Millis now = clock.now();
            for (const DemoUnit& unit : demo_units()) {
                if (unit.agency != agency || !add_unit(sql, register_book, unit, now)) continue;
                Entries(sql, register_book, unit, now).enter();
                ++added;
            }
            return {};
        });
        TONGBAN_ASSERT(done.has_value());
        added_units += added;
    }
    return added_units;
}

}  // namespace tongban
