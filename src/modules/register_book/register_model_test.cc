// Whatever is entered in whatever order, the book keeps its law: the owners never hold more than the whole, mortgages
// stand in the order of their date, courts' documents wait in the order of delivery, a refused entry changes nothing,
// and the journal of the unit adds up to what stands there. Random sequences against a model; a failure prints the
// seed.
#include <rapidcheck.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "modules/register_book/core/register_questions.h"
#include "modules/register_book/register_fixture_test.h"

namespace tongban {
namespace {

namespace json = boost::json;

struct Deed {
    int what = 0;
    int which = 0;    // of the owners, mortgages, notices or documents there are
    int minutes = 0;  // since the last deed; of a court's document: how late it is entered
};

std::string number_of(int person)
{
    return "number-" + std::to_string(person);
}

// What the journal of a unit says stands there now.
struct Folded {
    std::size_t owners_before_ids = 0;   // entered by ownership_added, which names none
    std::set<std::string> owners;        // ids
    std::vector<std::string> mortgages;  // certificates, first in order first
    std::set<std::string> notices;
    std::set<std::string> documents;  // of courts, in force
};

class RegisterModelTest : public RegisterFixture {
protected:
    struct Court {
        std::string document;
        Millis minute = 0;
        int sequence = 0;
    };
    // The model: only what the rules are about.
    std::vector<std::string> mortgages_;          // certificates in order
    std::map<std::string, Millis> counts_since_;  // by certificate
    std::vector<Court> courts_;
    int serial_ = 0;

    std::string certificate() { return "证" + std::to_string(++serial_); }

    void reset()
    {
        mortgages_.clear();
        counts_since_.clear();
        courts_.clear();
    }

    void transfer(const std::string& unit, const Deed& deed)
    {
        const RegisterView before = view_of(unit);
        const RegisteredOwner& from = before.owners[static_cast<std::size_t>(deed.which) % before.owners.size()];
        const auto buyer = [&](int person, const char* share) {
            return NewOwner{this->person("买受人" + std::to_string(person), number_of(person)), share, certificate()};
        };
        OwnershipTransfer transfer;
        transfer.unit_number = unit;
        switch (deed.which % 6) {
        case 0: transfer.owners = {buyer(1, "单独所有")}; break;
        case 1: transfer.owners = {buyer(1, "1/3"), buyer(2, "2/3")}; break;
        case 2: transfer.owners = {buyer(3, "共同共有"), buyer(4, "共同共有")}; break;
        case 3: transfer.owners = {buyer(5, "1/2"), buyer(6, "2/3")}; break;  // more than the whole
        case 4: transfer.owners = {buyer(7, from.share.c_str())}; break;      // one owner's part
        default: transfer.owners = {buyer(8, "单独所有"), buyer(9, "1/2")}; break;
        }
        if (deed.which % 6 == 4) transfer.ending = {from.id};
        transfer.by = by("T" + std::to_string(serial_));
        (void)change([&](Sql& sql) { return book_.transfer_ownership(sql, lixia, transfer, before.version, "r"); });
    }
    void mortgage(const std::string& unit)
    {
        NewMortgage fresh;
        fresh.unit_number = unit;
        fresh.mortgagee = "演示银行";
        fresh.mortgagor = "某人";
        fresh.secured_amount_fen = 100;
        fresh.certificate_number = certificate();
        fresh.registered_at = clock_.now();
        const auto order = change([&](Sql& sql) {
            return book_.add_mortgage(sql, lixia, fresh, book_.find_unit(sql, lixia, unit).version, "r");
        });
        RC_ASSERT(order.has_value());
        mortgages_.push_back(fresh.certificate_number);
        counts_since_[fresh.certificate_number] = clock_.now();
    }
    const RegisteredMortgage* current_mortgage(const RegisterView& view, const Deed& deed) const
    {
        if (mortgages_.empty()) return nullptr;
        const std::string& wanted = mortgages_[static_cast<std::size_t>(deed.which) % mortgages_.size()];
        for (const RegisteredMortgage& one : view.mortgages) {
            if (one.status == RightStatus::current && one.certificate_number == wanted) return &one;
        }
        RC_FAIL("a mortgage of the model does not stand in the book");
        return nullptr;
    }
    void end_mortgage(const std::string& unit, const Deed& deed)
    {
        const RegisterView before = view_of(unit);
        const RegisteredMortgage* one = current_mortgage(before, deed);
        if (one == nullptr) return;
        RC_ASSERT(change([&](Sql& sql) {
                      return book_.end_mortgage(sql, lixia, one->id, "已清偿", "r", clock_.now());
                  }).has_value());
        std::erase(mortgages_, one->certificate_number);
    }
    void alter_mortgage(const std::string& unit, const Deed& deed)
    {
        const RegisterView before = view_of(unit);
        const RegisteredMortgage* one = current_mortgage(before, deed);
        if (one == nullptr) return;
        MortgageAlteration alteration;
        alteration.unit_number = unit;
        alteration.id = one->id;
        alteration.secured_amount_fen = 200;
        alteration.certificate_number = certificate();
        alteration.by = by("A");
        RC_ASSERT(change([&](Sql& sql) {
                      return book_.alter_mortgage(sql, lixia, alteration, before.version, "r");
                  }).has_value());
        std::ranges::replace(mortgages_, one->certificate_number, alteration.certificate_number);
        counts_since_[alteration.certificate_number] = counts_since_.at(one->certificate_number);
    }
    void notice(const std::string& unit)
    {
        NewPreNotice fresh;
        fresh.unit_number = unit;
        fresh.kind = PreNoticeKind::mortgage;
        fresh.holders = {person("演示银行", "bank")};
        fresh.obligor = "某人";
        fresh.amount_fen = 300;
        fresh.certificate_number = certificate();
        fresh.by = by("N");
        RC_ASSERT(change([&](Sql& sql) {
                      return book_.add_pre_notice(sql, lixia, fresh, book_.find_unit(sql, lixia, unit).version, "r");
                  }).has_value());
    }
    void convert(const std::string& unit, const Deed& deed)
    {
        const RegisterView before = view_of(unit);
        std::vector<RegisteredPreNotice> waiting;
        for (const RegisteredPreNotice& one : before.pre_notices) {
            if (one.status == RightStatus::current) waiting.push_back(one);
        }
        if (waiting.empty()) return;
        const RegisteredPreNotice& one = waiting[static_cast<std::size_t>(deed.which) % waiting.size()];
        const NoticeConversion conversion{one.id, certificate(), "某人", false};
        RC_ASSERT(change([&](Sql& sql) {
                      return book_.convert_mortgage_notice(sql, lixia, unit, conversion, by("C"), before.version, "r");
                  }).has_value());
        // It counts since the pre-notice: behind what is older, before what is younger (担保解释 52).
        const auto place = std::ranges::find_if(
            mortgages_, [&](const std::string& other) { return counts_since_.at(other) > one.registered_at; });
        mortgages_.insert(place, conversion.certificate_number);
        counts_since_[conversion.certificate_number] = one.registered_at;
    }
    void seize(const std::string& unit, const Deed& deed)
    {
        // Sometimes a document that is known, in force or lifted.
        const bool again = deed.minutes % 5 == 0 && !courts_.empty();
        const std::string document = again ? courts_[static_cast<std::size_t>(deed.which) % courts_.size()].document
                                           : "文书" + std::to_string(++serial_);
        const Millis delivered = clock_.now() - deed.minutes * 60'000LL;
        const NewSeizure seizure{unit, "演示法院", document, delivered, "2029-11-22"};
        const auto entered =
            change([&](Sql& sql) { return book_.add_seizure(sql, lixia, seizure, "r", clock_.now()); });
        RC_ASSERT(entered.has_value());
        if (again) return;
        int sequence = 0;
        for (const Court& court : courts_) sequence = std::max(sequence, court.sequence);
        courts_.push_back({document, delivered / 60'000, sequence + 1});
    }
    void lift(const std::string& unit, const Deed& deed)
    {
        if (courts_.empty()) return;
        const std::string document = courts_[static_cast<std::size_t>(deed.which) % courts_.size()].document;
        const auto lift_it = [&] {
            return change(
                [&](Sql& sql) { return book_.lift_seizure(sql, lixia, unit, document, "解封", "r", clock_.now()); });
        };
        RC_ASSERT(lift_it().has_value());
        RC_ASSERT(!lift_it().has_value());
        std::erase_if(courts_, [&](const Court& court) { return court.document == document; });
    }
    // Entries that were judged over another version of the unit.
    void stale(const std::string& unit)
    {
        const std::int64_t version = view_of(unit).version;
        NewMortgage fresh;
        fresh.unit_number = unit;
        fresh.mortgagee = "演示银行";
        fresh.secured_amount_fen = 100;
        fresh.certificate_number = certificate();
        RC_ASSERT(
            !change([&](Sql& sql) { return book_.add_mortgage(sql, lixia, fresh, version - 1, "r"); }).has_value());
        RC_ASSERT(view_of(unit).version == version);
    }

    void step(const std::string& unit, const Deed& deed)
    {
        switch (deed.what) {
        case 0:
        case 1: return transfer(unit, deed);
        case 2:
        case 3: return mortgage(unit);
        case 4: return end_mortgage(unit, deed);
        case 5: return alter_mortgage(unit, deed);
        case 6: return notice(unit);
        case 7: return convert(unit, deed);
        case 8:
        case 9: return seize(unit, deed);
        case 10: return lift(unit, deed);
        default: return stale(unit);
        }
    }

    Folded folded(const std::string& unit)
    {
        Folded state;
        const RegisterView now = view_of(unit);
        const auto certificate_of = [&](const json::string& id) {
            for (const RegisteredMortgage& one : now.mortgages) {
                if (one.id == std::string_view(id)) return one.certificate_number;
            }
            return std::string{};
        };
        std::map<std::string, std::string> certificates;  // of mortgages that became history, by id
        const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
                                return journal_->read(sql, lixia, {"unit", unit});
                            }).value();
        RC_ASSERT(static_cast<std::int64_t>(events.size()) == now.version);
        for (const JournalEvent& event : events) {
            const json::value body = json::parse(event.body);
            const auto text = [&](std::string_view key) { return std::string(body.at(key).as_string()); };
            if (event.type == "register.ownership_added") {
                ++state.owners_before_ids;
            } else if (event.type == "register.transferred") {
                for (const json::value& id : body.at("ended").as_array()) {
                    if (state.owners.erase(std::string(id.as_string())) == 0) --state.owners_before_ids;
                }
                for (const json::value& id : body.at("entered").as_array())
                    state.owners.insert(std::string(id.as_string()));
            } else if (event.type == "register.mortgage_entered") {
                state.mortgages.push_back(text("certificate_number"));
            } else if (event.type == "register.mortgage_altered") {
                const std::int64_t before_or_same = body.at("order").as_int64();
                RC_ASSERT(before_or_same >= 1);
                certificates[text("after")] = text("certificate_number");
                const auto known = certificates.find(text("before"));
                const std::string old =
                    known == certificates.end() ? first_certificates_[text("before")] : known->second;
                std::ranges::replace(state.mortgages, old, text("certificate_number"));
            } else if (event.type == "register.mortgage_ended") {
                std::erase(state.mortgages, certificate_of(body.at("id").as_string()));
            } else if (event.type == "register.notice_converted") {
                state.notices.erase(text("notice"));
                const Millis since = counts_since_.at(text("certificate_number"));
                const auto place = std::ranges::find_if(
                    state.mortgages, [&](const std::string& other) { return counts_since_.at(other) > since; });
                state.mortgages.insert(place, text("certificate_number"));
            } else if (event.type == "register.seized") {
                state.documents.insert(text("document_number"));
            } else if (event.type == "register.seizure_lifted") {
                state.documents.erase(text("document_number"));
            }
        }
        return state;
    }

    void check(const std::string& unit)
    {
        const RegisterView now = view_of(unit);
        for (const RegisteredMortgage& one : now.mortgages)
            first_certificates_.try_emplace(one.id, one.certificate_number);
        // 1. The whole, never more; and somebody owns it.
        RC_ASSERT(whole_of_owners(now) == Whole::exact);
        // 2. Mortgages: the model's order, distinct orders, and no younger one before an older.
        std::vector<RegisteredMortgage> standing;
        for (const RegisteredMortgage& one : now.mortgages) {
            if (one.status == RightStatus::current) standing.push_back(one);
        }
        std::ranges::sort(standing, {}, &RegisteredMortgage::order);
        std::vector<std::string> in_order;
        for (std::size_t i = 0; i < standing.size(); ++i) {
            in_order.push_back(standing[i].certificate_number);
            if (i == 0) continue;  // RC_ASSERT evaluates both sides of ||
            RC_ASSERT(standing[i - 1].order < standing[i].order);
            RC_ASSERT(standing[i - 1].priority_at <= standing[i].priority_at);
        }
        RC_ASSERT(in_order == mortgages_);
        // 3. One court's document counts, the others wait, by the minute of delivery and then of entry.
        std::vector<Court> courts = courts_;
        std::ranges::sort(courts, [](const Court& a, const Court& b) {
            return std::pair(a.minute, a.sequence) < std::pair(b.minute, b.sequence);
        });
        std::vector<std::string> documents;
        for (const RegisteredSeizure& one : now.seizures) documents.push_back(one.document_number);
        std::vector<std::string> expected;
        for (const Court& court : courts) expected.push_back(court.document);
        RC_ASSERT(documents == expected);
        for (std::size_t i = 0; i < now.seizures.size(); ++i) RC_ASSERT(is_waiting(now.seizures[i].kind) == (i > 0));
        // 4. The journal adds up to the book.
        const Folded state = folded(unit);
        std::set<std::string> ids;
        for (const RegisteredOwner& owner : now.owners) ids.insert(owner.id);
        RC_ASSERT(std::ranges::includes(ids, state.owners));
        RC_ASSERT(state.owners.size() + state.owners_before_ids == ids.size());
        RC_ASSERT(state.mortgages == in_order);
        RC_ASSERT(state.documents == std::set<std::string>(documents.begin(), documents.end()));
    }

    std::map<std::string, std::string> first_certificates_;  // by id, as first seen
};
TONGBAN_ON_EACH_ENGINE(RegisterModelTest);

TEST_P(RegisterModelTest, TheBookKeepsItsLawWhateverIsEntered)
{
    (void)database();
    ::setenv("RC_PARAMS", "max_success=6 max_size=40", 0);  // every deed is a durable commit
    const auto one = rc::gen::build<Deed>(rc::gen::set(&Deed::what, rc::gen::inRange(0, 12)),
                                          rc::gen::set(&Deed::which, rc::gen::inRange(0, 24)),
                                          rc::gen::set(&Deed::minutes, rc::gen::inRange(0, 40)));
    int flats = 0;
    const bool kept = rc::check("owners, mortgages and seizures of a unit", [&] {
        const auto deeds = *rc::gen::container<std::vector<Deed>>(30, one);
        const std::string unit = flat.substr(0, 24) + std::to_string(1000 + ++flats);
        reset();
        add_flat(unit, lixia);
        check(unit);
        for (const Deed& deed : deeds) {
            clock_.advance((deed.minutes + 1) * 60'000LL + 1);
            step(unit, deed);
            check(unit);
        }
    });
    EXPECT_TRUE(kept);
}

}  // namespace
}  // namespace tongban
