#pragma once
// libvips as an owner and started safely: untrusted loaders blocked, no cache, one thread per picture. Internal.

#include <vips/vips.h>

#include <memory>
#include <string>
#include <string_view>

namespace tongban::images {

struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Picture = std::unique_ptr<VipsImage, Unref>;

void start_vips();  // cheap after the first call; thread-safe

// The last error of this thread's work as one line, and forgets it.
std::string take_vips_error();

}  // namespace tongban::images
