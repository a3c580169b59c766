#include "axon/kinetics.hpp"

#include <utility>

namespace foramen::axon {

Kinetics::Kinetics(std::string name, Dispatch dispatch, Excitability excitability, Pace pace,
                   Hesitation hesitation)
    : name_(std::move(name)), dispatch_(dispatch), excitability_(excitability), pace_(pace),
      hesitation_(hesitation), node_table_(dispatch().node_functions, dispatch().tabulate_node),
      internode_table_(dispatch().internode_functions, dispatch().tabulate_internode) {}

} // namespace foramen::axon
