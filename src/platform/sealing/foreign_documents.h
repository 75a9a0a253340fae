#pragma once
// Foreign PDF (by qpdf, read only) and OFD made ready, behind base/foreign_files.h.

#include <memory>

#include "base/foreign_files.h"

namespace tongban {

std::unique_ptr<ForeignFiles> make_foreign_files();

// The two halves; see base/foreign_files.h.
Result<std::string> pdf_with_hole(std::string_view pdf, Millis at);
Result<OfdPackage> ofd_with_place(std::string_view ofd);

}  // namespace tongban
