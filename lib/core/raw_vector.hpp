// A vector whose new elements are not set: for large arrays that are written next, by all threads.
//
//   RawVector<double> values(n);                 // whatever memory held
//   parallel_for(n, 4096, [&](std::size_t i) { values[i] = f(i); });
//
// std::vector sets n zeros first, on one thread, which also fetches every page of memory. With a
// value to fill in, as in `resize(n, 0.0)`, it is a vector like any.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace foramen::core {

template <class T> struct UnsetAllocator : std::allocator<T> {
  static_assert(std::is_trivially_default_constructible_v<T>);
  template <class Other> struct rebind { using other = UnsetAllocator<Other>; };
  void construct(T* at) noexcept { ::new (static_cast<void*>(at)) T; }
  template <class... Arguments> void construct(T* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) T(std::forward<Arguments>(arguments)...);
  }
};

template <class T> using RawVector = std::vector<T, UnsetAllocator<T>>;

} // namespace foramen::core
