#include "study/text_table.hpp"

#include <catch2/catch.hpp>

using foramen::study::significant;
using foramen::study::TextTable;

TEST_CASE("columns align, the first to the left and the others to the right", "[study]") {
  TextTable table;
  table.add({"contacts", "mA"});
  table.add({"E1", "12.5"});
  CHECK(table.text() == "  contacts    mA\n  E1        12.5\n");
}

TEST_CASE("significant digits never use an exponent", "[study]") {
  CHECK(significant(0.12345, 3) == "0.123");
  CHECK(significant(1234.5, 3) == "1234");
  CHECK(significant(0.000012, 2) == "0.000012");
  CHECK(significant(-2.5, 2) == "-2.5");
  CHECK(significant(0.0, 3) == "0");
}
