#pragma once
// A drawing as the parts of an OFD package (GB/T 33190-2016): the same fonts as in the PDF, everything derived from the
// content. Layout of the package as in documents.md C.1; the seal and the container come later (platform/crypto).

#include "base/documents.h"
#include "platform/documents/drawing.h"
#include "platform/documents/plates.h"

namespace tongban::documents {

OfdPackage write_ofd(const Drawing& drawing, const FontBook& fonts, const Plates& plates);

}  // namespace tongban::documents
