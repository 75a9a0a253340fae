#include "flows/page_previews.h"

#include <fmt/format.h>

#include <charconv>

#include "flows/page_files.h"

namespace tongban {
namespace {

Result<int> number_of(const Request& request, std::string_view name, int otherwise, int min, int max)
{
    const std::optional<std::string> given = request.query_value(name);
    if (!given) return otherwise;
    int value = 0;
    const auto [end, failed] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (failed != std::errc{} || end != given->data() + given->size() || value < min || value > max) {
        return Error{base_problem::invalid_fields,
                     {},
                     {{"/" + std::string(name), "out_of_range",
                       "应为 " + std::to_string(min) + " 到 " + std::to_string(max) + " 的整数"}}};
    }
    return value;
}

}  // namespace

PictureCache::Picture PictureCache::find(const std::string& key)
{
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
    return found->second->picture;
}

void PictureCache::keep(const std::string& key, Picture picture)
{
    const std::lock_guard lock(mutex_);
    if (by_key_.contains(key) || picture->size() > bytes_max_ / 4) return;
    bytes_ += picture->size();
    newest_first_.push_front({key, std::move(picture)});
    by_key_[key] = newest_first_.begin();
    while (bytes_ > bytes_max_) {
        bytes_ -= newest_first_.back().picture->size();
        by_key_.erase(newest_first_.back().key);
        newest_first_.pop_back();
    }
}

std::size_t PictureCache::bytes() const
{
    const std::lock_guard lock(mutex_);
    return bytes_;
}

Result<PictureCache::Picture> PagePreviews::picture(const MaterialPage& page, int leaf, int width,
                                                    const std::string& key)
{
    if (PictureCache::Picture known = cache_.find(key)) return known;
    const Bulkhead::Place place = TRY(renderings_.enter());
    if (PictureCache::Picture known = cache_.find(key)) return known;  // made while we waited
    const std::string bytes = TRY(objects_.read(page.digest, static_cast<std::uint64_t>(page.bytes)));
    const Rotation rotation = TRY(rotation_from_degrees(page.rotation));
    auto made =
        std::make_shared<const std::string>(TRY(imaging_.preview(bytes, file_kind(page.kind), leaf, width, rotation)));
    cache_.keep(key, made);
    return made;
}

Result<Response> PagePreviews::answer(const MaterialPage& page, const Request& request)
{
    const int leaf = TRY(number_of(request, "leaf", 1, 1, 100'000));
    const int width = TRY(number_of(request, "width", 1200, 80, 2400));
    const std::string tag = fmt::format("\"{}-{}-{}-{}\"", page.digest.substr(0, 32), leaf, width, page.rotation);
    Response response;
    response.headers.set("ETag", tag);
    response.headers.set("Cache-Control", "private, no-cache");  // kept, but asked for every time: rotation may change
    if (request.headers.find("If-None-Match") == tag) {
        response.status = 304;
        return response;
    }
    const std::string key = fmt::format("{}/{}/{}/{}", page.digest, leaf, width, page.rotation);
    response.body = *TRY(picture(page, leaf, width, key));
    response.headers.set("Content-Type", "image/jpeg");
    response.compress = false;
    return response;
}

}  // namespace tongban
