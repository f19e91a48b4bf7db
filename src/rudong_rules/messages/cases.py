"""What is said of cases, and of the decisions, outcomes, clauses and readings that one may ask of them."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # cases
    "case_itself": ("案件", "case"),
    "in_case": ("案件", "{way}"),
    "nth_entry": ("第 {number} 项", "entry {number}"),
    "of_fact": ("{parts}：{said}", "{parts}: {said}"),
    "of_no_fact": ("{said}", "{said}"),
    "no_mapping": ("案件须为一组“事实: 值”", "a case is a mapping of facts"),
    "no_fact": ("没有{word}这一事实", "there is no fact {word}"),
    "see_facts": ("rudong-rules facts 列出全部事实", "rudong-rules facts lists the facts"),
    "changed_twice": ("“{key}”与“{other}”改变的是同一事项", "{key!r} and {other!r} change the same"),
    "same_fact": ("“{key}”与“{other}”是同一事实", "{key!r} and {other!r} are the same fact"),
    "entry_a_line": (
        "每行写一项：- {{栏目: 值}}；或写成一行：[{{栏目: 值}}]",
        "write one entry a line: - {{column: value}}; or all on one line: [{{column: value}}]",
    ),
    "none_listed": (
        "确认一项也没有，写 {{complete: true, entries: []}}；未查明的不写（表格中留空，或写“未知”）",
        "where it is known that there is none, write {{complete: true, entries: []}}; leave out what is not known "
        "(in a table, leave the cell empty, or write unknown)",
    ),
    "write_none": (
        "确认一项也没有写 []；未查明则删去此行",
        "write [] where it is known that there is none; remove the line where it is not known",
    ),
    "column_twice": (
        "{column}写了两次，一次用编号，一次用中文名", "{column} is given twice, by id and by label",
    ),
    "cell": ("{label} {value}", "{id} {value}"),
    "entry_twice": ("{what} 与第 {place} 项重复", "{what} stands at entry {place} too"),
    "keep_one": ("只留一项", "keep one"),
    "denied_by_yes": ("{said}为“是”，这里就不能为“否”", "{said} is true, so this cannot be false"),
    "denied_by_value": ("{said}有值，这里就不能为“否”", "{said} is given, so this cannot be false"),
    "part_above_whole": ("{value} 大于{whole} {most}", "{value} is more than {whole} {most}"),
    "mend_numbers": ("改正数字", "mend the numbers"),
    "day_after_day": ("{value} 在{whole} {most} 之后", "{value} is after {whole} {most}"),
    "year_after_day": ("{value} 在{whole} {most} 的年份之后", "{value} is after the year of {whole} {most}"),
    "mend_days": ("改正日期或年份", "mend the dates or the year"),
    "as_of": ("案件日期", "as_of"),
    "future": ("{day} 在案件日期 {as_of} 之后", "{day} lies after the day of the case, {as_of}"),
    "mend_day": ("改正此日期，或改案件的日期（as_of）", "mend the date or as_of"),
    # decisions, outcomes, regulations, readings
    "no_decision": ("没有{word}这一事项", "there is no decision {word}"),
    "the_decisions": ("事项有：{names}", "the decisions are {names}"),
    "no_outcome": ("{of}没有{word}这一结论", "decision {of!r} has no outcome {word}"),
    "the_outcomes": ("结论有：{names}", "the outcomes are {names}"),
    "there_are_none": ("此处一个也没有", "there are none here"),
    "a_profile_has_none": (
        "此处一个也没有：这一事项只列出判断", "there are none: this decision reports conclusions alone",
    ),
    "no_list": ("没有{word}这一列表", "there is no list of entries {word}"),
    "the_lists": ("列表有：{names}", "the lists are {names}"),
    "not_used": ("{of}没有用到{word}", "decision {of!r} uses nothing called {word}"),
    "none_named": ("一个也没有写", "none is named"),
    "none_means_all": ("全部则不写（None）；否则至少写一个", "leave it out (None) for all, or name one"),
    "no_regulation": ("没有{word}这一细则或条款", "there is no regulation and no clause {word}"),
    "the_regulations": ("细则有：{names}", "the regulations are {names}"),
    "its_clauses": ("rudong-rules clauses {name} 列出其各条", "rudong-rules clauses {name} lists its clauses"),
    "not_a_clause": ("没有{word}这一条款", "there is no clause {word}"),
    "cite_so": (
        "写成 细则:条款，如 {example}，或印出的称法，如 {short}",
        "write REGULATION:CLAUSE, as in {example}, or {short}",
    ),
    "no_reading": ("没有{word}这一解释", "there is no reading {word}"),
    "no_readings_at_all": (
        "没有声明任何解释：readings.yaml 缺失或者没有内容",
        "no readings are declared: readings.yaml is missing or empty",
    ),
    "the_readings": (
        "rudong-rules readings 列出全部解释及其选项", "rudong-rules readings lists the readings and their options",
    ),
    "no_reading_option": ("{of}没有{word}这一选项", "reading {of!r} has no option {word}"),
    "given_twice": ("{name}写了两次", "{name} is given twice"),
    "write_reading": ("写成 解释=选项，每项解释一次", "write ID=OPTION, each reading once"),
    "no_date": ("{value}不是日期", "{value} is no date"),
    "pass_date": ("传入 YYYY-MM-DD，或 datetime.date", "pass YYYY-MM-DD, or a datetime.date"),
    "the_options": ("选项有：{names}", "the options are {names}"),
    "ambiguous": ("{word}可以指几项", "{word} may mean several"),
    "write_one_id": ("请写编号：{names}", "write the id: {names}"),
}  # fmt: skip
