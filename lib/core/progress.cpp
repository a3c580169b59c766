#include "core/progress.hpp"

namespace foramen::core {

Progress& silent() {
  static Progress nobody;
  return nobody;
}

} // namespace foramen::core
