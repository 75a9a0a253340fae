#pragma once
// The gates behind Imaging: one for each kind of file. Internal to platform/images.

#include <memory>

#include "base/imaging.h"

namespace tongban::images {

inline constexpr std::size_t file_bytes_max = 64U * 1024 * 1024;
inline constexpr long long pixels_max = 100'000'000;
// Of a progressive JPEG, in memory while it is looked into: enough for a hundred million pixels with halved colours.
inline constexpr long coefficient_bytes_max = 320L * 1024 * 1024;
inline constexpr int pdf_pages_max = 500;

Error pixel_error(int width, int height);

// Each is given the file from its first byte on, the signature included.
std::unique_ptr<FileInspector> make_jpeg_gate();
std::unique_ptr<FileInspector> make_png_gate();
std::unique_ptr<FileInspector> make_pdf_gate();
// The one that the first bytes ask for, once they are there; refuses what is no kind of ours, and too many bytes.
std::unique_ptr<FileInspector> make_gate();

Result<FileKind> kind_of(std::string_view bytes);
Result<FileFacts> inspect_png(std::string_view bytes);
Result<FileFacts> inspect_pdf(ByteRanges& bytes);

}  // namespace tongban::images
