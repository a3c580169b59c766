#include "anatomy/fascicle_packing.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::anatomy {
namespace {

constexpr double spare = 1e-6;  // metres that the pushing aims beyond the wanted gaps
constexpr int starts = 12;      // random starts before the discs shrink
constexpr int sweeps = 600;     // pushes per start
constexpr double shrink = 0.98; // of the diameters, per failure

double covered(const std::vector<double>& radii) {
  double area = 0.0;
  for (const double r : radii)
    area += std::numbers::pi * r * r;
  return area;
}

std::vector<double> scaled(const std::vector<double>& radii, double factor,
                           const PackingWish& wish) {
  std::vector<double> result;
  for (const double r : radii)
    result.push_back(
        std::clamp(factor * r, 0.5 * wish.smallest_diameter, 0.5 * wish.largest_diameter));
  return result;
}

// The common factor that makes the discs cover `area`, by bisection: coverage grows with the
// factor.
double factor_for(const std::vector<double>& radii, double area, const PackingWish& wish) {
  double low = wish.smallest_diameter / wish.largest_diameter, high = 1.0 / low;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (covered(scaled(radii, middle, wish)) < area ? low : high) = middle;
  }
  return high;
}

void push_apart(std::vector<Disc>& discs, const PackingWish& wish) {
  for (std::size_t i = 0; i < discs.size(); ++i) {
    for (std::size_t j = i + 1; j < discs.size(); ++j) {
      const double du = discs[j].u - discs[i].u, dv = discs[j].v - discs[i].v;
      const double distance = std::max(std::hypot(du, dv), 1e-12);
      const double overlap = discs[i].radius + discs[j].radius + wish.gap + spare - distance;
      if (overlap <= 0.0)
        continue;
      // The smaller disc gives way more.
      const double share = discs[j].radius / (discs[i].radius + discs[j].radius);
      discs[i].u -= share * overlap * du / distance;
      discs[i].v -= share * overlap * dv / distance;
      discs[j].u += (1.0 - share) * overlap * du / distance;
      discs[j].v += (1.0 - share) * overlap * dv / distance;
    }
  }
  for (Disc& disc : discs) {
    const double room = wish.nerve_radius - wish.margin - spare - disc.radius;
    const double out = std::hypot(disc.u, disc.v);
    if (out > room) {
      disc.u *= room / out;
      disc.v *= room / out;
    }
  }
}

bool keeps_gaps(const std::vector<Disc>& discs, const PackingWish& wish) {
  const PackingGaps gaps = packing_gaps(discs, wish.nerve_radius);
  return gaps.between >= wish.gap && gaps.to_epineurium >= wish.margin;
}

// More than hexagonal packing covers, gaps included: no use in trying.
bool too_dense(const std::vector<double>& radii, const PackingWish& wish) {
  constexpr double hexagonal = 0.9069;
  std::vector<double> with_gap;
  for (const double r : radii)
    with_gap.push_back(r + 0.5 * wish.gap);
  const double room = wish.nerve_radius - wish.margin + 0.5 * wish.gap;
  return covered(with_gap) > hexagonal * std::numbers::pi * room * room;
}

std::vector<Disc> place(const std::vector<double>& radii, const PackingWish& wish,
                        core::RandomStream& random) {
  for (int start = 0; start < starts; ++start) {
    std::vector<Disc> discs;
    for (const double radius : radii) {
      const double out = wish.nerve_radius * std::sqrt(random.uniform());
      const double angle = 2.0 * std::numbers::pi * random.uniform();
      discs.push_back({out * std::cos(angle), out * std::sin(angle), radius});
    }
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      push_apart(discs, wish);
      if (keeps_gaps(discs, wish))
        return discs;
    }
  }
  return {};
}

} // namespace

Packing pack_fascicles(const PackingWish& wish, std::uint64_t seed) {
  FORAMEN_EXPECT(wish.count > 0 && wish.smallest_diameter > 0.0 &&
                     wish.smallest_diameter <= wish.largest_diameter,
                 wish.count, " of ", wish.smallest_diameter, " to ", wish.largest_diameter);
  const double nerve_area = std::numbers::pi * wish.nerve_radius * wish.nerve_radius;
  Packing packing;
  packing.shortfall = wish.area_fraction;
  if (0.5 * wish.smallest_diameter + wish.margin + spare >= wish.nerve_radius)
    return packing;

  core::RandomStream random(seed, "fascicle packing");
  std::vector<double> drawn;
  for (int i = 0; i < wish.count; ++i)
    drawn.push_back(0.5 * random.uniform(wish.smallest_diameter, wish.largest_diameter));
  double factor = factor_for(drawn, wish.area_fraction * nerve_area, wish);
  const double smallest_factor = wish.smallest_diameter / wish.largest_diameter;
  for (;; factor *= shrink) {
    const std::vector<double> radii = scaled(drawn, factor, wish);
    if (!too_dense(radii, wish))
      packing.discs = place(radii, wish, random);
    if (!packing.discs.empty() || factor < smallest_factor)
      break;
  }
  for (const Disc& disc : packing.discs)
    packing.area_fraction += std::numbers::pi * disc.radius * disc.radius / nerve_area;
  packing.shortfall = std::max(0.0, wish.area_fraction - packing.area_fraction);
  return packing;
}

PackingGaps packing_gaps(const std::vector<Disc>& discs, double nerve_radius) {
  PackingGaps gaps;
  gaps.between = gaps.to_epineurium = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < discs.size(); ++i) {
    const Disc& a = discs[i];
    const double outer = nerve_radius - std::hypot(a.u, a.v) - a.radius;
    if (outer < gaps.to_epineurium) {
      gaps.to_epineurium = outer;
      gaps.outermost = i;
    }
    for (std::size_t j = i + 1; j < discs.size(); ++j) {
      const Disc& b = discs[j];
      const double gap = std::hypot(b.u - a.u, b.v - a.v) - a.radius - b.radius;
      if (gap < gaps.between) {
        gaps.between = gap;
        gaps.first = i;
        gaps.second = j;
      }
    }
  }
  return gaps;
}

} // namespace foramen::anatomy
