#include "modules/evidence/core/capsule.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "base/codes.h"
#include "base/crypto.h"

namespace tongban {
namespace {

constexpr std::string_view origin_prefix = "tongban/capsule/";

template <class Number>
std::optional<Number> number_behind(std::string_view line, std::string_view word)
{
    if (!line.starts_with(word)) return std::nullopt;
    line.remove_prefix(word.size());
    Number number = 0;
    const auto [end, failed] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (failed != std::errc{} || end != line.data() + line.size() || line != std::to_string(number) || number < 0)
        return std::nullopt;
    return number;
}

}  // namespace

std::string capsule_origin(Agency agency)
{
    return std::string(origin_prefix) + std::to_string(agency);
}

std::string statement_text(const CapsuleStatement& statement)
{
    return fmt::format("{}\n{}\nversion {}\ntime {}\nparts {}\n{}\n", capsule_origin(statement.agency),
                       statement.number, statement.version, statement.made_at, statement.parts,
                       base64_of(statement.root));
}

std::optional<CapsuleStatement> read_statement(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size() && lines.size() < 7;) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) return std::nullopt;
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (lines.size() != 6) return std::nullopt;
    const auto agency = number_behind<std::int64_t>(lines[0], origin_prefix);
    const auto version = number_behind<std::int64_t>(lines[2], "version ");
    const auto at = number_behind<std::int64_t>(lines[3], "time ");
    const auto parts = number_behind<std::int64_t>(lines[4], "parts ");
    auto root = bytes_of_base64(lines[5]);
    if (!agency || *agency < 100000 || *agency > 999999 || !version || !at || !parts || !root ||
        root->size() != merkle::hash_bytes || !check_case_number(lines[1]))
        return std::nullopt;
    CapsuleStatement statement;
    statement.agency = static_cast<Agency>(*agency);
    statement.number = lines[1];
    statement.version = *version;
    statement.made_at = *at;
    statement.parts = static_cast<std::uint64_t>(*parts);
    statement.root = std::move(*root);
    return statement;
}

merkle::Hash root_of(const std::vector<CapsulePart>& parts)
{
    merkle::Edge edge;
    for (const CapsulePart& part : parts) {
        edge.append(merkle::leaf_hash(fmt::format("{}:{}{}:{}", part.path.size(), part.path, part.bytes, part.digest)));
    }
    return edge.root();
}

std::string salted_digest(std::string_view salt, std::string_view content)
{
    Sm3 digest;
    digest.update(salt);
    digest.update(content);
    return digest.hex();
}

std::string event_path(std::int64_t version)
{
    return fmt::format("events/{:04}.json", version);
}

std::string numbered_path(std::string_view folder, std::size_t index, std::string_view ending)
{
    return fmt::format("{}/{:02}.{}", folder, index + 1, ending);
}

}  // namespace tongban
