#include "config/table.hpp"

#include "config/branch.hpp"
#include "config/refusal.hpp"
#include "config/toml_writer.hpp"
#include "config/value_range.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace foramen::config {
namespace {

using Kind = Value::Kind;

std::string element_name(const std::string& key, std::size_t index) {
  return key + "[" + std::to_string(index) + "]";
}

// One scalar read: value (or null) to result, with its resolved TOML text. `name` is for messages.
template <class T> using Reader = std::function<T(const std::string& name, const Value& value)>;
template <class T> using Writer = std::function<std::string(const T& value)>;

struct Declaration {
  std::string type, range, doc;
};

void declare(Branch& branch, const std::string& key, const Declaration& d,
             const std::string& fallback) {
  branch.document.declare({join_path(branch.manual_path, key), d.type, fallback, d.range, d.doc});
}

template <class T>
T read_scalar(Branch& branch, const std::string& key, const Declaration& declaration,
              const std::optional<T>& fallback, const std::string& example, const Reader<T>& reader,
              const Writer<T>& writer) {
  declare(branch, key, declaration, fallback ? writer(*fallback) : "");
  Branch::Entry& entry = branch.entry(key, Branch::Entry::Kind::value);
  const Value* value = branch.find_value(key);
  if (value == nullptr) {
    if (!fallback)
      refuse_missing(branch, key, example, declaration.doc);
    entry.toml = writer(*fallback);
    return *fallback;
  }
  const T result = reader(key, *value);
  entry.toml = writer(result);
  return result;
}

template <class T>
std::vector<T> read_list(Branch& branch, const std::string& key, const Declaration& declaration,
                         const std::vector<T>& fallback, const std::string& example,
                         const Reader<T>& reader, const Writer<T>& writer) {
  const auto as_toml = [&](const std::vector<T>& list) {
    std::vector<std::string> items;
    for (const T& item : list)
      items.push_back(writer(item));
    return toml_list(items);
  };
  declare(branch, key, declaration, as_toml(fallback));
  Branch::Entry& entry = branch.entry(key, Branch::Entry::Kind::value);
  const Value* value = branch.find_value(key);
  std::vector<T> result = fallback;
  if (value != nullptr) {
    if (value->kind != Kind::array)
      refuse_type(branch, key, *value, "a " + declaration.type, "[" + example + "]");
    result.clear();
    for (std::size_t i = 0; i < value->children.size(); ++i)
      result.push_back(reader(element_name(key, i), value->children[i]));
  }
  entry.toml = as_toml(result);
  return result;
}

// A quantity with the unit it was written in, so that the resolved text keeps it.
// (Defaults have none.)
struct WrittenQuantity {
  double si = 0.0;
  std::string unit;
};

Reader<WrittenQuantity> quantity_reader(Branch& branch, Dimension dimension, double min,
                                        double max) {
  return [&branch, dimension, min, max](const std::string& name,
                                        const Value& value) -> WrittenQuantity {
    const bool is_text = value.kind == Kind::text;
    const auto parsed =
        is_text ? core::parse_quantity(value.text, dimension) : core::QuantityTextResult{};
    if (!is_text || parsed.problem != core::QuantityTextProblem::none)
      refuse_quantity(branch, name, value, dimension);
    if (!inside(parsed.si, min, max))
      refuse_range(branch, name, value, value.text, quantity_range(min, max, dimension));
    return {std::clamp(parsed.si, min, max), parsed.unit};
  };
}

Writer<WrittenQuantity> quantity_writer(Dimension dimension) {
  return [dimension](const WrittenQuantity& q) {
    return toml_text(q.unit.empty() ? readable_quantity(q.si, dimension)
                                    : core::format_quantity(q.si, dimension, q.unit));
  };
}

// What the user wrote, as the number it looks like; else a stand-in.
std::string number_example(const Value& value, const std::string& stand_in) {
  const bool digits =
      !value.text.empty() && value.text.find_first_not_of("+-.eE0123456789") == std::string::npos;
  return value.kind == Kind::text && digits ? value.text : stand_in;
}
std::string integer_example(const Value& value) {
  if (value.kind == Kind::number && std::abs(value.number) < 1e15)
    return toml_integer(std::llround(value.number));
  return value.text.find_first_of(".eE") == std::string::npos ? number_example(value, "1") : "1";
}

Reader<double> number_reader(Branch& branch, Range<double> range) {
  return [&branch, range](const std::string& name, const Value& value) {
    if (value.kind != Kind::number && value.kind != Kind::integer)
      refuse_type(branch, name, value, "a number", number_example(value, "1.0"));
    const double number =
        value.kind == Kind::number ? value.number : static_cast<double>(value.integer);
    if (!inside(number, range.min, range.max))
      refuse_range(branch, name, value, value.text, number_range(range.min, range.max));
    return std::clamp(number, range.min, range.max);
  };
}

Reader<std::int64_t> integer_reader(Branch& branch, Range<std::int64_t> range) {
  return [&branch, range](const std::string& name, const Value& value) {
    if (value.kind != Kind::integer)
      refuse_type(branch, name, value, "an integer", integer_example(value));
    if (value.integer < range.min || value.integer > range.max)
      refuse_range(branch, name, value, value.text, integer_range(range.min, range.max));
    return value.integer;
  };
}

Reader<std::string> text_reader(Branch& branch) {
  return [&branch](const std::string& name, const Value& value) {
    if (value.kind != Kind::text)
      refuse_type(branch, name, value, "a text",
                  value.kind == Kind::table || value.kind == Kind::array ? "\"...\""
                                                                         : toml_text(value.text));
    return value.text;
  };
}

Reader<std::string> choice_reader(Branch& branch, const std::vector<std::string>& choices) {
  return
      [&branch, choices, read = text_reader(branch)](const std::string& name, const Value& value) {
        const std::string text = read(name, value);
        if (std::find(choices.begin(), choices.end(), text) == choices.end())
          refuse_choice(branch, name, value, choices);
        return text;
      };
}

std::string one_of(const std::vector<std::string>& choices) {
  std::string text = "one of ";
  for (std::size_t i = 0; i < choices.size(); ++i)
    text += (i > 0 ? ", " : "") + choices[i];
  return text;
}

} // namespace

double Table::read_quantity(const std::string& key, Dimension dimension,
                            std::optional<double> fallback, double min, double max,
                            const std::string& doc) {
  Branch& branch = node_->branch;
  FORAMEN_EXPECT(!fallback || inside(*fallback, min, max), "the default of ", key,
                 " is out of its range");
  const auto written =
      fallback ? std::optional(WrittenQuantity{*fallback, {}}) : std::optional<WrittenQuantity>{};
  return read_scalar<WrittenQuantity>(
             branch, key,
             {core::dimension_name(dimension), quantity_range(min, max, dimension), doc}, written,
             toml_text(core::example_quantity(dimension)),
             quantity_reader(branch, dimension, min, max), quantity_writer(dimension))
      .si;
}

std::vector<double> Table::read_quantities(const std::string& key, Dimension dimension,
                                           const std::vector<double>& fallback, double min,
                                           double max, const std::string& doc) {
  Branch& branch = node_->branch;
  std::vector<WrittenQuantity> written;
  for (const double si : fallback)
    written.push_back({si, {}});
  std::vector<double> values;
  for (const WrittenQuantity& q : read_list<WrittenQuantity>(
           branch, key,
           {"list of " + plural(core::dimension_name(dimension)),
            quantity_range(min, max, dimension), doc},
           written, toml_text(core::example_quantity(dimension)),
           quantity_reader(branch, dimension, min, max), quantity_writer(dimension)))
    values.push_back(q.si);
  return values;
}

double Table::number(const std::string& key, double fallback, Range<double> range,
                     const std::string& doc) {
  Branch& branch = node_->branch;
  FORAMEN_EXPECT(inside(fallback, range.min, range.max), "the default of ", key,
                 " is out of its range");
  return read_scalar<double>(branch, key, {"number", number_range(range.min, range.max), doc},
                             fallback, "1.0", number_reader(branch, range), toml_number);
}

std::vector<double> Table::numbers(const std::string& key, const std::vector<double>& fallback,
                                   Range<double> range, const std::string& doc) {
  Branch& branch = node_->branch;
  return read_list<double>(branch, key,
                           {"list of numbers", number_range(range.min, range.max), doc}, fallback,
                           "1.0", number_reader(branch, range), toml_number);
}

std::int64_t Table::integer(const std::string& key, std::int64_t fallback,
                            Range<std::int64_t> range, const std::string& doc) {
  Branch& branch = node_->branch;
  FORAMEN_EXPECT(fallback >= range.min && fallback <= range.max, "the default of ", key,
                 " is out of its range");
  return read_scalar<std::int64_t>(branch, key,
                                   {"integer", integer_range(range.min, range.max), doc}, fallback,
                                   "1", integer_reader(branch, range), toml_integer);
}

std::vector<std::int64_t> Table::integers(const std::string& key,
                                          const std::vector<std::int64_t>& fallback,
                                          Range<std::int64_t> range, const std::string& doc) {
  Branch& branch = node_->branch;
  return read_list<std::int64_t>(branch, key,
                                 {"list of integers", integer_range(range.min, range.max), doc},
                                 fallback, "1", integer_reader(branch, range), toml_integer);
}

bool Table::flag(const std::string& key, bool fallback, const std::string& doc) {
  Branch& branch = node_->branch;
  const Reader<bool> reader = [&branch](const std::string& name, const Value& value) {
    if (value.kind != Kind::flag)
      refuse_type(branch, name, value, "true or false",
                  value.text == "false" || value.text == "0" ? "false" : "true");
    return value.flag;
  };
  return read_scalar<bool>(branch, key, {"true or false", "", doc}, fallback, "true", reader,
                           toml_flag);
}

std::string Table::text(const std::string& key, const std::string& fallback,
                        const std::string& doc) {
  Branch& branch = node_->branch;
  return read_scalar<std::string>(branch, key, {"text", "", doc}, fallback, "\"...\"",
                                  text_reader(branch), toml_text);
}

std::string Table::required_text(const std::string& key, const std::string& doc) {
  Branch& branch = node_->branch;
  return read_scalar<std::string>(branch, key, {"text", "", doc}, std::nullopt, "\"...\"",
                                  text_reader(branch), toml_text);
}

std::vector<std::string> Table::texts(const std::string& key,
                                      const std::vector<std::string>& fallback,
                                      const std::string& doc) {
  Branch& branch = node_->branch;
  return read_list<std::string>(branch, key, {"list of texts", "", doc}, fallback, "\"...\"",
                                text_reader(branch), toml_text);
}

std::vector<std::string> Table::toml_values(const std::string& key, const std::string& doc) {
  Branch& branch = node_->branch;
  const Reader<std::string> reader = [](const std::string&, const Value& value) {
    return toml_value(value);
  };
  return read_list<std::string>(branch, key, {"list of values", "", doc}, {}, "...", reader,
                                [](const std::string& toml) { return toml; });
}

std::string Table::choice(const std::string& key, const std::string& fallback,
                          const std::vector<std::string>& choices, const std::string& doc) {
  Branch& branch = node_->branch;
  return read_scalar<std::string>(branch, key, {one_of(choices), "", doc}, fallback,
                                  toml_text(fallback), choice_reader(branch, choices), toml_text);
}

std::string Table::required_choice(const std::string& key, const std::vector<std::string>& choices,
                                   const std::string& doc) {
  Branch& branch = node_->branch;
  FORAMEN_EXPECT(!choices.empty(), "key ", key);
  return read_scalar<std::string>(branch, key, {one_of(choices), "", doc}, std::nullopt,
                                  toml_text(choices.front()), choice_reader(branch, choices),
                                  toml_text);
}

} // namespace foramen::config
