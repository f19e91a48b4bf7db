"""What is said of the command line, of what is not installed and of two policies compared."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # the command line
    "no_choice": ("{name}没有选定解释", "{name} is no choice of a reading"),
    "a_reading": ("{word}是解释，不是案件的事实", "{word} is a reading and no fact of a case"),
    "set_reading": (
        "比较前后写 -s reading:{name}=选项；前后都用写 -r {name}=选项",
        "write -s reading:{name}=OPTION to compare, -r {name}=OPTION to take it before and after",
    ),
    "no_change": ("{word}没有改变什么", "{word} is no change"),
    "write_change": ("写成 事实=值，每个事实一次", "write FACT=VALUE, each fact once"),
    "half_width_equals": ("写成 事实=值，用半角等号“=”", "write FACT=VALUE, with the half-width '='"),
    "no_page": ("{format} 不是网页", "{format} is no page"),
    "write_html": ("不写 --format，或写 html", "leave --format out, or write html"),
    "stdin_closed": ("标准输入已关闭", "standard input is closed"),
    "pipe_a_case": ("请由管道送入案件", "pipe a case into it"),
    "no_decision_named": ("没有指明事项", "no decision is named"),
    "name_with_d": ("用 -d 指明", "name it with -d"),
    "one_page": ("一页只能显示一个事项，或全部事项", "one page shows one decision, or all of them"),
    "d_once_or_not": ("-d 写一次或不写", "give -d once or not at all"),
    "no_browser": ("无法打开浏览器", "no browser could be opened"),
    "open_it": ("请打开 {file}", "open {file}"),
    "standard_output": ("标准输出", "standard output"),
    "write_elsewhere": ("请写到别处", "write somewhere else"),
    "name_file_to_make": ("请写可以新建的文件", "name a file that can be made"),
    "name_file_there": ("请写已有的文件", "name a file that is there"),
    "name_another_file": ("请另写一个文件", "name another file"),
    "name_new_file": ("请写新的文件名", "name a new file"),
    "name_folder": ("请写文件夹", "name a folder"),
    "file_exists": ("文件已经存在", "the file exists"),
    "output_is_input": ("输出与输入是同一文件", "the output is the input"),
    "no_file_to_save": ("没有指明存到哪个文件", "no file is named to save to"),
    "name_case_file": ("写上文件：ask 案件文件 -d 事项", "name one: ask CASE -d DECISION"),
    "no_scenario_file": ("此处没有情景文件", "there is no scenario file here"),
    "name_scenarios": (
        "请写情景的文件或文件夹，或把情景放在 tests/scenarios 之下",
        "name a file or folder of scenarios, or put them under tests/scenarios",
    ),
    "no_policy_folders": ("此处没有规则文件夹", "there are no policy folders here"),
    "one_folder_each": (
        "请写其中每部细则各有一个文件夹的文件夹", "name a folder that holds one folder for each regulation",
    ),
    "no_revision": (
        "“{spec}”不是文件夹，也不是含有规则的版本",
        "{spec!r} is neither a folder nor a revision that holds policies",
    ),
    "name_revision": (
        "请写规则文件夹，或 git 版本：HEAD~3、v1.0、v1.0:path/to/policies",
        "name a folder of policies, or a revision of git: HEAD~3, v1.0, v1.0:path/to/policies",
    ),
    "usage": ("用法：{usage}", "Usage: {usage}"),
    "help_says_more": ("详见 {command} -h", "Try '{command} -h' for help."),
    "mistake": ("错误：{said}", "Error: {said}"),
    "no_command": ("没有命令 {name}", "No such command '{name}'."),
    "no_command_but": ("没有命令 {name}，是否指 {near}？", "No such command '{name}'. Did you mean '{near}'?"),
    "no_option": ("没有选项 {name}", "No such option: {name}"),
    "option_of_commands": (
        "选项 {name} 写在命令之后，如 rudong-rules {command} … {name} …",
        "{name} stands after the command, as in rudong-rules {command} … {name} …",
    ),
    "no_option_but": ("没有选项 {name}，是否指 {either}？", "No such option: {name}. Did you mean {either}?"),
    "missing_argument": ("缺少参数 {name}", "Missing argument '{name}'."),
    "missing_option": ("缺少选项 {name}", "Missing option '{name}'."),
    "option_needs_value": ("选项 {name} 须有值", "Option '{name}' requires an argument."),
    "option_takes_no_value": ("选项 {name} 不带值", "Option '{name}' does not take a value."),
    "one_word_too_many": ("多余的参数：{name}", "Got unexpected extra argument(s) ({name})"),
    "bad_value": ("{name} 的值不对：{said}", "Invalid value for '{name}': {said}"),
    "no_choice_of_option": ("“{word}”不在 {names} 之中", "'{word}' is not one of {names}."),
    "must_be_integer": ("须为整数", "must be a whole number."),
    "must_be_number": ("须为数字", "must be a number."),
    "must_be_or_more": ("须为 {bound} 以上", "must be {bound} or more."),
    "must_be_or_less": ("须为 {bound} 以下", "must be {bound} or less."),
    "must_be_in_range": ("须在 {bound} 之内", "must be in {bound}."),
    "other_mistake": ("{said}", "{said}"),
    "ended": ("已中止", "Aborted!"),
    # what nothing can be made of
    "no_engine": ("没有{word}这一引擎；可以写 {names}", "unknown engine {word}; expected one of {names}"),
    "no_derivation": ("没有推导：事实尚不能得出结论", "there is no derivation: the facts come to no outcome"),
    "too_few_days": (
        "已知的日期不足两个：为各项记录写明日期，或者传入 events",
        "fewer than two days are known: date the entries of the case, or pass events",
    ),
    "chart_axes": (
        "图可以显示一至三个轴：其余的请在基础案件中固定",
        "a chart shows one to three axes: fix the others in the base case",
    ),
    "no_language": (
        "没有{word}这一语言：写 zh（中文）或 en（英文）",
        "there is no language {word}: write zh (Chinese) or en (English)",
    ),
    # what is not installed
    "chart_needs": (
        "图须有 altair：安装 rudong-rules 时须带附加包 [notebook]",
        "a chart needs altair: install rudong-rules with its extra [notebook]",
    ),
    "frames_need": (
        "成批处理须有 {library}：安装 rudong-rules 时须带附加包 [frame]",
        "frames need {library}: install rudong-rules with its extra [frame]",
    ),
    "records_need": ("记录须有程序库 {library}", "records need the library {library}"),
    "not_told_apart": (
        "没有找到结论不同的案件，也未能证明没有", "no case was found in which they differ, and no proof",
    ),
    "told_otherwise": (
        "由 {names} 可知的与原来不同；没有找到结论不同的案件，也未能证明没有",
        "what follows from {names} is not what it was; no case was found in which they differ, and no proof",
    ),
    "shows_other_things": ("所显示的内容不同：{names}", "it shows other things: {names}"),
    "force_otherwise": (
        "成立与否不变；{names} 的效力（应当、可以、常态、须注意）有改动",
        "what holds is equal; of another force (shall, may, standing, a caution) are {names}",
    ),
    "periods_otherwise": (
        "结论、判断和职责不变；期间 {names} 的规定有改动",
        "outcomes, conclusions and duties are equal; written otherwise are the periods {names}",
    ),
    "proofs_need": (
        "证明须有 z3：安装 rudong-rules 时须带附加包 [check]",
        "proofs need z3: install rudong-rules with its extra [check]",
    ),
    "strategies_need": (
        "生成案件须有 hypothesis：pip install hypothesis", "strategies need hypothesis: pip install hypothesis",
    ),
    "process_ended": ("证明中途有进程意外结束", "a process ended in the middle of a proof"),
    "install_extra": ("安装 rudong-rules 时须带附加包 [{extra}]", "install rudong-rules with its extra [{extra}]"),
    "durable_needs": (
        "引擎 durable 须有 durable-rules，后者只能在 Python 3.12 及更早的版本上运行；请用 fixpoint",
        "the engine 'durable' needs durable-rules, which runs on Python 3.12 and earlier; use 'fixpoint' here",
    ),
}  # fmt: skip
