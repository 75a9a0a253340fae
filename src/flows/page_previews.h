#pragma once
// Pictures of pages, as the windows show them. A picture costs the whole file and up to a second, and everybody who
// looks at a case asks for the same few: the last ones are kept in memory, and only a few are made at a time.

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/bulkhead.h"
#include "base/http.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

// What was used last stays, up to so many bytes. Thread-safe.
class PictureCache {
public:
    using Picture = std::shared_ptr<const std::string>;

    explicit PictureCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}
    Picture find(const std::string& key);  // nothing when it is not here
    void keep(const std::string& key, Picture picture);
    std::size_t bytes() const;

private:
    struct Kept {
        std::string key;
        Picture picture;
    };
    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::list<Kept> newest_first_;
    std::unordered_map<std::string, std::list<Kept>::iterator> by_key_;
    std::size_t bytes_ = 0;
};

// Thread-safe.
class PagePreviews {
public:
    PagePreviews(ObjectStore& objects, Imaging& imaging) : objects_(objects), imaging_(imaging) {}

    // ?leaf= and ?width= of the request; 304 when the client has this very picture. Whoever calls has asked already
    // whether the viewer may see the page. base.unavailable while too many others wait for theirs.
    Result<Response> answer(const MaterialPage& page, const Request& request);

private:
    Result<PictureCache::Picture> picture(const MaterialPage& page, int leaf, int width, const std::string& key);

    ObjectStore& objects_;
    Imaging& imaging_;
    PictureCache cache_{32 << 20};
    Bulkhead renderings_{
        {.places = 2, .waiting = 12, .wait = std::chrono::seconds(10)}
    };
};

}  // namespace tongban
