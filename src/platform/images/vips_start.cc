#include "platform/images/vips_start.h"

#include <stdexcept>

namespace tongban::images {

void start_vips()
{
    static const bool started = [] {
        if (VIPS_INIT("tongban") != 0) throw std::runtime_error("libvips does not start");
        vips_block_untrusted_set(TRUE);  // no PDF, SVG, JXL, JP2, ImageMagick loaders
        vips_concurrency_set(1);         // requests are parallel already
        vips_cache_set_max(0);
        // A damaged PNG would otherwise log one line per row.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_MASK, [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
        return true;
    }();
    (void)started;
}

std::string take_vips_error()
{
    std::string text = vips_error_buffer();
    vips_error_clear();
    if (const auto end = text.find('\n'); end != std::string::npos) text.resize(end);
    return text;
}

}  // namespace tongban::images
