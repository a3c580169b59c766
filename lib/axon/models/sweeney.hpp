// The myelinated fibre of Sweeney, Mortimer and Durand 1987 (IEEE 9th Annual Conference of the
// Engineering in Medicine and Biology Society, 1577; no DOI): rabbit nodes at 37 C, perfect myelin.
//
// Measures, um: internode 100 D, node 1.5 long, axon and node 0.6 D wide; axoplasm 54.7 ohm cm,
// node 2.5 uF/cm2. Myelin carries neither capacitance nor current, so a period is a node and a
// resistance. Departures: none. Range 2 to 20 um: the paper gives 20 um only, later use is from 5.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Length sweeney_internode(Length diameter);
Cable build_sweeney(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
