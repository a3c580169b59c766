// Artefacts under the hash of all that they depend on: work is never done twice.
//
// One mechanism gives sweeps without repeated work, resume after a kill, and sharing between runs:
// a stage asks for its key, and computes only when the cache has no whole artefact under it. A
// damaged artefact (flipped bytes, half a file) is reported, set aside as *.damaged, and computed
// again. Several processes may share a folder: whoever finishes first renames first, and both have
// written the same bits.
#pragma once

#include "core/hash.hpp"
#include "core/progress.hpp"
#include "study/artefact.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace foramen::study {

class Cache {
public:
  // Creates the folder. Throws WorldError when it cannot be written.
  explicit Cache(std::string folder);

  // The artefact of `stage` under `key`: read, or made by `compute` and stored. Notes "reused" or
  // "computed" with the time taken. When storing fails for want of space the artefact is still
  // returned after a warning: a full cache disk does not cost the result.
  Artefact get(const std::string& stage, const core::Digest& key, Progress& progress,
               const std::function<Artefact()>& compute);

  // An object that is dear to make and not for files, under the hash of all that it depends on: the
  // one of an earlier call, or a new one by `make`. The last `most_kept` live as long as this
  // cache. Not thread-safe.
  template <class T, class Make>
  std::shared_ptr<T> kept(const std::string& kind, const core::Digest& key, const Make& make) {
    if (const std::shared_ptr<void> found = find_kept(kind, key))
      return std::static_pointer_cast<T>(found);
    std::shared_ptr<T> made = make();
    keep({kind, key, std::const_pointer_cast<std::remove_const_t<T>>(made)});
    return made;
  }
  void forget(const std::string& kind, const core::Digest& key);
  static constexpr std::size_t most_kept = 4;

  bool holds(const std::string& stage, const core::Digest& key) const;
  const std::string& folder() const { return folder_; }
  std::string path(const std::string& stage, const core::Digest& key) const;

private:
  struct Kept {
    std::string kind; // tells the type
    core::Digest key;
    std::shared_ptr<void> object;
  };
  std::shared_ptr<void> find_kept(const std::string& kind, const core::Digest& key);
  void keep(Kept kept);

  std::string folder_;
  std::deque<Kept> kept_; // the least recently used first
};

// $FORAMEN_CACHE, else $XDG_CACHE_HOME/foramen, else $HOME/.cache/foramen, else ./.foramen-cache.
std::string default_cache_folder();

} // namespace foramen::study
