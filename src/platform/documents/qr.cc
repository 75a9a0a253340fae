#include "platform/documents/qr.h"

#include <qrencode.h>

#include <cerrno>
#include <stdexcept>

#include "base/documents.h"

namespace tongban::documents {

Result<Shape> qr_shape(std::string_view text, Spot top_left, double size)
{
    struct Free {
        void operator()(QRcode* it) const { QRcode_free(it); }
    };
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (code == nullptr) {
        if (errno == ERANGE) return Error{document_problem::text_too_long, "二维码内容过长"};
        throw std::runtime_error("libqrencode failed");
    }
    Shape shape;
    shape.fill = black;
    const double module = size / code->width;
    // Dark runs of a row become one rectangle each: small, and without hairlines between modules.
    for (int row = 0; row < code->width; ++row)
        for (int column = 0; column < code->width;) {
            const auto is_dark = [&](int c) { return (code->data[row * code->width + c] & 1) != 0; };
            if (!is_dark(column)) {
                ++column;
                continue;
            }
            int end = column;
            while (end < code->width && is_dark(end)) ++end;
            const Shape run = filled({top_left.x + column * module, top_left.y + row * module}, (end - column) * module,
                                     module, black);
            shape.segments.insert(shape.segments.end(), run.segments.begin(), run.segments.end());
            column = end;
        }
    return shape;
}

}  // namespace tongban::documents
