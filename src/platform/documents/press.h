#pragma once
// The document press (contract in base/documents.h).

#include <filesystem>
#include <memory>

#include "base/documents.h"

namespace tongban {

enum class PressMode { demo, live };  // demo: every page says 演示

// `font_cache`: a folder for the converted fonts (about 35 MB); the first start ever needs some seconds to fill it.
std::unique_ptr<DocumentPress> make_document_press(const std::filesystem::path& font_cache, PressMode mode);

}  // namespace tongban
