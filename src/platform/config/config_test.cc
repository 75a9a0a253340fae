#include "platform/config/config.h"

#include <gtest/gtest.h>

#include <string>

namespace tongban {
namespace {

std::string error_of(std::string_view text)
{
    try {
        (void)parse_config(text, "c.toml");
    } catch (const ConfigError& e) {
        return e.what();
    }
    return "fine";
}

TEST(Config, AnEmptyFileIsTheDemonstration)
{
    const Config config = parse_config("", "c.toml");
    EXPECT_TRUE(config.demonstration);
    EXPECT_EQ(config.listen.port, 8080);
    EXPECT_EQ(config.database_spec(), "var/tongban.db");
    EXPECT_EQ(config.objects_dir(), "var/objects");
    EXPECT_EQ(config.public_base_url(), "http://127.0.0.1:8080");
    EXPECT_EQ(config.objects.upload_bytes_max, 67'108'864U);
}

TEST(Config, ReadsWhatIsSet)
{
    const Config config = parse_config(R"(
        var_dir = "/srv/tongban"
        public_url = "https://tongban.example.gov.cn/"
        demonstration = false
        [listen]
        port = 9000
        [database]
        spec = "postgresql:///tongban"
        [objects]
        bytes_max_total = 1_000_000
        [outside]
        sms_url = "http://sms.example:81/v1/"
        [log]
        level = "warning"
    )",
                                       "c.toml");
    EXPECT_FALSE(config.demonstration);
    EXPECT_EQ(config.public_base_url(), "https://tongban.example.gov.cn");
    EXPECT_EQ(config.listen.port, 9000);
    EXPECT_EQ(config.database_spec(), "postgresql:///tongban");
    EXPECT_EQ(config.objects_dir(), "/srv/tongban/objects");
    EXPECT_EQ(config.objects.bytes_max_total, 1'000'000U);
    EXPECT_EQ(config.outside.sms_url, "http://sms.example:81/v1");
    EXPECT_EQ(config.log.level, LogLevel::warning);
}

TEST(Config, EveryMistakeIsNamedWithItsLine)
{
    const struct {
        std::string_view text;
        std::string_view expect;
    } rows[] = {
        {"\nprot = 1",                      "c.toml:2: unknown setting prot"                                  },
        {"[listen]\nprot = 1",              "c.toml:2: unknown setting listen.prot"                           },
        {"[listen]\nport = 65536",          "c.toml:2: listen.port must be between 0 and 65535"               },
        {"[listen]\nport = \"80\"",         "c.toml:2: listen.port must be an integer"                        },
        {"[listen]\nport = 80.0",           "c.toml:2: listen.port must be an integer"                        },
        {"demonstration = \"no\"",          "c.toml:1: demonstration must be true or false"                   },
        {"var_dir = 3",                     "c.toml:1: var_dir must be text"                                  },
        {"log = 3",                         "c.toml:1: log must be a section"                                 },
        {"[log]\nlevel = \"loud\"",         "c.toml:2: log.level must be debug, info, warning, error or off"  },
        {"[outside]\nsms_url = \"sms\"",    "c.toml:2: outside.sms_url must be an http:// or https:// address"},
        {"[objects]\nupload_bytes_max = 0",
         "c.toml:2: objects.upload_bytes_max must be between 1 and 9223372036854775807"                       },
    };
    for (const auto& row : rows) EXPECT_EQ(error_of(row.text), row.expect);
    EXPECT_EQ(error_of("a = ").substr(0, 9), "c.toml:1:");
    EXPECT_EQ(error_of("[log]\n[log]").substr(0, 9), "c.toml:2:");
    EXPECT_THROW((void)load_config("/nonexistent/c.toml"), ConfigError);
}

// Runs in the source tree. Every setting of the example must stand at its default, so that the file documents the
// truth.
TEST(Config, TheExampleLoadsAndShowsTheDefaults)
{
    const Config example = load_config("packaging/config.example.toml");
    const Config defaults;
    EXPECT_EQ(example.var_dir, defaults.var_dir);
    EXPECT_EQ(example.data_dir, defaults.data_dir);
    EXPECT_EQ(example.demonstration, defaults.demonstration);
    EXPECT_EQ(example.listen.address, defaults.listen.address);
    EXPECT_EQ(example.listen.port, defaults.listen.port);
    EXPECT_EQ(example.listen.static_root, defaults.listen.static_root);
    EXPECT_EQ(example.listen.io_threads, defaults.listen.io_threads);
    EXPECT_EQ(example.listen.worker_threads, defaults.listen.worker_threads);
    EXPECT_EQ(example.database_spec(), defaults.database_spec());
    EXPECT_EQ(example.database.schema, defaults.database.schema);
    EXPECT_EQ(example.objects_dir(), defaults.objects_dir());
    EXPECT_EQ(example.objects.upload_bytes_max, defaults.objects.upload_bytes_max);
    EXPECT_EQ(example.objects.bytes_max_total, defaults.objects.bytes_max_total);
    EXPECT_EQ(example.objects.free_bytes_min, defaults.objects.free_bytes_min);
    EXPECT_EQ(example.outside.police_url, defaults.outside.police_url);
    EXPECT_EQ(example.outside.sms_url, defaults.outside.sms_url);
    EXPECT_EQ(example.outside.payment_url, defaults.outside.payment_url);
    EXPECT_EQ(example.outside.reader_url, defaults.outside.reader_url);
    EXPECT_EQ(example.outside.tax_url, defaults.outside.tax_url);
    EXPECT_EQ(example.outside.liveness_url, defaults.outside.liveness_url);
    EXPECT_EQ(example.log.level, defaults.log.level);
}

}  // namespace
}  // namespace tongban
