#include "operation_counts.hpp"

#include "core/error.hpp"

// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/highway.h>
// The order matters: it needs the target that highway.h has set.
#include <hwy/contrib/math/math-inl.h>
// clang-format on

#include <map>
#include <memory>

namespace foramen::benchmarks {
namespace {
thread_local OperationCount so_far;
}
void count(double operations) {
  so_far.operations += operations;
}
void count_bytes(double loaded, double stored) {
  so_far.loaded_bytes += loaded;
  so_far.stored_bytes += stored;
}
} // namespace foramen::benchmarks

// Highway's operations for this file's target, those that count replaced.
HWY_BEFORE_NAMESPACE();
namespace hwy::N_COUNTED {

using namespace HWY_NAMESPACE;
namespace plain = HWY_NAMESPACE;
namespace count = foramen::benchmarks;

template <class V> constexpr double lanes() {
  return static_cast<double>(sizeof(V) / sizeof(double));
}
template <class V> HWY_INLINE V Add(V a, V b) {
  count::count(lanes<V>());
  return plain::Add(a, b);
}
template <class V> HWY_INLINE V Sub(V a, V b) {
  count::count(lanes<V>());
  return plain::Sub(a, b);
}
template <class V> HWY_INLINE V Mul(V a, V b) {
  count::count(lanes<V>());
  return plain::Mul(a, b);
}
template <class V> HWY_INLINE V Div(V a, V b) {
  count::count(lanes<V>());
  return plain::Div(a, b);
}
template <class V> HWY_INLINE V Sqrt(V a) {
  count::count(lanes<V>());
  return plain::Sqrt(a);
}
template <class V> HWY_INLINE V MulAdd(V a, V b, V c) {
  count::count(2.0 * lanes<V>());
  return plain::MulAdd(a, b, c);
}
template <class V> HWY_INLINE V NegMulAdd(V a, V b, V c) {
  count::count(2.0 * lanes<V>());
  return plain::NegMulAdd(a, b, c);
}
template <class D, class V> HWY_INLINE V Log(D d, V x) {
  count::count(30.0 * lanes<V>());
  return plain::Log(d, x);
}
template <class D, class T> HWY_INLINE Vec<D> Load(D d, const T* p) {
  count::count_bytes(sizeof(Vec<D>), 0.0);
  return plain::Load(d, p);
}
template <class V, class D, class T> HWY_INLINE void Store(V v, D d, T* p) {
  count::count_bytes(0.0, sizeof(V));
  plain::Store(v, d, p);
}

} // namespace hwy::N_COUNTED
HWY_AFTER_NAMESPACE();

// The models' files once more: their kernels only, on those operations.
#undef HWY_NAMESPACE
#define HWY_NAMESPACE N_COUNTED
#undef HWY_ONCE
#define HWY_ONCE 0
#define HIGHWAY_HWY_FOREACH_TARGET_H_ // this target alone
#include "axon/models/gaines.cpp"
#include "axon/models/hodgkin_huxley.cpp"
#include "axon/models/mrg.cpp"
#include "axon/models/rattay.cpp"
#include "axon/models/schild.cpp"
#include "axon/models/sundt.cpp"
#include "axon/models/sweeney.cpp"
#include "axon/models/tigerholm.cpp"

namespace foramen::benchmarks {
namespace {

using axon::Kinetics;
namespace kernels = axon::N_COUNTED;

const std::map<std::string, Kinetics::Dispatch> dispatches = {
    {"gaines_motor", kernels::gaines_motor_kernels},
    {"gaines_sensory", kernels::gaines_sensory_kernels},
    {"hodgkin_huxley", kernels::hodgkin_huxley_kernels},
    {"mrg", kernels::mrg_kernels},
    {"thin_mrg", kernels::mrg_kernels},
    {"rattay", kernels::rattay_kernels},
    {"schild94", kernels::schild94_kernels},
    {"schild97", kernels::schild97_kernels},
    {"sundt", kernels::sundt_kernels},
    {"sweeney", kernels::sweeney_kernels},
    {"tigerholm", kernels::tigerholm_kernels}};

const Kinetics& counted_kinetics(const Kinetics& of) {
  static std::map<std::string, std::unique_ptr<Kinetics>> known;
  std::unique_ptr<Kinetics>& found = known[of.name()];
  if (found == nullptr) {
    const auto dispatch = dispatches.find(of.name());
    FORAMEN_EXPECT(dispatch != dispatches.end(), "no counted kernels of ", of.name());
    found = std::make_unique<Kinetics>(of.name(), dispatch->second, of.excitability(), of.pace(),
                                       of.hesitation());
  }
  return *found;
}

} // namespace

OperationCount operator-(const OperationCount& a, const OperationCount& b) {
  return {a.operations - b.operations, a.loaded_bytes - b.loaded_bytes,
          a.stored_bytes - b.stored_bytes};
}
OperationCount operator/(const OperationCount& a, double by) {
  return {a.operations / by, a.loaded_bytes / by, a.stored_bytes / by};
}

axon::Cable counted(const axon::Cable& cable) {
  axon::Cable::Name name = cable.name();
  name.kinetics = &counted_kinetics(*name.kinetics);
  std::vector<std::uint8_t> period_of;
  for (std::size_t j = 0; j < cable.n_nodes(); ++j)
    period_of.push_back(static_cast<std::uint8_t>(cable.period_of(j)));
  return {name, cable.periods(), period_of};
}

OperationCount operations_so_far() {
  return so_far;
}

} // namespace foramen::benchmarks
