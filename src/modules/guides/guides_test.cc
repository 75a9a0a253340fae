#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "modules/catalog/catalog_files.h"
#include "modules/guides/core/guide.h"
#include "modules/guides/guides_http.h"
#include "testing/fakes.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class GuideApi : public Api {
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

class GuidePress : public DocumentPress {
public:
    Result<std::string> print(const CollectionReceipt&) override { return std::string(); }
    Result<std::string> print(const AcceptanceReceipt&) override { return std::string(); }
    Result<std::string> print(const Notice&) override { return std::string(); }
    Result<std::string> print(const InterviewRecord&) override { return std::string(); }
    Result<std::string> print(const RegistrationProof&) override { return std::string(); }
    Result<std::string> print(const TitleCertificate&) override { return std::string(); }
    Result<DocumentPair> print_pair(const RegistrationProof&) override { return DocumentPair{}; }
    Result<DocumentPair> print_pair(const TitleCertificate&) override { return DocumentPair{}; }
    Result<std::string> seal_picture(std::string_view, std::string_view) override { return std::string(); }
    Result<std::string> print(const ServiceGuide& guide) override
    {
        printed = guide;
        return "pdf of " + guide.head.number;
    }
    ServiceGuide printed;
};

class GuidesTest : public ::testing::Test {
protected:
    GuidesTest() { add_guide_routes(api_, catalog_, press_, clock_, "https://tongban.example"); }

    Result<Response> call(const std::string& pattern, std::map<std::string, std::string> values,
                          const std::string& query = {})
    {
        Request http;
        http.path_values = std::move(values);
        http.query = query;
        ApiRequest request{.http = http, .actor = {}, .idempotency_key = {}, .body_digest = {}, .if_match = {}};
        return api_.handlers.at("/api/v1/public/guides" + pattern)(request);
    }
    boost::json::value get(const std::string& pattern, std::map<std::string, std::string> values,
                           const std::string& query = {})
    {
        auto answer = call(pattern, std::move(values), query);
        return answer ? boost::json::parse(answer->body)
                      : boost::json::value(boost::json::string(std::string(answer.error().code())));
    }
    static std::map<std::string, std::string> at(const char* registry, const char* item)
    {
        return {
            {"registry", registry},
            {"item",     item    }
        };
    }

    // Lixia's own list of the mortgage: one line more, and half the time.
    void publish_own_version()
    {
        Item own = *catalog_.item_version("DY-01", "20261124-1").value();
        own.version = "20261120-370102-1";
        own.valid_from = "2026-11-20";
        own.registries = {370102};
        own.promised_working_days = 0;
        ListLine line;
        line.code = "L01";
        line.title = "抵押物清单";
        line.forms = {MaterialForm::original};
        own.lines.push_back(line);
        catalog_.publish({own}, {});
    }

    Catalog catalog_ = load_catalog("data");
    FakeClock clock_;
    GuidePress press_;
    GuideApi api_;
};

TEST_F(GuidesTest, SayWhatTheRulesAndWindowsWorkWith)
{
    const auto guide = get("/{registry}/{item}", at("370102", "DY-01"));
    EXPECT_EQ(guide.at("registry_name").as_string(), "济南市历下区不动产登记中心");
    EXPECT_EQ(guide.at("version").as_string(), "20261124-1");
    EXPECT_TRUE(guide.at("on").as_bool());
    EXPECT_FALSE(guide.at("own").as_bool());
    EXPECT_EQ(guide.at("applicants").as_string(), "由抵押人、抵押权人共同申请；可以委托代理人办理");
    const Item& item = *catalog_.item_version("DY-01", "20261124-1").value();
    EXPECT_EQ(guide.at("materials").as_array().size(), item.lines.size());
    const auto& materials = guide.at("materials").as_array();
    EXPECT_EQ(materials.at(0).at("need").as_string(), "exempt");    // the form is written by the platform
    EXPECT_EQ(materials.at(2).at("need").as_string(), "exempt");    // shared: must not be demanded
    EXPECT_EQ(materials.at(4).at("need").as_string(), "required");  // the contracts
    EXPECT_EQ(guide.at("result").as_string(), "不动产登记证明（抵押权），电子证照即时生成");
    EXPECT_EQ(guide.at("fees").as_array().size(), 2U);
    EXPECT_EQ(guide.at("fees").at(0).at("amount").as_string(), "80.00 元／件");
    const std::string conditions = boost::json::serialize(guide.at("conditions"));
    EXPECT_THAT(conditions, HasSubstr("没有查封"));
    EXPECT_THAT(conditions, Not(HasSubstr("{register"))) << "a fact of a case in a guide";
    EXPECT_GE(guide.at("asked_often").as_array().size(), 3U);
    EXPECT_TRUE(guide.at("changes").as_array().empty());
}

TEST_F(GuidesTest, EveryDescribedItemHasOneAndItSaysHowToPayAndWhatComesOut)
{
    for (const Item* item : catalog_.items()) {
        if (item->version.empty()) continue;
        const Guide guide = guide_of(*catalog_.find_registry(370102), *item, true, nullptr);
        EXPECT_FALSE(guide.summary.empty()) << item->code;
        EXPECT_FALSE(guide.conditions.empty()) << item->code;
        EXPECT_FALSE(guide.asked_often.empty()) << item->code;
        EXPECT_FALSE(guide.result.empty()) << item->code;
        EXPECT_FALSE(item->words.empty()) << item->code;
        EXPECT_GE(guide.steps.size(), 4U) << item->code;
    }
}

TEST_F(GuidesTest, ShowWhatChangedSinceTheVersionBefore)
{
    publish_own_version();
    const auto guide = get("/{registry}/{item}", at("370102", "DY-01"));
    EXPECT_TRUE(guide.at("own").as_bool());
    EXPECT_EQ(guide.at("version").as_string(), "20261120-370102-1");
    EXPECT_EQ(guide.at("previous_version").as_string(), "20261124-1");
    ASSERT_EQ(guide.at("changes").as_array().size(), 2U);
    EXPECT_EQ(guide.at("changes").at(0).at("part").as_string(), "promise");
    EXPECT_EQ(guide.at("changes").at(0).at("before").as_string(), "1 个工作日");
    EXPECT_EQ(guide.at("changes").at(1).at("code").as_string(), "L01");
    EXPECT_EQ(guide.at("changes").at(1).at("before").as_string(), "");
    EXPECT_EQ(get("/{registry}/{item}", at("370202", "DY-01")).at("version").as_string(), "20261124-1");
}

TEST_F(GuidesTest, CompareTwoRegistries)
{
    EXPECT_TRUE(get("/{registry}/{item}/comparison", at("370102", "DY-01"), "with=370202")
                    .at("differences")
                    .as_array()
                    .empty());
    publish_own_version();
    const auto both = get("/{registry}/{item}/comparison", at("370102", "DY-01"), "with=370202");
    EXPECT_EQ(both.at("one").at("promised_working_days").as_int64(), 0);
    EXPECT_EQ(both.at("other").at("promised_working_days").as_int64(), 1);
    ASSERT_EQ(both.at("differences").as_array().size(), 2U);
    EXPECT_EQ(both.at("differences").at(1).at("after").as_string(), "");  // Qingdao does not ask for it
    EXPECT_EQ(get("/{registry}/{item}/comparison", at("370102", "DY-01"), "with=1").as_string(),
              "catalog.registry_not_found");
}

TEST_F(GuidesTest, AreFoundByEverydayWords)
{
    const auto found = [&](const std::string& typed) {
        std::string all;
        const auto answer = get("", {}, "registry=370102&q=" + typed);
        for (const auto& one : answer.at("guides").as_array()) {
            all += std::string(one.at("item").as_string()) + " ";
        }
        return all;
    };
    EXPECT_EQ(found("%E8%A7%A3%E6%8A%BC"), "DY-04 ");  // 解押
    EXPECT_EQ(found("dy-04"), "DY-04 ");
    EXPECT_EQ(found("%E8%AF%81%E4%B8%A2%E4%BA%86"), "BZ-02 ");                 // 证丢了
    EXPECT_EQ(found("%E8%AF%81%E4%B8%A2%E4%BA%86%20%E8%B4%B7%E6%AC%BE"), "");  // both words at once
    EXPECT_EQ(get("", {}, "registry=370102").at("guides").as_array().size(), 11U);
    EXPECT_EQ(get("", {}, "registry=370102&q=" + std::string(61, 'x')).as_string(), "guides.search_too_long");
    EXPECT_EQ(get("", {}, "registry=999999").as_string(), "catalog.registry_not_found");
    EXPECT_EQ(get("/{registry}/{item}", at("370102", "XX-01")).as_string(), "catalog.item_not_found");
}

TEST_F(GuidesTest, ArePrintedWithTheAddressOfThePage)
{
    const auto answer = call("/{registry}/{item}/document", at("370102", "DY-01"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "pdf of DY-01　20261124-1");
    EXPECT_EQ(answer->headers.find("Content-Type"), "application/pdf");
    EXPECT_EQ(press_.printed.head.qr, "https://tongban.example/guides/370102/DY-01");
    const Millis made = press_.printed.head.at;
    clock_.advance(60 * 60 * 1000);
    ASSERT_TRUE(call("/{registry}/{item}/document", at("370102", "DY-01")));
    EXPECT_EQ(press_.printed.head.at, made) << "the same day, the same file";
}

}  // namespace
}  // namespace tongban
