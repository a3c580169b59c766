// The time course of a stimulus, as a factor on the programme's unit currents.
//
// A waveform is a sequence of linear pieces; between and outside them it is zero. Level -1 is full
// amplitude cathodic at a contact whose programme weight is +1 (see programme.hpp). Times in
// seconds from the start of the simulation.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::stimulus {

struct Piece {
  Time begin, end; // begin < end, pieces do not overlap and are in order
  double level_begin = 0.0, level_end = 0.0;
};

struct Waveform {
  std::string name;
  std::vector<Piece> pieces;

  double level(Time t) const;                // right-continuous
  double mean_level(Time t0, Time t1) const; // exact average over an interval: no edge is rounded
  Time begin() const;                        // of the first piece
  Time end() const;                          // of the last piece
  double net_charge() const;                 // integral of the level, seconds
  Time first_phase_duration() const;         // of the first nonzero stretch of one sign
  Time shortest_phase_duration() const;      // of all such stretches; 0 without one
  std::vector<Time> edges() const;           // where the level jumps
};

// Refuses (ConfigError) a waveform without pieces, with pieces out of order or overlapping, or with
// values that are not finite.
void validate(const Waveform& waveform);

} // namespace foramen::stimulus
