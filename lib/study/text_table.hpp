// Aligned columns for terminals and logs.
#pragma once

#include <string>
#include <vector>

namespace foramen::study {

class TextTable {
public:
  void add(std::vector<std::string> row); // the first row is the heading
  std::string text() const; // first column to the left, the others to the right, two spaces between

private:
  std::vector<std::vector<std::string>> rows_;
};

// 0.1234 -> "0.123", 1234.5 -> "1234"; `digits` significant ones, never an exponent.
std::string significant(double value, int digits);

} // namespace foramen::study
