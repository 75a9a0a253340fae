#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/clock.h"
#include "platform/crypto/agency_signer.h"
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

}  // namespace

// What a file alone can prove. Whether the right still stands only the register knows: the public page asks it.
int verify_file(const std::string& file, const std::string& root_certificate)
{
    const PdfVerdict verdict = make_pdf_verifier(read_whole(root_certificate))->verify(read_whole(file));
    fmt::print("{}\n", verdict.is_genuine() ? "真实：文件由登记机构签发，签发后未被改动" : "未通过：" + verdict.reason);
    if (verdict.trusted) fmt::print("签发机构：{}\n", verdict.signer_name);
    if (verdict.signed_at != 0) fmt::print("签名时间（签名人自述）：{}\n", china_date_time(verdict.signed_at));
    fmt::print("未证明：该权利此刻是否仍然有效，请在核验页面查询登记簿\n");
    return verdict.is_genuine() ? 0 : 1;
}

}  // namespace tongban
