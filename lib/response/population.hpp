// Populations of fibres: who runs in a nerve, and where in its fascicles.
//
// A population is a data file configs/populations/<name>.toml: a diameter distribution (a mixture
// of truncated normals, or a histogram of equal-width bins) with its source, the kind of response
// it stands for, and the fibre models recommended for it. Fibre i of a population draws its
// diameter, its fascicle (by area), its place in the fascicle (uniform over the disc) and where its
// nodes fall (uniform phase) from its own random stream: the same whatever else is sampled, and
// fibre i is the same in a population of 10 or 1000.
#pragma once

#include "core/units.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace foramen::response {

struct DiameterDistribution {
  struct Normal {
    double weight = 1.0;
    Length mean, deviation;
  };
  std::vector<Normal> normals; // either these,
  std::vector<double>
      histogram; // or relative counts of bins of `bin_width` from `first_bin` (lower edge)
  Length first_bin, bin_width;
  Length min, max; // truncation of both
};

DiameterDistribution one_diameter(Length diameter); // of all fibres alike

enum class Role : std::uint8_t { motor, sensory };

struct Population {
  std::string name; // "alpha_motor"
  std::string title;
  std::string source; // required
  Role role = Role::motor;
  std::string model; // fibre model used unless the study says otherwise
  DiameterDistribution diameters;
};

// Names in a folder of populations, and one of them. Errors: ConfigError (unknown name, bad file).
std::vector<std::string> list_populations(const std::string& folder);
Population read_population(const std::string& folder, const std::string& name);

// Where fibres may lie: discs in the nerve's cross-section.
struct Disc {
  Length u, v, radius;
};

struct FibreSample {
  Length diameter;
  std::size_t fascicle = 0; // index into the discs
  Length u, v;              // in the nerve's frame
  double node_phase = 0.0;  // 0 to 1: shift of node 0 along the nerve, in internodes
};

// The first `count` fibres. Diameters are further limited to [min, max] (the fibre model's range).
std::vector<FibreSample> sample_population(const Population& population,
                                           std::span<const Disc> discs, std::size_t count,
                                           std::uint64_t seed, Length min_diameter,
                                           Length max_diameter);

} // namespace foramen::response
