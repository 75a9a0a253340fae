#pragma once
// The press of templates (contract in base/document_templates.h).

#include <filesystem>
#include <memory>

#include "base/document_templates.h"
#include "platform/documents/press.h"

namespace tongban {

// `folder`: data/documents. Throws DataBroken with every fault of the templates.
std::unique_ptr<TemplatePress> make_template_press(const std::filesystem::path& font_cache, const std::string& folder,
                                                   PressMode mode);

}  // namespace tongban
