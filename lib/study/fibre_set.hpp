// The fibres of a population in the nerve: their paths, cables, and where the potential is needed.
//
// A fibre keeps its place (u, v) in the nerve's twist-free frame, so its path is the offset curve
// of the course; compartments are laid out by arc length along that path, over the whole nerve,
// with a random phase of the nodes. The potential is sampled at stations along the path and
// interpolated to the compartments with a quintic spline: the field varies over millimetres, the
// compartments over micrometres. Positions in metres.
#pragma once

#include "anatomy/nerve.hpp"
#include "axon/cable.hpp"
#include "response/population.hpp"
#include "study/study.hpp"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace foramen::study {

using Eigen::Vector3d;

inline constexpr double station_spacing = 0.25e-3; // metres, between samples of the potential

struct PlacedFibre {
  response::FibreSample sample;
  axon::Cable cable;              // over the whole nerve
  double first_node = 0.0;        // arc length of node 0 along the path, metres
  std::vector<double> course_s;   // of each node: arc length of the nerve's course
  std::vector<Vector3d> stations; // points along the path
  double spacing = 0.0;           // between stations, metres of arc length, at most station_spacing
};

// Throws ConfigError when the nerve is too short for a fibre of three internodes.
std::vector<PlacedFibre> place_fibres(const anatomy::Nerve& nerve,
                                      const PopulationSettings& population, std::uint64_t seed);

// Smallest distance from the fibre's path to the nearest lead's surface, metres.
double distance_to_lead(const Study& study, const PlacedFibre& fibre);

// Values at the stations (stations x contacts, row-major) to values at the compartments.
std::vector<double> interpolate_to_compartments(const PlacedFibre& fibre,
                                                std::span<const double> at_stations,
                                                std::size_t n_contacts);

} // namespace foramen::study
