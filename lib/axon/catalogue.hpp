// The published fibre models, by name.
//
//   const Cable fibre = build("gaines_motor", 12.0 * um, nodes_to_span("gaines_motor", 12.0 *
//   um, 80.0 * mm));
//
// Errors (ConfigError): unknown model (names the nearest), a diameter outside the model's range or,
// for models of tabulated diameters, between them (names the neighbours), fewer than 3 nodes.
#pragma once

#include "axon/cable.hpp"
#include "core/units.hpp"

#include <span>
#include <string>
#include <vector>

namespace foramen::axon {

struct FibreModel {
  std::string name;  // "gaines_motor"
  std::string title; // of the publication
  std::string doi;
  std::string doc; // one line
  Length min_diameter, max_diameter;
  std::vector<Length> tabulated; // the only diameters allowed, when not empty
  Length (*internode)(Length diameter);
  Cable (*build)(const FibreModel& model, Length diameter, int n_nodes, Ends ends);
  bool unmyelinated = false; // "nodes" are compartments in a row
};

std::span<const FibreModel> catalogue();
const FibreModel* find_model(const std::string& name); // null when unknown
const FibreModel& model(const std::string& name);      // refuses unknown names

Cable build(const std::string& model, Length diameter, int n_nodes, Ends ends = Ends::passive);

// Node centre to node centre.
Length internode_length(const std::string& model, Length diameter);

// The largest odd number of nodes whose fibre is not longer than `available`.
int nodes_to_span(const std::string& model, Length diameter, Length available);

} // namespace foramen::axon
