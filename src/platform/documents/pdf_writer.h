#pragma once
// A drawing as a PDF 1.7 file: fonts subset and embedded, streams deflated, everything derived from the content.

#include <string>

#include "platform/documents/drawing.h"
#include "platform/documents/plates.h"

namespace tongban::documents {

// Throws only when we broke (a glyph that its face does not have).
std::string write_pdf(const Drawing& drawing, const FontBook& fonts, const Plates& plates);

}  // namespace tongban::documents
