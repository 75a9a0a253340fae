#pragma once
// Files that others wrote, made ready for a signature or a seal of ours. Implemented by platform/sealing.

#include <memory>
#include <string>
#include <string_view>

#include "base/documents.h"
#include "base/result.h"

namespace tongban {

namespace foreign_file_problem {
inline constexpr Problem unsupported{"signing.unsupported", Kind::unsupported, Retry::after_fix,
                                     "只能签署 PDF 或 OFD 文件"};
inline constexpr Problem already_signed{"signing.already_signed", Kind::unprocessable, Retry::after_fix,
                                        "文件已有电子签名或签章，或留有签名域，不能再签"};
inline constexpr Problem damaged{"signing.damaged", Kind::unprocessable, Retry::after_fix,
                                 "文件结构不正确，无法签署，请重新生成"};
inline constexpr const Problem* all[] = {&unsupported, &already_signed, &damaged};
}  // namespace foreign_file_problem

// Thread-safe. What is handed in was looked into before (Imaging::inspect) where it is a PDF: no encryption, no
// scripts.
class ForeignFiles {
public:
    virtual ~ForeignFiles() = default;
    // The same bytes and, behind them, an update with an invisible signature field whose value has a hole for
    // AgencySigner::sign_pdf: nothing that the writer wrote is rewritten.
    virtual Result<std::string> pdf_with_hole(std::string_view pdf, Millis at) = 0;
    // Its parts, unchanged but for OFD.xml, which names the list of signatures; the seal's place is the lower right
    // corner of the first page.
    virtual Result<OfdPackage> ofd_with_place(std::string_view ofd) = 0;
};

}  // namespace tongban
