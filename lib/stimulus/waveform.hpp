// The time course of a stimulus, as a factor on the programme's unit currents.
//
// A waveform is a sequence of linear pieces, repeated `repeats` times every `period`; between and
// outside the pieces it is zero. Level -1 is full amplitude cathodic at a contact whose programme
// weight is +1 (see programme.hpp). Times in seconds from the start of the simulation. Memory is
// that of one period; queries cost O(log pieces), whole-waveform ones O(pieces).
#pragma once

#include "core/units.hpp"

#include <optional>
#include <string>
#include <vector>

namespace foramen::stimulus {

struct Piece {
  Time begin, end; // begin < end, pieces do not overlap and are in order
  double level_begin = 0.0, level_end = 0.0;
};

struct Waveform {
  std::string name;
  std::vector<Piece> pieces; // of the first period
  int repeats = 1;
  Time period{}; // from one begin to the next; of no account with one repeat

  std::size_t n_pieces() const; // of all repeats
  Piece piece(std::size_t i) const;
  std::size_t first_piece_after(Time t) const; // the first to end after t; n_pieces() without one

  double level(Time t) const;                // right-continuous
  double mean_level(Time t0, Time t1) const; // exact average over an interval: no edge is rounded
  // The level, if it is one value from t0 to t1.
  std::optional<double> constant_level(Time t0, Time t1) const;
  double largest_level() const; // magnitude
  double largest_level(Time t0, Time t1) const;
  std::optional<Time> next_jump(Time after) const; // where the level jumps; ramps do not

  Time begin() const;                   // of the first piece
  Time end() const;                     // of the last piece
  double net_charge() const;            // integral of the level, seconds
  Time first_phase_duration() const;    // of the first nonzero stretch of one sign
  Time shortest_phase_duration() const; // of all such stretches; 0 without one
  Time decisive_phase_duration() const; // the same among those of at least a tenth of the charge
  std::vector<Time> edges() const;      // all jumps
};

// Refuses (ConfigError) a waveform without pieces, with pieces out of order or overlapping, with
// values that are not finite, or with a period shorter than what is repeated.
void validate(const Waveform& waveform);

} // namespace foramen::stimulus
