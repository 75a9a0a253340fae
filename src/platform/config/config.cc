#include "platform/config/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <sstream>
#include <string_view>

namespace tongban {
namespace {

[[noreturn]] void refuse(const std::string& file, const toml::source_region& at, std::string_view why)
{
    throw ConfigError(fmt::format("{}:{}: {}", file, at.begin.line, why));
}

// One setting: takes its node, or says why not ("" when fine).
using Take = std::function<std::string(const toml::node&)>;
using Keys = std::map<std::string, Take, std::less<>>;

Take text(std::string& to)
{
    return [&to](const toml::node& node) -> std::string {
        const auto value = node.value_exact<std::string>();
        if (!value) return "must be text";
        to = *value;
        return {};
    };
}

Take boolean(bool& to)
{
    return [&to](const toml::node& node) -> std::string {
        const auto value = node.value_exact<bool>();
        if (!value) return "must be true or false";
        to = *value;
        return {};
    };
}

template <class Number>
Take integer(Number& to, std::int64_t min, std::int64_t max = std::numeric_limits<std::int64_t>::max())
{
    return [&to, min, max](const toml::node& node) -> std::string {
        const auto value = node.value_exact<std::int64_t>();
        if (!value) return "must be an integer";
        if (*value < min || *value > max) return fmt::format("must be between {} and {}", min, max);
        to = static_cast<Number>(*value);
        return {};
    };
}

Take url(std::string& to)
{
    return [&to](const toml::node& node) -> std::string {
        const auto value = node.value_exact<std::string>();
        if (!value || !(value->starts_with("http://") || value->starts_with("https://")))
            return "must be an http:// or https:// address";
        to = *value;
        while (to.ends_with('/')) to.pop_back();
        return {};
    };
}

Take urls(std::vector<std::string>& to)
{
    return [&to](const toml::node& node) -> std::string {
        if (!node.is_array()) return "must be a list of addresses";
        to.clear();
        for (const toml::node& one : *node.as_array()) {
            const std::string problem = url(to.emplace_back())(one);
            if (!problem.empty()) return problem;
        }
        return {};
    };
}

Take level(LogLevel& to)
{
    return [&to](const toml::node& node) -> std::string {
        const auto value = node.value_exact<std::string>();
        const auto known = value ? log_level_from_text(*value) : std::nullopt;
        if (!known) return "must be debug, info, warning, error or off";
        to = *known;
        return {};
    };
}

void read_table(const toml::table& table, const Keys& keys, const std::string& section, const std::string& file)
{
    for (const auto& [key, node] : table) {
        const std::string name = section.empty() ? std::string(key.str()) : section + "." + std::string(key.str());
        const auto found = keys.find(key.str());
        if (found == keys.end()) refuse(file, key.source(), fmt::format("unknown setting {}", name));
        const std::string problem = found->second(node);
        if (!problem.empty()) refuse(file, node.source(), fmt::format("{} {}", name, problem));
    }
}

}  // namespace

std::string Config::public_base_url() const
{
    return public_url.empty() ? fmt::format("http://{}:{}", listen.address, listen.port) : public_url;
}

Config parse_config(std::string_view toml_text, const std::string& name)
{
    toml::table root;
    try {
        root = toml::parse(toml_text, name);
    } catch (const toml::parse_error& e) {
        refuse(name, e.source(), e.description());
    }

    Config config;
    const auto section = [&](const std::string& title, Keys keys) -> Take {
        return [&name, title, keys = std::move(keys)](const toml::node& node) -> std::string {
            if (!node.is_table()) return "must be a section";
            read_table(*node.as_table(), keys, title, name);
            return {};
        };
    };
    const Keys keys{
        {"var_dir", text(config.var_dir)},
        {"data_dir", text(config.data_dir)},
        {"public_url", url(config.public_url)},
        {"demonstration", boolean(config.demonstration)},
        {"listen", section("listen", {{"address", text(config.listen.address)},
                                      {"port", integer(config.listen.port, 0, 65535)},
                                      {"trusted_proxy", text(config.listen.trusted_proxy)},
                                      {"static_root", text(config.listen.static_root)},
                                      {"io_threads", integer(config.listen.io_threads, 1, 64)},
                                      {"worker_threads", integer(config.listen.worker_threads, 1, 1024)}})},
        {"database", section("database", {{"spec", text(config.database.spec)}, {"schema", text(config.database.schema)}})},
        {"objects", section("objects", {{"dir", text(config.objects.dir)},
                                        {"upload_bytes_max", integer(config.objects.upload_bytes_max, 1)},
                                        {"bytes_max_total", integer(config.objects.bytes_max_total, 0)},
                                        {"free_bytes_min", integer(config.objects.free_bytes_min, 0)}})},
        {"outside", section("outside", {{"police_url", url(config.outside.police_url)},
                                        {"sms_url", url(config.outside.sms_url)},
                                        {"payment_url", url(config.outside.payment_url)},
                                        {"reader_url", url(config.outside.reader_url)},
                                        {"tax_url", url(config.outside.tax_url)},
                                         {"liveness_url", url(config.outside.liveness_url)},
                                         {"time_stamp_urls", urls(config.outside.time_stamp_urls)}})},
        {"log", section("log", {{"level", level(config.log.level)}, {"file", text(config.log.file)}})},
    };
    read_table(root, keys, "", name);
    return config;
}

Config load_config(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw ConfigError(fmt::format("{}: cannot be read", path));
    std::ostringstream all;
    all << in.rdbuf();
    return parse_config(all.str(), path);
}

}  // namespace tongban
