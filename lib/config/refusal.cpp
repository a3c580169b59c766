#include "config/refusal.hpp"

#include "config/toml_writer.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace foramen::config {
namespace {

using core::concat;

constexpr std::size_t longest_list = 24; // names in a message

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), longest_list); ++i)
    text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > longest_list)
    text += concat(", and ", names.size() - longest_list, " more");
  return text;
}

// Present keys of a table that no one has asked for.
std::vector<std::string> unasked(const Branch& branch) {
  std::vector<std::string> keys;
  if (branch.value != nullptr)
    for (const Value& child : branch.value->children)
      if (branch.find_entry(child.key) == nullptr)
        keys.push_back(child.key);
  return keys;
}

// The tables where `key` was declared, for a key that stands in the wrong one.
std::vector<std::string> homes_of(const DocumentState& document, const std::string& key) {
  std::vector<std::string> homes;
  for (const KeyEntry& entry : document.manual)
    if (entry.path.ends_with("." + toml_key(key)))
      homes.push_back("[" + entry.path.substr(0, entry.path.size() - toml_key(key).size() - 1) +
                      "]");
  return homes;
}

} // namespace

std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                       const std::string& label) {
  const std::string list = known.empty() ? "" : label + ": " + joined(known);
  const auto nearest = nearest_name(name, known);
  return nearest ? "did you mean " + quoted(*nearest) + "? " + list : list;
}

void refuse_at(const Value& value, const Mark& mark, const std::string& cause,
               const std::string& remedy) {
  throw core::ConfigError(value.source->place(mark), cause + value.source->snippet(mark), remedy);
}

void refuse_at(const Branch& branch, const std::string& cause, const std::string& remedy) {
  for (const Branch* at = &branch; at != nullptr && at->parent != nullptr; at = at->parent)
    if (at->value != nullptr)
      refuse_at(*at->value, at->value->key_mark, cause, remedy);
  throw core::ConfigError(branch.document.name, cause, remedy);
}

void refuse_missing(const Branch& branch, const std::string& key, const std::string& example,
                    const std::string& doc) {
  const std::string cause = "missing key " + branch.name_of(key);
  const std::string add = "add " + toml_key(key) + " = " + example +
                          (branch.path.empty() ? "" : " to " + branch.title()) + ": " + doc;
  // A slip in the key, or in the name of an absent table or of one above it.
  std::string wanted = key;
  for (const Branch* at = &branch; at != nullptr; wanted = at->key, at = at->parent) {
    if (const auto slip = nearest_name(wanted, unasked(*at))) {
      const Value& value = *at->find_value(*slip);
      refuse_at(value, value.key_mark, cause + ", but there is an unknown " + quoted(*slip),
                "did you mean " + quoted(wanted) + "? otherwise " + add);
    }
    if (at->value != nullptr)
      break;
  }
  refuse_at(branch, cause, add);
}

void refuse_type(const Branch& branch, const std::string& name, const Value& value,
                 const std::string& expected, const std::string& example) {
  refuse_at(value, value.mark,
            branch.name_of(name) + " must be " + expected + ", not " + kind_name(value.kind),
            value.key.empty() ? "write each element like " + example
                              : "write " + toml_key(value.key) + " = " + example);
}

void refuse_quantity(const Branch& branch, const std::string& name, const Value& value,
                     Dimension dimension) {
  const std::string wanted = core::dimension_name(dimension);
  const std::vector<std::string> units = core::unit_symbols(dimension);
  const std::string symbols = "units of " + wanted + ": " + joined(units);
  const bool element = value.key.empty();
  const auto write = [&](const std::string& text) {
    return element ? "write " + quoted(text)
                   : "write " + toml_key(value.key) + " = " + quoted(text);
  };
  if (value.kind == Value::Kind::integer || value.kind == Value::Kind::number)
    refuse_at(value, value.mark,
              branch.name_of(name) + " is a bare number where a " + wanted +
                  " with its unit is needed",
              write(value.text + " " + units.front()) + " (" + symbols + ")");
  if (value.kind != Value::Kind::text)
    refuse_at(value, value.mark,
              branch.name_of(name) + " must be a " + wanted + ", not " + kind_name(value.kind),
              write(core::example_quantity(dimension)) + " (" + symbols + ")");
  const core::QuantityTextResult result = core::parse_quantity(value.text, dimension);
  switch (result.problem) {
  case core::QuantityTextProblem::no_unit:
    refuse_at(value, value.mark,
              quoted(value.text) + " has no unit; " + branch.name_of(name) + " is a " + wanted,
              write(value.text + " " + units.front()) + " (" + symbols + ")");
  case core::QuantityTextProblem::unknown_unit:
    if (result.unit.starts_with(','))
      refuse_at(value, value.mark, "a decimal comma in " + quoted(value.text),
                "write the number with a point: " + quoted(core::example_quantity(dimension)));
    refuse_at(value, value.mark,
              "unknown unit " + quoted(result.unit) + " in " + quoted(value.text) + "; " +
                  branch.name_of(name) + " is a " + wanted,
              suggestion(result.unit, units, "units of " + wanted) + "; for example " +
                  quoted(core::example_quantity(dimension)));
  case core::QuantityTextProblem::wrong_dimension: {
    const auto is = core::dimension_of_unit(result.unit);
    refuse_at(value, value.mark,
              quoted(value.text) + " is a " + (is ? core::dimension_name(*is) : "") + ", but " +
                  branch.name_of(name) + " is a " + wanted,
              write(core::example_quantity(dimension)) + " (" + symbols + ")");
  }
  default:
    refuse_at(value, value.mark,
              quoted(value.text) + " is not a number with a unit; " + branch.name_of(name) +
                  " is a " + wanted,
              write(core::example_quantity(dimension)) + " (" + symbols + ")");
  }
}

void refuse_range(const Branch& branch, const std::string& name, const Value& value,
                  const std::string& got, const std::string& range) {
  refuse_at(value, value.mark, branch.name_of(name) + " is " + got + ", out of range",
            range.empty() ? "choose a finite value" : "choose a value of " + range);
}

void refuse_choice(const Branch& branch, const std::string& name, const Value& value,
                   const std::vector<std::string>& choices) {
  refuse_at(value, value.mark,
            "unknown choice " + quoted(value.text) + " for " + branch.name_of(name),
            suggestion(value.text, choices, "choices"));
}

void refuse_unknown_key(const Branch& branch, const Value& value) {
  const bool is_table = value.kind == Value::Kind::table;
  const std::string cause = is_table ? "unknown table [" + join_path(branch.path, value.key) + "]"
                                     : "unknown key " + quoted(value.key) +
                                           (branch.path.empty() ? " at " : " in ") + branch.title();
  const std::vector<std::string> known = branch.asked_keys();
  std::string remedy =
      suggestion(value.key, known, is_table && branch.path.empty() ? "known names" : "valid keys");
  if (!nearest_name(value.key, known)) {
    const std::vector<std::string> homes = homes_of(branch.document, value.key);
    if (!homes.empty())
      remedy = quoted(value.key) + " is a key of " + joined(homes) + (remedy.empty() ? "" : "; ") +
               remedy;
  }
  refuse_at(value, value.key_mark, cause, remedy.empty() ? "remove it" : remedy);
}

} // namespace foramen::config
