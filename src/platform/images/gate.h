#pragma once
// The gates behind Imaging::inspect. Internal to platform/images.

#include <string_view>

#include "base/imaging.h"

namespace tongban::images {

inline constexpr std::size_t file_bytes_max = 64U * 1024 * 1024;
inline constexpr long long pixels_max = 100'000'000;
inline constexpr int pdf_pages_max = 500;

Result<FileFacts> inspect_jpeg(std::string_view bytes);
Result<FileFacts> inspect_png(std::string_view bytes);
Result<FileFacts> inspect_pdf(std::string_view bytes);

}  // namespace tongban::images
