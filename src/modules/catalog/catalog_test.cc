#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "base/data_file.h"
#include "modules/catalog/catalog_files.h"
#include "modules/catalog/catalog_http.h"
#include "testing/fakes.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

const Catalog& shandong()
{
    static const Catalog catalog = load_catalog("data");
    return catalog;
}

constexpr std::string_view today = "2026-11-23";

TEST(Catalog, HasEveryRegistryOfTheProvince)
{
    EXPECT_EQ(shandong().registries().size(), 136U);
    const Registry* lixia = shandong().find_registry(370102);
    ASSERT_NE(lixia, nullptr);
    EXPECT_EQ(lixia->name, "济南市历下区不动产登记中心");
    EXPECT_EQ(lixia->short_name, "历下区");
    EXPECT_EQ(lixia->city, "济南市");
    EXPECT_EQ(lixia->city_code, 370100);
    EXPECT_EQ(shandong().province_short(), "鲁");
    EXPECT_EQ(shandong().find_registry(370176), nullptr);  // 高新区: a functional zone
    EXPECT_EQ(shandong().find_registry(370100), nullptr);  // a city is none
    EXPECT_EQ(shandong().get_registry(110101).error().code(), "catalog.registry_not_found");
}

TEST(Catalog, ListsElevenItemsAndAllAreOn)
{
    const auto items = shandong().items_of(370102, today);
    ASSERT_EQ(items.size(), 11U);
    for (const Item* item : items) EXPECT_TRUE(item->on) << item->code;
    for (const Registry& registry : shandong().registries()) {
        EXPECT_TRUE(shandong().item_in_force(registry.code, "XF-01", today).has_value()) << registry.code;
    }
    EXPECT_EQ(shandong().item_in_force(370102, "XX-01", today).error().code(), "catalog.item_not_found");
    EXPECT_EQ(shandong().item_in_force(370176, "DY-01", today).error().code(), "catalog.registry_not_found");
}

TEST(Catalog, DescribesTheMortgage)
{
    const Item& item = *shandong().item_in_force(370102, "DY-01", today).value();
    EXPECT_EQ(item.fee.payer, "mortgagee");
    EXPECT_EQ(item.promised_working_days, 1);
    EXPECT_EQ(item.effect, "mortgage.enter");
    EXPECT_EQ(item.prohibited.size(), 3U);
    EXPECT_EQ(shandong().item_version("DY-01", item.version).value(), &item);
    EXPECT_EQ(shandong().item_version("DY-01", "20200101-1").error().code(), "catalog.item_not_found");
    EXPECT_EQ(shandong().item_version("DY-02", "").error().code(), "catalog.item_not_found");

    const auto needed = [&](const Facts& facts) {
        std::string codes;
        for (const ListLine& line : item.lines) {
            if (required_now(line, facts)) codes += line.code + " ";
        }
        return codes;
    };
    EXPECT_EQ(needed({}), "M02 M10 ");
    EXPECT_EQ(needed({
                  {"count.paper_power", std::int64_t{1}       },
                  {"mortgage.way",      std::string("maximum")}
    }),
              "M02 M10 M04 ");
    EXPECT_EQ(needed({
                  {"mortgage.way",                std::string("maximum")},
                  {"mortgage.earlier_debts",      true                  },
                  {"mortgage.under_construction", true                  },
                  {"count.guardian",              std::int64_t{1}       },
                  {"count.minor",                 std::int64_t{1}       }
    }),
              "M02 M10 M10-1 M15 M05 ");
    EXPECT_NE(item.find_line("M07"), nullptr);
    EXPECT_EQ(item.find_line("M99"), nullptr);

    const auto asked = [&](std::string_view role, std::string_view acting_for = "") {
        std::string ids;
        const std::string_view roles[] = {role, acting_for};
        for (const InterviewQuestion& question : item.questions_for(roles, {})) ids += question.id + " ";
        return ids;
    };
    EXPECT_EQ(asked("mortgagor"), "intent ownership co_owner_consent amount period transfer_ban lease liability true ");
    EXPECT_EQ(asked("agent"), "intent amount period transfer_ban agent_scope liability true ");
    EXPECT_EQ(asked("mortgagee"), "intent amount period transfer_ban liability true ");
    EXPECT_EQ(asked("agent", "mortgagor"),
              "intent ownership co_owner_consent amount period transfer_ban lease agent_scope liability true ");
}

// domain.md 4.1, worked examples.
TEST(Catalog, ChargesByRulesOfTheItem)
{
    const auto total = [](std::string_view code, const Facts& facts) {
        const Item& item = *shandong().item_in_force(370102, code, today).value();
        Fen sum = 0;
        for (const Charge& charge : charges_of(item.fee, facts).lines) sum += charge.quantity * charge.price;
        return sum;
    };
    const Facts home{
        {"register.use", std::string("home")}
    };
    const Facts shop{
        {"register.use", std::string("other")}
    };
    EXPECT_EQ(total("DY-01", home), 8000);
    EXPECT_EQ(total("DY-01", shop), 55000);
    EXPECT_EQ(total("DY-04", home), 0) << "cancellation";
    EXPECT_EQ(total("YG-01", home), 0) << "pre-notice";
    Facts named = home;
    named["rename.kind"] = std::string("name");
    EXPECT_EQ(total("BG-01", named), 4000) << "name change: half";
    named["register.use"] = std::string("other");
    EXPECT_EQ(total("BG-01", named), 27500);
    EXPECT_EQ(total("BZ-02", shop), 1000) << "lost certificate of a shop";
    Facts renamed = home;
    renamed["readdress.reason"] = std::string("administrative");
    EXPECT_EQ(total("BG-02", renamed), 0) << "street renamed by the government";
    Facts small = home;
    small["holder.small_enterprise"] = true;
    EXPECT_EQ(total("DY-01", small), 0);
}

TEST(Catalog, FindsTheHomeOfEveryUnit)
{
    const auto home = [](std::string_view division) {
        const auto found = shandong().home_of_unit(std::string(division) + "001001GB00012F00010021");
        return found ? *found : 0;
    };
    EXPECT_EQ(home("370102"), 370102);
    EXPECT_EQ(home("371202"), 370116);  // Laiwu, now Jinan
    EXPECT_EQ(home("370684"), 370614);
    EXPECT_EQ(home("371626"), 371681);
    EXPECT_EQ(home("110101"), 0);
    EXPECT_EQ(home("370176"), 0);
    EXPECT_EQ(shandong().home_of_unit("999999001001GB00012F00010021").error().code(), "catalog.unit_division_unknown");
    EXPECT_TRUE(shandong().check_unit_home("370102001001GB00012F00010021", 370102));
    const auto elsewhere = shandong().check_unit_home("371202001001GB00012F00010021", 370102);
    EXPECT_EQ(elsewhere.error().code(), "catalog.unit_elsewhere");
    EXPECT_THAT(elsewhere.error().detail, HasSubstr("莱芜区"));
}

TEST(Catalog, PinsVersionsAndPrefersARegistrysOwn)
{
    const auto version = [](std::string name, std::string from, std::vector<Agency> registries) {
        Item item;
        item.code = "DY-01";
        item.on = true;
        item.version = std::move(name);
        item.valid_from = std::move(from);
        item.registries = std::move(registries);
        return item;
    };
    const Catalog catalog(
        Province{
            .code = 370000, .name = "山东省", .short_name = "鲁"
    },
        {Registry{.code = 1, .name = {}, .short_name = {}, .city = {}},
         Registry{.code = 2, .name = {}, .short_name = {}, .city = {}}},
        {}, {version("b", "2026-06-01", {}), version("a", "2026-01-01", {}), version("own", "2026-03-01", {2})});
    const auto in_force = [&](Agency registry, std::string_view date) {
        const auto item = catalog.item_in_force(registry, "DY-01", date);
        return item ? (*item)->version : std::string(item.error().code());
    };
    EXPECT_EQ(in_force(1, "2025-12-31"), "catalog.item_not_found");
    EXPECT_EQ(in_force(1, "2026-01-01"), "a");
    EXPECT_EQ(in_force(1, "2026-04-01"), "a");
    EXPECT_EQ(in_force(1, "2026-06-01"), "b");
    EXPECT_EQ(in_force(2, "2026-02-28"), "a");
    EXPECT_EQ(in_force(2, "2026-04-01"), "own");
    EXPECT_EQ(in_force(2, "2026-07-01"), "own");
    EXPECT_EQ(catalog.item_version("DY-01", "a").value()->version, "a");
}

// A copy of the data with one edit.
class BrokenData : public ::testing::Test {
protected:
    std::string faults(const std::string& file, const std::string& old, const std::string& now)
    {
        const auto folder = std::filesystem::temp_directory_path() / ("catalog-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::copy("data", folder, std::filesystem::copy_options::recursive);
        std::ifstream in(folder / file);
        std::stringstream text;
        text << in.rdbuf();
        std::string content = text.str();
        const std::size_t at = content.find(old);
        EXPECT_NE(at, std::string::npos) << old;
        content.replace(at, old.size(), now);
        std::ofstream(folder / file) << content;
        std::string what;
        try {
            load_catalog(folder.string());
        } catch (const DataBroken& broken) {
            what = broken.what();
        }
        std::filesystem::remove_all(folder);
        return what;
    }
    const std::string version_ = "catalog/DY-01/20261124-1.toml";
};

TEST_F(BrokenData, IsNamedByFileAndLine)
{
    EXPECT_THAT(faults(version_, "when = 'count.paper_power > 0'", "when = 'count.paper_powers > 0'"),
                HasSubstr("when: is not a known fact: count.paper_powers (character 1 of the condition)"));
    EXPECT_THAT(faults(version_, "when = 'count.paper_power > 0'", "when = 'count.paper_power'"),
                HasSubstr("when: is a value, not a condition"));
    EXPECT_THAT(faults(version_, "when = 'count.paper_power > 0'", ""),
                HasSubstr("when: belongs to conditional lines"));
    EXPECT_THAT(faults(version_, "kind = \"money\"", "kind = \"cash\""), HasSubstr("kind: is none of text,"));
    EXPECT_THAT(faults(version_, "side = \"obligor\"", "side = \"left\""), HasSubstr("side: is none of holder,"));
    EXPECT_THAT(faults(version_, "matter = \"mortgage\"", "matter = \"loan\""), HasSubstr("matter: is none of"));
    EXPECT_THAT(faults(version_, "not_before = \"mortgage.debt_from\"", "not_before = \"mortgage.way\""),
                HasSubstr("not_before: is no date field above"));
    EXPECT_THAT(faults(version_, "rules_version = \"20261124-1\"", "rules_version = \"20200101-1\""),
                HasSubstr("rules_version: has no file in data/rules"));
    EXPECT_THAT(faults("rules/20261124-1.toml", "mortgage = \"block\"", "mortgage = \"stop\""),
                HasSubstr("mortgage: is none of block, confirm, inform"));
    EXPECT_THAT(faults("rules/20261124-1.toml", "when = 'register.seizures > 0'", "when = 'register.seized'"),
                HasSubstr("rule PRE-03: is not a known fact: register.seized"));
    EXPECT_TRUE(std::regex_search(faults(version_, "payer = \"mortgagee\"", "payer = \"bank\""),
                                  std::regex("20261124-1\\.toml:[0-9]+: payer: is an unknown role")));
    EXPECT_THAT(faults(version_, "forms = [\"copy\", \"original\"]", "forms = [\"fax\"]"),
                HasSubstr("forms: is none of original"));
    EXPECT_THAT(faults(version_, "sharing = \"市场监管企业登记信息、金融许可信息\"", ""),
                HasSubstr("must_not_demand: needs"));
    EXPECT_THAT(faults(version_, "code = \"M02\"", "code = \"M01\""), HasSubstr("code: stands twice"));
    EXPECT_THAT(faults(version_, "\nversion = \"20261124-1\"", "\nversion = \"20261124-2\""),
                HasSubstr("must be the name of the file"));
    EXPECT_THAT(faults(version_, "fen = 8000", "fen = \"80\""), HasSubstr("fen: must be a whole number"));
    EXPECT_THAT(faults(version_, "[fee]", "[fees]"), HasSubstr("fees: is not a key of this table"));
    EXPECT_THAT(faults(version_, "expected = \"yes\"", "expected = \"ja\""), HasSubstr("expected: is yes or no"));
    EXPECT_THAT(faults("catalog/items.toml", "code = \"YG-01\"", "code = \"YG-09\""), HasSubstr("cannot be read"));
    EXPECT_THAT(faults("catalog/province.toml", "370000", "990000"), HasSubstr("province: is not in"));
    EXPECT_THAT(faults("divisions/abolished.csv", "370116", "999999"), HasSubstr("abolished.csv:2: its successors"));
    EXPECT_THAT(faults("divisions/abolished.csv", "371202,", "370102,"),
                HasSubstr("abolished.csv:2: the code is in use"));
    EXPECT_THAT(faults("divisions/shandong-divisions.csv", "370103,市中区,district,370100", "370103,市中区,district"),
                HasSubstr("must have 4 fields"));
    EXPECT_THAT(faults("divisions/shandong-divisions.csv", "370103,", "370102,"), HasSubstr("code 370102 twice"));
}

class RecordingApi : public Api {
public:
    using Api::add;
    void add(Method, std::string pattern, Action action, ApiHandler handler, ApiRules) override
    {
        EXPECT_EQ(action, Action::read_public);
        handlers[pattern] = std::move(handler);
    }
    void add_upload(Method, std::string, Action, ApiUploadHandler, ApiRules) override { FAIL(); }
    std::map<std::string, ApiHandler> handlers;
};

TEST(CatalogHttp, AnswersInTheFormOfTheApi)
{
    RecordingApi api;
    FakeClock clock;
    add_catalog_routes(api, shandong(), clock, true);
    const auto get = [&](const std::string& pattern, std::map<std::string, std::string> values) {
        Request http;
        http.path_values = std::move(values);
        ApiRequest request{.http = http, .actor = {}, .idempotency_key = {}, .body_digest = {}, .if_match = {}};
        auto response = api.handlers.at(pattern)(request);
        return response ? boost::json::parse(response->body)
                        : boost::json::value(boost::json::string(std::string(response.error().code())));
    };
    const auto registries = get("/api/v1/registries", {});
    EXPECT_TRUE(registries.at("demonstration").as_bool());
    EXPECT_EQ(registries.at("registries").as_array().size(), 136U);
    EXPECT_EQ(
        boost::json::serialize(registries.at("registries").at(0)),
        R"({"code":"370102","name":"济南市历下区不动产登记中心","short_name":"历下区","city":"济南市","city_code":"370100"})");
    const auto items = get("/api/v1/registries/{code}/items", {
                                                                  {"code", "370102"}
    });
    EXPECT_EQ(items.at("items").as_array().size(), 11U);
    const auto item = get("/api/v1/registries/{code}/items/{item}", {
                                                                        {"code", "370102"},
                                                                        {"item", "DY-01" }
    });
    EXPECT_EQ(item.at("lines").at(1).at("requirement").as_string(), "required");
    EXPECT_EQ(item.at("fee").at("lines").at(0).at("fen").as_int64(), 8000);
    EXPECT_EQ(item.at("questions").at(0).at("expected").as_string(), "yes");
    EXPECT_EQ(get("/api/v1/registries/{code}/items",
                  {
                      {"code", "37010x"}
    })
                  .as_string(),
              "catalog.registry_not_found");
    EXPECT_EQ(get("/api/v1/registries/{code}/items/{item}",
                  {
                      {"code", "370102"},
                      {"item", "XX-01" }
    })
                  .as_string(),
              "catalog.item_not_found");
}

}  // namespace
}  // namespace tongban
