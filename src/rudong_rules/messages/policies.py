"""What is said to those who write policies and scenarios; of their measures see :mod:`messages.measures`."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # scenarios
    "expected_got": ("{what}：应为 {wanted}，得到 {got}", "{what}: expected {wanted}, got {got}"),
    "none_at_all": ("无", "none"),
    "not_cited": ("cites：未引用{label}；所引为{cited}", "cites: {label} is not cited; cited are {cited}"),
    "is_cited": ("cites_not：引用了{label}", "cites_not: {label} is cited"),
    "clauses_not_shown": ("clauses：没有显示 {name}", "clauses: {name} is not shown"),
    "not_asked_for": (
        "missing：未问 {name}；所问为 {asked}", "missing: {name} is not asked for; asked for are {asked}"
    ),
    "is_asked_for": ("missing_not：问了 {name}", "missing_not: {name} is asked for"),
    "of_duty": ("职责 {name}", "duty {name}"),
    "of_period": ("期间 {name}", "period {name}"),
    "unusable_name": ("“{name}”不是此事项可用的名称", "{name!r} is no name that this decision could use"),
    "no_base": ("bases: 之下没有“{name}”", "there is no base {name!r}"),
    "none_expected": ("没有写预期，也就没有验证什么", "nothing is expected, so nothing is shown"),
    "in_both": ("{zh}", "{en}"),
    # policies
    "unaccounted": ("{clause}既未引用，也未列为不编码", "{clause} is neither cited nor listed as not encoded"),
    "cite_or_list": ("引用它，或列入 not_encoded.yaml", "cite it, or list it in not_encoded.yaml"),
    "text_changed": ("这不是条文的 SHA-256，条文的是 {digest}", "this is not the text's SHA-256, {digest}"),
    "restore_text": (
        "恢复 regulation.txt；有意更改条文的，改写此处的摘要", "restore regulation.txt, or pin the new text on purpose"
    ),
    "no_clause": ("{regulation} 没有条款“{label}”", "{regulation} has no clause {label!r}"),
    "regulation_absent": ("没有“{name}”这一规范", "there is no regulation {name!r}"),
    "no_atom": ("“{name}”既不是认定事项，也不是结论", "{name!r} is no finding and no conclusion"),
    "begins_none": ("“{word}”不能作条件的开头", "{word!r} begins no condition"),
    "takes_conditions": ("{key} 之后应为条件的列表，不是{value}", "{key} takes a list of conditions, not {value}"),
    "conditions_in_list": (
        "写成 [一项, 另一项]，至少一项，用半角方括号和逗号", "write [one, another] with at least one in it",
    ),
    "half_width_marks": (
        "各项之间用半角逗号，列表用半角方括号：[一项, 另一项]",
        "put half-width commas between the parts, and half-width brackets around them: [one, another]",
    ),
    "compared_once": (
        "{kind}须比较一次，此处有 {count} 个比较", "a {kind} is compared once; found {count} comparisons",
    ),
    "write_one_of": ("写其中一个：{names}", "write one of {names}"),
    "no_choices": ("{name}不是选项类的事实", "{name} is no choice among the facts"),
    "no_outcomes": ("{name}不是有结论的事项", "{name} is no decision with outcomes"),
    "option_untold": ("没有写选项“{name}”之下如何", "what holds under option {name!r} is not said"),
    "no_option_of": ("{value}不是“{of}”的选项", "{value} is no option of {of!r}"),
    "is_untold": ("没有用 is: 写明“{of}”的哪一选项", "'is' does not say which option of {of!r}"),
    "not_in_text": ("{clause}中没有“{quote}”", "{quote!r} does not stand in {clause}"),
    "quote_text": ("逐字引用条文", "quote the text word for word"),
    "nothing_called": ("没有“{name}”", "there is no {name!r}"),
    "write_so": ("写成 {form}", "write {form}"),
    "caution_untold": ("没有事项提示“{name}”须注意", "no decision warns of {name!r}"),
    "list_in_profile": ("列入某一事项的 profile:", "list it in the profile: of a decision"),
    "caution_shared": ("“{name}”由几条规则得出，不能由一条说它须注意", "{name!r} is a conclusion that rules share"),
    "say_caution_there": ("caution: 写在 conclusions: 之下的该项", "say caution: of it under conclusions:"),
    # files and ids
    "no_regulation_id": ("“{name}”不能作细则的编号", "{name!r} is no id for a regulation"),
    "no_id": ("“{name}”不能作编号", "{name!r} is no id"),
    "write_id": (
        "编号只用小写英文字母、数字和 _，以字母开头", "small letters, digits and _, beginning with a letter",
    ),
    "id_taken": ("“{name}”另有所指，不能作编号", "{name!r} means something else already"),
    "other_id": ("另取一个编号", "choose another id"),
    "stands_already": ("“{name}”已写在 {place}", "{name!r} already stands at {place}"),
    "list_once": ("只列一次", "list it once"),
    "file_unread": ("此处不读取名为“{name}”的文件", "nothing reads a file named {name!r} here"),
    "name_file_so": ("改名为 {name}", "name it {name}"),
    "put_text": ("把条文逐字放入此文件", "put the verbatim text there"),
    "used_nowhere": ("{what}“{name}”没有用到", "{what} {name!r} is used nowhere"),
    "use_or_delete": ("用上它，或删去", "use it or delete it"),
    # clauses
    "cites_none": ("“{name}”没有引用条款", "{name!r} cites no clause"),
    "name_clause": ("在 clause: 之后写明条款", "name it under clause:"),
    "encoded_and_not": (
        "{clause}既被可以执行的内容引用，又列为不编码",
        "{clause} is cited by something executable and listed as not encoded",
    ),
    "quote_rest": ("用 quote: 引出其中不编码的部分", "quote the part that is not encoded"),
    # vocabularies
    "label_is_id": ("“{label}”是另一项的编号", "{label!r} is the id of another one"),
    "label_is_label": ("“{label}”也是“{other}”的名称", "{label!r} is the label of {other!r} too"),
    "tell_apart": ("改用不同的名称", "tell them apart"),
    "implies_itself": ("“{name}”的 implies: 写了它自身", "{name!r} implies itself"),
    "excludes_itself": ("“{name}”的 excludes: 写了它自身", "{name!r} excludes itself"),
    "other_finding": ("写另一认定事项", "name another finding"),
    "no_finding": ("没有“{name}”这一认定事项", "there is no finding {name!r}"),
    "never_true": (
        "“{name}”永远不能成立：它所推出的又排除它", "{name!r} can never hold: what it implies excludes it",
    ),
    "mend_links": ("改正 implies: 或 excludes:", "mend implies: or excludes:"),
    "needs_options": ("{type} 类须有选项", "a {type} needs options"),
    "add_options": ("补上 options: {{编号: {{label: …, en: …}}}}", "add options: {{id: {{label: …, en: …}}}}"),
    "type_has_no": ("{type} 类不能有 {key}", "type {type} has no {key}"),
    "write_choice": ("写成 type: choice", "write type: choice"),
    "remove_key": ("删去此项", "remove it"),
    "max_below_min": ("max {most} 小于 min {least}", "max {most} is below min {least}"),
    "mend_one": ("改正其中之一", "mend one of them"),
    "is_a_field": ("“{name}”已是一个栏目", "{name!r} is a field already"),
    "no_field_of": ("没有类型为 {either} 的栏目“{name}”", "there is no field {name!r} of type {either}"),
    "no_scalar_of": ("scalars: 之下没有类型为 {either} 的“{name}”", "there is no scalar {name!r} of type {either}"),
    "year_of_a_date": (
        "只有整数才能与日期的年份比较", "only a whole number is compared with the year of a date",
    ),
    "remove_by": ("删去 by:", "remove by:"),
    "date_and_number": ("日期不能与数值比较", "a date is compared with a number"),
    "alike_or_year": (
        "写两个同类的栏目；如是年份，写 by: year", "name two fields alike, or write by: year for a year",
    ),
    # conditions
    "no_condition": ("{value}不是条件", "{value} is no condition"),
    "write_condition": (
        "写一个名称、true，或以其中一词开头：{names}", "write a name, true, or one of {names}",
    ),
    "write_all_or_any": ("写成 all: [...] 或 any: [...]", "write all: [...] or any: [...]"),
    "name_alone": ("只写 {name}", "write {name} alone"),
    "name_alone_or_not": ("只写 {name}，或写 {{not: {name}}}", "write {name} alone, or {{not: {name}}}"),
    "two_under_all": ("把两项写在 all: [...] 之下", "put the two under all: [...]"),
    "of_missing": ("at_least 须有 of: 列出各项", "at_least needs a list under 'of'"),
    "write_at_least": ("写成 at_least: 2 和 of: [...]", "write at_least: 2 and of: [...]"),
    "never_so_many": ("{count} 项中不可能有 {least} 项成立", "{least} of {count} can never hold"),
    "no_threshold": ("{value}不能作项数", "{value} is no threshold"),
    "write_threshold": ("写 1 至 {most} 的整数", "write a number from 1 to {most}"),
    "one_reading": (
        "by_reading 之后应为一项解释，及其各选项之下的内容",
        "by_reading takes one reading and something for each of its options",
    ),
    "write_one_reading": (
        "写成 by_reading: {{解释: {{选项: …}}}}", "write by_reading: {{reading: {{option: …}}}}",
    ),
    "no_duty": ("没有{name}这一职责", "there is no duty {name}"),
    "no_duty_state": ("{value}不是职责的状态", "{value} is no state of a duty"),
    "no_decision_with_duties": ("{name}不是有职责的事项", "there is no decision {name} with duties"),
    # rules, decisions, readings
    "undeclared": ("“{name}”没有列在 conclusions: 之下", "{name!r} is not declared under conclusions"),
    "declare_it": ("列在其下，写明 label: 和 en:", "declare it there, with label: and en:"),
    "cycle": ("各项判断互为依据：{path}", "conclusions depend on each other: {path}"),
    "rest_on_facts": ("使其中一项只依据事实", "let one of them rest on facts alone"),
    "rests_too_deep": (
        "“{name}”所依据的判断嵌套超过 {most} 层", "{name!r} rests on conclusions nested more than {most} deep",
    ),
    "rest_directly": ("使它更直接地依据事实", "let it rest on facts more directly"),
    "no_group": ("没有“{name}”这一分类", "there is no group {name!r}"),
    "decides_nothing": ("事项“{name}”没有可以得出的内容", "decision {name!r} has nothing to decide"),
    "add_ladder": ("补上 ladder: 或 profile:", "add ladder: or profile:"),
    "is_a_choice": ("“{name}”已是一项选项类的事实", "{name!r} is a choice among the facts already"),
    "unreachable": ("结论“{name}”不能得出：{why}", "outcome {name!r} cannot come out: {why}"),
    "always_above": ("其上的“{name}”总是成立", "{name!r} above it always holds"),
    "always_false": ("其条件总不成立", "its condition is false"),
    "mend_condition": ("改正条件，或删去此结论", "mend the condition, or delete the outcome"),
    "no_date_field": ("{name}不是该记录的日期栏目", "{name} is no date field of the record"),
    "two_options": ("解释至少有两个选项", "a reading has two options at least"),
    "add_other": ("补上另一选项", "add the other one"),
    # checks
    "one_form": (
        "不变量须写 never、always、more 中的一项，且只写一项", "an invariant has one of never, always and more",
    ),
    "remove_others": ("只留其中一项", "keep one of them"),
    "neither_finding_nor_choice": (
        "“{name}”既不是认定事项，也不是选项类的事实", "{name!r} is no finding and no choice",
    ),
    "before_untold": (
        "没有写明此事实前后各是什么值", "what the fact is before and after is not said",
    ),
    "write_before_after": ("写成 [前值, 后值]", "write [before, after]"),
    "none_compared": ("没有两个结论可以比较", "no two outcomes are compared"),
    "list_best_first": ("列出各结论，最好的在前", "list them, the best first"),
}  # fmt: skip
