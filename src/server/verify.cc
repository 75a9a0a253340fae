#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/clock.h"
#include "platform/sealing/file_verifier.h"
#include "server/subcommands.h"

namespace tongban {
namespace {

std::string read_whole(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path);
    return std::move(out).str();
}

std::string_view to_text(FileFormat format)
{
    switch (format) {
    case FileFormat::pdf: return "pdf";
    case FileFormat::ofd: return "ofd";
    case FileFormat::other: return "other";
    }
    return {};
}

}  // namespace

// What a file alone can prove. Whether the right still stands only the register knows: the public page asks it.
int verify_file(const std::string& file, const std::vector<std::string>& root_certificates, Output output)
{
    std::string roots;
    for (const std::string& root : root_certificates) roots += read_whole(root);
    FileVerdict verdict = make_file_verifier(roots)->verify(read_whole(file));
    verdict.not_proven.emplace_back("所载权利此刻仍然有效（请在核验页面查询登记簿）");
    if (output == Output::json) {
        boost::json::object out;
        out["genuine"] = verdict.is_genuine();
        out["format"] = to_text(verdict.format);
        out["code"] = verdict.is_genuine() ? std::string_view{} : verdict.fault->code;
        out["reason"] = verdict.reason;
        out["proven"] = boost::json::array(verdict.proven.begin(), verdict.proven.end());
        out["not_proven"] = boost::json::array(verdict.not_proven.begin(), verdict.not_proven.end());
        if (verdict.agency != 0) out["agency"] = std::to_string(verdict.agency);
        if (!verdict.signer_name.empty()) out["signer"] = verdict.signer_name;
        if (!verdict.seal_name.empty()) out["seal"] = verdict.seal_name;
        if (verdict.signed_at != 0) out["signed_at"] = utc_text(verdict.signed_at);
        if (verdict.stamped_at != 0) out["stamped_at"] = utc_text(verdict.stamped_at);
        fmt::print("{}\n", boost::json::serialize(out));
        return verdict.is_genuine() ? 0 : 1;
    }
    fmt::print("{}\n", verdict.is_genuine() ? "真实：" + verdict.reason
                                            : fmt::format("未通过（{}）：{}", verdict.fault->code, verdict.reason));
    for (const std::string& line : verdict.proven) fmt::print("已证明：{}\n", line);
    for (const std::string& line : verdict.not_proven) fmt::print("未证明：{}\n", line);
    return verdict.is_genuine() ? 0 : 1;
}

}  // namespace tongban
