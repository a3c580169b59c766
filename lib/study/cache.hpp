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

#include <functional>
#include <string>

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

  bool holds(const std::string& stage, const core::Digest& key) const;
  const std::string& folder() const { return folder_; }
  std::string path(const std::string& stage, const core::Digest& key) const;

private:
  std::string folder_;
};

// $FORAMEN_CACHE, else $XDG_CACHE_HOME/foramen, else $HOME/.cache/foramen, else ./.foramen-cache.
std::string default_cache_folder();

} // namespace foramen::study
