#pragma once
// A QR code as one filled shape.

#include <string_view>

#include "platform/documents/drawing.h"

namespace tongban::documents {

// Error correction M; `size` in mm without the quiet zone, which the layout must leave (4 modules).
Result<Shape> qr_shape(std::string_view text, Spot top_left, double size);

}  // namespace tongban::documents
