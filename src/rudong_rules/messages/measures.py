"""What is said to those who write policies of measures, and of the entries that a ``where`` chooses."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # kinds
    "kind_number": ("数值", "number"),
    "kind_date": ("日期", "date"),
    "kind_question": ("是非", "question"),
    "kind_wanted": ("这是{kind}，不是{wanted}", "this is a {kind}, not a {wanted}"),
    "mend_type_or_value": ("改正 type: 或 value:", "mend type: or value:"),
    "question_compared": ("回答是或否的内容不能比较", "a measure that answers yes or no is not compared"),
    "leave_out": ("删去此项", "leave it out"),
    "dates_alone": ("{sign} 只比较日期", "{sign} compares dates alone"),
    "nothing_between": ("没有既 {one} 又 {other} 的“{name}”", "no {name!r} is {one} and {other}"),
    "need_not_be_whole": ("这未必是整数", "this need not be a whole number"),
    "write_fraction": ("写成 type: fraction", "write type: fraction"),
    "kinds_compared": ("{kind}不能与{other}比较", "a {kind} is compared with a {other}"),
    "write_kind": ("写{kind}", "write a {kind}"),
    # expressions
    "of_operator": ("{operator}：{said}", "{operator}: {said}"),
    "no_measure": (
        "{value}既不是数或日期，也不是 scalars 或 measures 之下的名称",
        "{value} is neither a number, a date, a scalar nor a measure",
    ),
    "write_measure": ("写整数、1/3、年-月-日或名称", "write a whole number, 1/3, YYYY-MM-DD or a name"),
    "one_operator": ("此处应为一个运算及其参数", "expected one operator with its arguments"),
    "one_in_the_other": (
        "一个运算只有一个词；把一个写在另一个之内", "an operator stands alone: write one inside the other",
    ),
    "no_operator": ("没有“{name}”这一运算", "unknown operator {name!r}"),
    "measures_cycle": ("各数值互相定义：{path}", "measures are defined by each other: {path}"),
    "rest_on_scalars": (
        "使其中一项只依据 scalars 和 records", "let one of them rest on scalars and records alone",
    ),
    "measure_too_large": (
        "全部展开后，此数值超过 {parts:,} 个部分或 {levels} 层",
        "written out, the measure has more than {parts:,} parts or {levels} levels",
    ),
    "ask_less": ("一次少算一些", "ask for less at once"),
    "takes_list": ("{operator} 之后应为数值的列表", "{operator} takes a list of some measures"),
    "takes_list_of": ("{operator} 之后应为 {count} 个数值的列表", "{operator} takes a list of {count} measures"),
    "takes_kind": ("{operator} 的各项须{what}；这是{kind}", "{operator} takes {what}; this is a {kind}"),
    "numbers": ("为数值", "numbers"),
    "dates": ("为日期", "dates"),
    "alike": ("同为数值或者同为日期", "numbers or dates alike"),
    # what operators with keys take
    "takes_keys": ("{operator} 之下应写 {names}，不是{value}", "{operator} takes {names}; it is given {value}"),
    "needs_key": ("{operator} 缺少“{key}”", "{operator} needs {key!r}"),
    "takes_no_key": ("{operator} 之下不能写“{key}”", "{operator} does not take {key!r}"),
    "it_takes": ("可以写 {names}", "it takes {names}"),
    "takes_date": ("{operator} 的 to 须为日期；这是{kind}", "{operator} takes a date under 'to'; this is a {kind}"),
    "takes_units": ("add 的 {unit} 须为数值；这是{kind}", "add takes a number of {unit}; this is a {kind}"),
    "takes_whole_units": (
        "add 的 {unit} 须为整数，不是{value}", "add takes a whole number of {unit}, not {value}",
    ),
    "write_smaller_unit": ("用较小的单位：半年写 months: 6", "write a smaller unit: half a year is months: 6"),
    "takes_year": ("{operator} 的 at 须为年份；这是{kind}", "{operator} takes a year under 'at'; this is a {kind}"),
    "none_must_be": (
        "{operator}：none 须为{wanted}；这是{kind}", "{operator}: 'none' must be a {wanted}; this is a {kind}",
    ),
    "no_record": ("{name}不是记录", "{name} is not a record"),
    "may_be_negative": ("栏目“{name}”可能是负数", "field {name!r} may be negative"),
    "give_min": ("为该栏目写 min: 0", "give it min: 0"),
    "breaks_or_skips": ("missing 写 breaks 或 skips", "missing is 'breaks' or 'skips'"),
    "window": (
        "window 写 calendar_year，或月数，至多 {most:,}",
        "the window is calendar_year or a number of months up to {most:,}",
    ),
    "distinct": ("distinct 写 true 或 false，不是{value}", "distinct is true or false, not {value}"),
    "no_such_table": ("tables: 之下没有{name}", "there is no table {name}"),
    "not_a_choice": ("{name}不是选项类的事实或栏目", "{name} is no choice"),
    "row_of_no_option": (
        "表“{name}”中有“{row}”，而“{of}”没有这一选项", "table {name!r} has a row {row!r} that {of!r} cannot be",
    ),
    "table_mixed": ("表“{name}”混有数值和日期，或者没有内容", "table {name!r} mixes numbers and dates, or is empty"),
    # where
    "where_fields": ("此处应为栏目及其应有的值", "expected fields and the values they must have"),
    "write_field": ("写成 {{栏目: 值}}", "write {{field: value}}"),
    "takes_alternatives": ("any_of 之后应为几种情形的列表", "any_of takes a list of alternatives"),
    "write_alternatives": ("写成 [{{栏目: 值}}, …]", "write [{{field: value}}, …]"),
    "takes_options": ("all_of 之后应为选项的列表", "all_of takes a list of options"),
    "takes_readings": (
        "by_reading 之后应为各项解释，及其各选项之下栏目应有的值",
        "by_reading takes readings and what each of their options asks for",
    ),
    "write_readings": (
        "写成 by_reading: {{解释: {{选项: {{栏目: 值}}, 另一选项: false}}}}",
        "write by_reading: {{reading: {{option: {{field: value}}, other: false}}}}",
    ),
    "field_twice": ("栏目“{name}”写了两次", "field {name!r} is asked for twice"),
    "reading_twice": ("解释“{name}”写了两次", "reading {name!r} is asked for twice"),
    "leave_out_of_one": ("删去其中一处", "leave it out of one"),
    "no_field": ("“{record}”没有{name}这一栏目", "{record} has no field {name}"),
    "field_of_type": ("栏目“{name}”的类型是 {type}", "field {name!r} is of type {type}"),
    "expected_type": ("类型须为 {either}", "expected {either}"),
    "field_is_compared": (
        "栏目“{name}”的类型是 {type}，须写成比较", "field {name!r} is of type {type}, which is compared",
    ),
    "does_not_fit": (
        "栏目“{name}”的类型是 {type}，不能是{value}", "field {name!r} is of type {type}; {value} does not fit",
    ),
    "not_compared_with": ("栏目“{name}”不能用“{sign}”比较", "field {name!r} cannot be compared with {sign!r}"),
    "write_value": ("写成 {name}: 值", "write {name}: and a value"),
    "compared_with_other": (
        "栏目“{name}”须与{wanted}比较；这是{kind}",
        "field {name!r} is compared with what is not a {wanted}; this is a {kind}",
    ),
    "no_column_option": ("{value}不是该栏目的选项", "{value} is no option"),
}  # fmt: skip
